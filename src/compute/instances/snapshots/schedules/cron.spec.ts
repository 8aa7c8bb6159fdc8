import { nextAfter } from './cron';

const BERLIN = 'Europe/Berlin';

function following(cron: string, timeZone: string, from: string, count: number): string[] {
  const times: string[] = [];
  for (let last: Date | null = new Date(from); times.length < count;) {
    last = nextAfter({ cron, timeZone }, last);
    if (last === null) break;
    times.push(last.toISOString().slice(0, 16));
  }
  return times;
}

describe('nextAfter', () => {
  it('is due at the same time of the clock before and after it is set', () => {
    expect(following('0 4 * * *', BERLIN, '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T03:00',
      '2026-03-29T02:00',
    ]);
    expect(following('0 4 * * *', BERLIN, '2026-10-24T00:00:00Z', 2)).toEqual([
      '2026-10-24T02:00',
      '2026-10-25T03:00',
    ]);
  });

  it('is due at the end of the gap if the clock skips its time', () => {
    expect(following('30 2 * * *', BERLIN, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(following('0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', 2)).toEqual([
      '2026-04-23T22:00',
      '2026-04-24T21:00',
    ]);
  });

  it('is due once if the clock repeats its time', () => {
    expect(following('30 2 * * *', BERLIN, '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('is due every hour in a day of 23 and in one of 25 hours', () => {
    expect(following('0 * * * *', BERLIN, '2026-03-28T23:30:00Z', 3)).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ]);
    expect(following('0 * * * *', BERLIN, '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
  });

  it('waits years for a leap day, and forever for a day that never comes', () => {
    expect(following('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2028-02-29T00:00']);
    for (const cron of ['0 0 30 2 *', '0 0 30-31 FEB *', '0 0 31 2,4,6,9,11 *', '0 0 30/1 feb *'])
      expect(nextAfter({ cron, timeZone: 'UTC' }, new Date())).toBeNull();
    expect(following('0 0 31 */3 *', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-31T00:00',
      '2026-07-31T00:00',
    ]);
    expect(following('0 0 30 feb mon', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-02-02T00:00']);
  });

  it('accepts names in any spelling', () => {
    const recurrence = { cron: '0 0 * jan,MAR Mon-fri', timeZone: 'eUROPE/bERLIN' };
    expect(nextAfter(recurrence, new Date('2026-01-31T12:00:00Z'))).toEqual(new Date('2026-03-01T23:00:00Z'));
  });

  it.each([
    ['', 'UTC'],
    ['* * * *', 'UTC'],
    ['* * * * * *', 'UTC'],
    ['0 0 1 1 * 2030', 'UTC'],
    ['@daily', 'UTC'],
    ['60 * * * *', 'UTC'],
    ['0 0 * * 8', 'UTC'],
    ['*/0 * * * *', 'UTC'],
    ['a b c d e', 'UTC'],
    ['0 0 L * *', 'UTC'],
    ['0 0 15W * *', 'UTC'],
    ['0 0 * * 5#2', 'UTC'],
    ['0 0 ? * 1', 'UTC'],
    ['0 0 1 * +5', 'UTC'],
    ['0 0 * * *', 'Mars/Olympus'],
    ['0 0 * * *', ''],
  ])('refuses the line %j in the time zone %j', (cron, timeZone) => {
    expect(() => nextAfter({ cron, timeZone }, new Date('2026-01-01T00:00:00Z'))).toThrow(RangeError);
  });
});
