const LOWEST = '00000000-0000-0000-0000-000000000000';
const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Shorter starts would match everything created within hours. */
const MIN_START = 8;
/** Sorts after every character of an id. */
const AFTER_HEX = 'g';

/** Ranges that contain the ids with a given start or end. */
export interface IdRanges {
  /** First and last id with this start; the last is lower than the first if no id can have it. */
  readonly start: readonly [first: string, last: string];
  /** Reversed ids with this end: from the first, up to but without the second. */
  readonly reversedEnd: readonly [from: string, before: string];
}

/** @param part hexadecimal digits and dashes */
export function idRangesOf(part: string): IdRanges {
  const lower = part.toLowerCase();
  const reversed = Array.from(lower).reverse().join('');
  const canStart = lower.length >= MIN_START && hasDashesOfId(lower);
  return {
    start: canStart
      ? [lower + LOWEST.slice(lower.length), lower + HIGHEST.slice(lower.length)]
      : [HIGHEST, LOWEST],
    reversedEnd: [reversed, reversed + AFTER_HEX],
  };
}

function hasDashesOfId(start: string): boolean {
  return Array.from(start).every((character, index) => (character === '-') === (LOWEST[index] === '-'));
}
