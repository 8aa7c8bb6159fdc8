import { ValidateBy, type ValidationOptions } from 'class-validator';
import { MAX_METADATA_PAIRS } from '../../instance';
import { isText } from '../../../../platform/values/text';

const MAX_KEY = 128;
const MAX_VALUE = 1024;

interface MetadataOptions {
  /** Whether a value may be null, which in a merge patch removes the key. */
  readonly isPatch: boolean;
}

/** A flat object of at most 64 string pairs. */
export function IsMetadata({ isPatch }: MetadataOptions, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMetadata',
      validator: {
        validate: (value) => problemOf(value, isPatch) === undefined,
        defaultMessage: (argument) => problemOf(argument?.value, isPatch) ?? '',
      },
    },
    options,
  );
}

function problemOf(metadata: unknown, isPatch: boolean): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return 'metadata must be an object with string values';
  }
  const pairs = Object.entries(metadata);
  // A patch may remove as many pairs as it adds; the result is counted when it is applied.
  const most = isPatch ? 2 * MAX_METADATA_PAIRS : MAX_METADATA_PAIRS;
  if (pairs.length > most) return `metadata must have at most ${most} pairs`;
  for (const [key, value] of pairs) {
    if (!isText(key, 1, MAX_KEY)) return `metadata keys must be text of 1 to ${MAX_KEY} characters`;
    if (isPatch && value === null) continue;
    if (!isText(value, 0, MAX_VALUE)) {
      return `metadata.${key} must be text of at most ${MAX_VALUE} characters`;
    }
  }
  return undefined;
}
