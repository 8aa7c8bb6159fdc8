export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n' };

/** Samples of the Prometheus text format; lines that are not understood are left out. */
export function parseMetrics(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => sampleOf(line) ?? []);
}

function sampleOf(line: string): Sample | undefined {
  const [, name, labels = '', value = ''] = LINE.exec(line) ?? [];
  if (name === undefined) return undefined;
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const pairs = [...labels.matchAll(LABEL)].map(
    ([, key = '', escaped = '']) => [key, unescape(escaped)] as const,
  );
  return { name, labels: Object.fromEntries(pairs), value: number };
}

function unescape(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}

function numberOf(text: string): number | undefined {
  if (text === 'NaN') return Number.NaN;
  const value = Number(text.replace('Inf', 'Infinity'));
  return Number.isNaN(value) ? undefined : value;
}

/** The sum of all samples with this name and these labels; undefined without any. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const matching = samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  if (matching.length === 0) return undefined;
  return matching.reduce((sum, { value }) => sum + value, 0);
}

export interface Total {
  readonly label: string;
  readonly value: number;
}

/** Sums of the samples with this name by a label, the largest first. */
export function totalsBy(samples: readonly Sample[], name: string, label: string): readonly Total[] {
  const totals = new Map<string, number>();
  for (const { name: of, labels, value } of samples) {
    const key = labels[label];
    if (of === name && key !== undefined) totals.set(key, (totals.get(key) ?? 0) + value);
  }
  return [...totals].map(([key, value]) => ({ label: key, value })).sort((a, b) => b.value - a.value);
}
