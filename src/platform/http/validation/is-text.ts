import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { isText } from '../../values/text';

export interface TextLimits {
  readonly min?: number;
  readonly max: number;
}

export function IsText({ min = 0, max }: TextLimits, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isText',
      validator: {
        validate: (value) => isText(value, min, max),
        defaultMessage: buildMessage(
          (each) => `${each}$property must be text of ${min} to ${max} characters`,
          options,
        ),
      },
    },
    options,
  );
}
