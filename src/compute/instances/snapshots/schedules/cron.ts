import { Cron } from 'croner';

/** When a schedule is due: a line of cron with five fields, and the time zone of its fields, by its IANA name. */
export interface Recurrence {
  readonly cron: string;
  readonly timeZone: string;
}

/**
 * The first time after `after` that the line matches; null if it never does, such as on February 30. A time that the
 * clock skips when it is set forward is due at the end of the gap, and one that it repeats when it is set back is due
 * once, the first time.
 * @throws {RangeError} if the line or the time zone is invalid
 */
export function nextAfter({ cron, timeZone }: Recurrence, after: Date): Date | null {
  // The package also accepts names such as @daily and other numbers of fields, and takes '' as the zone of the process.
  if (cron.trim().split(/\s+/).length !== 5 || timeZone === '')
    throw new RangeError('a line of cron has five fields and a time zone');
  try {
    return new Cron(cron, { mode: '5-part', timezone: timeZone, paused: true }).nextRun(after);
  } catch (error) {
    throw new RangeError('the line of cron or its time zone is invalid', { cause: error });
  }
}
