import { Cron } from 'croner';

/** When a schedule is due: a cron expression with five fields, and the time zone of its fields, by its IANA name. */
export interface Recurrence {
  readonly cron: string;
  readonly timeZone: string;
}

const VALUE = String.raw`(?:\d{1,2}|[A-Za-z]{3})`;
const ITEM = String.raw`(?:\*|${VALUE}(?:-${VALUE})?)(?:/\d{1,2})?`;
/** Without the extensions of the package, with some of which it searches 400 years for a second. */
const FIELD = new RegExp(`^${ITEM}(?:,${ITEM})*$`);

/**
 * The first time after `after` that the line matches; null if it never does, such as on February 30. A time that the
 * clock skips when it is set forward is due at the end of the gap, and one that it repeats when it is set back is due
 * once, the first time.
 * @throws {RangeError} if the line or the time zone is invalid
 */
export function nextAfter({ cron, timeZone }: Recurrence, after: Date): Date | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5 || !fields.every((field) => FIELD.test(field)))
    throw new RangeError('a cron expression has five fields');
  if (isNever(fields)) return null;
  try {
    // The package keeps something of each name that it was given, and a name has many spellings.
    const timezone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    return new Cron(fields.join(' '), { mode: '5-part', timezone, paused: true }).nextRun(after);
  } catch (error) {
    throw new RangeError('the cron expression or its time zone is invalid', { cause: error });
  }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether only days are named that none of its months has. The package would search 400 years for one. */
function isNever([, , days = '*', months = '*', weekdays = '*']: readonly string[]): boolean {
  if (weekdays !== '*') return false;
  const lengths = valuesOf(months, 12).map((month) => DAYS_OF_MONTHS[month - 1] ?? 31);
  return Math.min(...valuesOf(days, 31)) > Math.max(...lengths);
}

/** The numbers that a field names, from 1 to `last`. The package refuses others, and a step of 0. */
function valuesOf(field: string, last: number): readonly number[] {
  return field.split(',').flatMap((item) => {
    const [range = '*', step = ''] = item.split('/');
    const [from = 1, to = step === '' ? from : last] =
      range === '*' ? [1, last] : range.split('-').map(valueOf);
    const every = Math.max(1, Number(step));
    return Array.from(
      { length: Math.max(0, Math.floor((to - from) / every) + 1) },
      (_, i) => from + i * every,
    );
  });
}

function valueOf(text: string): number {
  const month = MONTHS.indexOf(text.toLowerCase()) + 1;
  return month > 0 ? month : Number(text);
}
