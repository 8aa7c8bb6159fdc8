/** Which snapshots of a schedule are kept. A snapshot can count for several of the members. */
export interface Retention {
  /** The newest ones. */
  readonly last: number;
  /** The newest one of each of the last days that have any. */
  readonly daily: number;
  /** The newest one of each of the last weeks that have any; weeks begin on Monday. */
  readonly weekly: number;
}

export interface DatedSnapshot {
  readonly id: string;
  readonly takenAt: Date;
}

const DAY_MS = 86_400_000;

export function keepsNothing({ last, daily, weekly }: Retention): boolean {
  return last + daily + weekly === 0;
}

/**
 * The ids of those that are not kept, newest first. Only complete snapshots may be given: the newest is always kept, so
 * that a newer one that failed never costs the last good one.
 * @param timeZone decides when a day begins
 */
export function expiredBy(
  retention: Retention,
  timeZone: string,
  snapshots: readonly DatedSnapshot[],
): readonly string[] {
  if (keepsNothing(retention)) throw new RangeError('a retention keeps at least one snapshot');
  const newestFirst = snapshots.toSorted((one, other) => other.takenAt.getTime() - one.takenAt.getTime());
  const dayOf = daysIn(timeZone);
  const kept = new Set([
    ...newestFirst.slice(0, retention.last),
    ...newestOfEach(newestFirst, retention.daily, ({ takenAt }) => dayOf(takenAt)),
    ...newestOfEach(newestFirst, retention.weekly, ({ takenAt }) => weekOf(dayOf(takenAt))),
  ]);
  return newestFirst.filter((snapshot) => !kept.has(snapshot)).map(({ id }) => id);
}

function newestOfEach(
  newestFirst: readonly DatedSnapshot[],
  periods: number,
  periodOf: (snapshot: DatedSnapshot) => number,
): readonly DatedSnapshot[] {
  const newest = new Map<number, DatedSnapshot>();
  for (const snapshot of newestFirst) {
    const period = periodOf(snapshot);
    if (!newest.has(period)) newest.set(period, snapshot);
  }
  return [...newest.values()].slice(0, periods);
}

/** Numbers the days of a time zone's calendar: day 0 is January 1, 1970. */
function daysIn(timeZone: string): (date: Date) => number {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', year: 'numeric', month: 'numeric', day: 'numeric' },
  });
  return (date) => {
    const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, Number(value)]));
    const [year = NaN, month = NaN, day = NaN] = [parts.get('year'), parts.get('month'), parts.get('day')];
    return Date.UTC(year, month - 1, day) / DAY_MS;
  };
}

/** Day 0 was a Thursday. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}
