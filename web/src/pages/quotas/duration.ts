export interface DurationPart {
  readonly unit: 'week' | 'day' | 'hour' | 'minute' | 'second';
  readonly count: number;
}

const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** Parts of an ISO 8601 duration that are not zero; undefined if it is not a duration. */
export function partsOf(duration: string): readonly DurationPart[] | undefined {
  const match = PATTERN.exec(duration);
  if (!match) return undefined;
  const counts = match.slice(1);
  return UNITS.map((unit, index) => ({ unit, count: Number(counts[index] ?? 0) })).filter(
    ({ count }) => count > 0,
  );
}
