/** The figures of a part that are compared, and whether a larger one is better. */
const BETTER: ReadonlyMap<string, 'larger' | 'smaller'> = new Map([
  ['perSecond', 'larger'],
  ['serverMs', 'smaller'],
  ['databaseMs', 'smaller'],
  ['p50', 'smaller'],
  ['p95', 'smaller'],
  ['p99', 'smaller'],
  ['p50Ms', 'smaller'],
  ['p99Ms', 'smaller'],
  ['stopMs', 'smaller'],
  ['createMs', 'smaller'],
  ['lateMb', 'smaller'],
  ['values', 'smaller'],
  ['drainSeconds', 'smaller'],
]);
/** Lists with one element for each round; the others belong to the servers that a part compares with. */
const ROUNDS: readonly string[] = ['values', 'rounds', 'starts'];

export interface Figure {
  readonly name: string;
  readonly better: 'larger' | 'smaller';
  readonly value: number;
}

/** @param text what `run-part.cjs` prints: a list of findings */
export function figuresOf(text: string): readonly Figure[] {
  const findings: unknown = JSON.parse(text);
  if (!Array.isArray(findings)) throw new Error(`not a list of findings: ${text}`);
  return findings.flatMap((finding: unknown) => {
    const { goal, measured } = membersOf(finding);
    return collect(String(goal), membersOf(measured));
  });
}

function collect(goal: string, measured: Readonly<Record<string, unknown>>): readonly Figure[] {
  return Object.entries(measured).flatMap(([key, value]) => {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const better = BETTER.get(key);
    if (typeof first === 'number' && better) return [{ name: `${goal}: ${key}`, better, value: first }];
    return ROUNDS.includes(key) ? collect(goal, membersOf(first)) : [];
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
