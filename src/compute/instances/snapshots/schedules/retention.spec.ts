import { expiredBy, keepsNothing, type Retention } from './retention';

const NONE: Retention = { last: 0, daily: 0, weekly: 0 };

function remaining(retention: Partial<Retention>, times: readonly string[], timeZone = 'UTC'): string[] {
  const snapshots = times.map((time) => ({ id: time, takenAt: new Date(`${time}Z`) }));
  const expired = expiredBy({ ...NONE, ...retention }, timeZone, snapshots);
  return times.filter((time) => !expired.includes(time)).toSorted();
}

describe('expiredBy', () => {
  const TWICE_A_DAY = ['01', '02', '03', '04'].flatMap((day) => [
    `2026-06-${day}T06:00`,
    `2026-06-${day}T18:00`,
  ]);

  it('keeps the newest ones', () => {
    expect(remaining({ last: 3 }, TWICE_A_DAY)).toEqual(TWICE_A_DAY.slice(-3));
    expect(remaining({ last: 100 }, TWICE_A_DAY)).toEqual(TWICE_A_DAY);
  });

  it('keeps the newest of each day', () => {
    expect(remaining({ daily: 2 }, TWICE_A_DAY)).toEqual(['2026-06-03T18:00', '2026-06-04T18:00']);
  });

  it('counts only days that have a snapshot', () => {
    expect(remaining({ daily: 2 }, ['2026-05-01T06:00', '2026-06-01T06:00', '2026-06-30T06:00'])).toEqual([
      '2026-06-01T06:00',
      '2026-06-30T06:00',
    ]);
  });

  it('keeps the newest of each week from Monday to Sunday, also over the end of a year', () => {
    const sunday = '2026-01-04T12:00';
    const times = ['2025-12-28T12:00', '2025-12-29T12:00', '2026-01-01T12:00', sunday, '2026-01-05T12:00'];

    expect(remaining({ weekly: 3 }, times)).toEqual(['2025-12-28T12:00', sunday, '2026-01-05T12:00']);
  });

  it('begins days at midnight of the time zone', () => {
    const beforeMidnight = '2026-06-01T21:30';
    const afterMidnight = '2026-06-01T22:30';

    expect(remaining({ daily: 2 }, [beforeMidnight, afterMidnight], 'Europe/Berlin')).toHaveLength(2);
    expect(remaining({ daily: 2 }, [beforeMidnight, afterMidnight], 'UTC')).toEqual([afterMidnight]);
  });

  it('counts a day of 23 or 25 hours once', () => {
    const spring = ['2026-03-28T23:00', '2026-03-29T21:59', '2026-03-29T22:00'];
    expect(remaining({ daily: 9 }, spring, 'Europe/Berlin')).toEqual(spring.slice(1));

    const fall = ['2026-10-24T22:00', '2026-10-25T22:59', '2026-10-25T23:00'];
    expect(remaining({ daily: 9 }, fall, 'Europe/Berlin')).toEqual(fall.slice(1));
  });

  it('keeps what any of the rules keeps', () => {
    expect(remaining({ last: 1, daily: 2, weekly: 2 }, ['2026-05-20T06:00', ...TWICE_A_DAY])).toEqual([
      '2026-05-20T06:00',
      '2026-06-03T18:00',
      '2026-06-04T18:00',
    ]);
  });

  it.each([{ last: 1 }, { daily: 1 }, { weekly: 1 }])('always keeps the newest, with %j', (retention) => {
    expect(remaining(retention, TWICE_A_DAY)).toEqual(['2026-06-04T18:00']);
  });

  it('refuses to keep nothing', () => {
    expect(keepsNothing(NONE)).toBe(true);
    expect(() => expiredBy(NONE, 'UTC', [])).toThrow(RangeError);
  });
});
