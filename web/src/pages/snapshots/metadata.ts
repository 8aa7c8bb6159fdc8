export interface Pair {
  /** Of the row in the form. */
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

export function pairsOf(metadata: Readonly<Record<string, string>>): readonly Pair[] {
  return Object.entries(metadata).map(([key, value], id) => ({ id, key, value }));
}

/** Patch that turns the metadata into these pairs; undefined if nothing changes. Null removes a key. */
export function metadataChanges(
  before: Readonly<Record<string, string>>,
  pairs: readonly Pair[],
): Record<string, string | null> | undefined {
  // Without a prototype, so that a key such as __proto__ is one like any other.
  const after = new Map(pairs.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
  const changes = new Map<string, string | null>();
  for (const [key, value] of after)
    if (!Object.hasOwn(before, key) || before[key] !== value) changes.set(key, value);
  for (const key of Object.keys(before)) if (!after.has(key)) changes.set(key, null);
  return changes.size === 0 ? undefined : Object.fromEntries(changes);
}
