import { ValidateBy } from 'class-validator';

const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** A point in time as in RFC 3339, with seconds and a time zone. */
export function IsTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value) => typeof value === 'string' && TIME.test(value) && isReal(value),
      defaultMessage: (argument) => `${argument?.property ?? ''} must be a time such as 2027-01-31T12:00:00Z`,
    },
  });
}

/** Whether the day exists: `Date` continues with the next month otherwise. */
function isReal(time: string): boolean {
  const day = time.slice(0, 10);
  const utc = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(Date.parse(time)) && !Number.isNaN(utc.getTime()) && utc.toISOString().startsWith(day);
}
