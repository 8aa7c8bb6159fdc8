import { buildMessage, ValidateBy } from 'class-validator';
import { secondsOf } from '../../values/duration';

export function IsDuration(): PropertyDecorator {
  return ValidateBy({
    name: 'isDuration',
    validator: {
      validate: (value) => typeof value === 'string' && secondsOf(value) !== undefined,
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT24H or P7D`,
      ),
    },
  });
}
