/** Shorter names are too close to unrelated ones: HOST and HOME differ in one letter. */
const MIN_LENGTH = 6;

/** The known name with the fewest edits, or undefined if none is within the limit. */
export function nearestOf(name: string, known: readonly string[], limit = 2): string | undefined {
  if (name.length > 100) return undefined;
  const upper = name.toUpperCase();
  const [best] = known
    .filter((each) => each.length >= MIN_LENGTH)
    .map((each) => ({ each, distance: distanceOf(upper, each) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= limit ? best.each : undefined;
}

/** Levenshtein distance: letters to insert, delete or replace. */
function distanceOf(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + cost,
        ),
      );
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
