import { Transform } from 'class-transformer';
import { buildMessage, ValidateBy } from 'class-validator';
import { isText } from '../../../../platform/values/text';

const MAX_KEY = 4096;

/** An option of authorized_keys, such as `restrict` or `command="…"`; `\"` is a quote inside the value. */
const OPTION = String.raw`[A-Za-z0-9-]+(?:="(?:\t|[^"\\\p{Cc}\u2028\u2029]|\\"|\\(?!["\p{Cc}\u2028\u2029]))*")?`;
/** Options, key type, key and comment (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
const LINE = new RegExp(
  String.raw`^(?:${OPTION}(?:,${OPTION})*[ \t]+)?[a-z0-9@.-]+[ \t]+[A-Za-z0-9+/=]+(?:[ \t](?:\t|[^\p{Cc}\u2028\u2029])*)?$`,
  'u',
);

/** Whether a text is one line of authorized_keys, without a line break anywhere. */
export function isSshKey(value: unknown): value is string {
  return isText(value, 1, MAX_KEY) && LINE.test(value);
}

/** Removes the line break at the end of a key file, which is not part of the key. */
export function WithoutFinalNewline(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map((key: unknown) => withoutFinalNewline(key)) : value,
  );
}

export function IsSshKeys(): PropertyDecorator {
  const options = { each: true };
  return ValidateBy(
    {
      name: 'isSshKey',
      validator: {
        validate: isSshKey,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be one line of authorized_keys of at most ${MAX_KEY} characters`,
          options,
        ),
      },
    },
    options,
  );
}

export function withoutFinalNewline(key: unknown): unknown {
  return typeof key === 'string' ? key.replace(/\r?\n$/, '') : key;
}
