import { texts } from '../../../../texts';

const t = texts.instance.settings;

type Metadata = Readonly<Record<string, string>>;

/** A pair as it is edited. The number identifies it while its key changes. */
export interface MetadataRow {
  readonly number: number;
  readonly key: string;
  readonly value: string;
}

export function rowsOf(metadata: Metadata): readonly MetadataRow[] {
  return Object.entries(metadata).map(([key, value], number) => ({ number, key, value }));
}

export function withNewRow(rows: readonly MetadataRow[]): readonly MetadataRow[] {
  const number = Math.max(-1, ...rows.map((row) => row.number)) + 1;
  return [...rows, { number, key: '', value: '' }];
}

/** Validates the key of a row. */
export function keyError(row: MetadataRow, rows: readonly MetadataRow[]): string | undefined {
  if (row.key === '') return t.emptyKey;
  const isTwice = rows.some(({ number, key }) => number < row.number && key === row.key);
  return isTwice ? t.duplicateKey : undefined;
}

/** Changes for a request; null removes a key. */
export function changesOf(
  before: Metadata,
  rows: readonly MetadataRow[],
): Readonly<Record<string, string | null>> {
  const after = new Map(rows.map(({ key, value }) => [key, value]));
  const removed = Object.keys(before)
    .filter((key) => !after.has(key))
    .map((key): [string, null] => [key, null]);
  const set = [...after].filter(([key, value]) => !Object.hasOwn(before, key) || before[key] !== value);
  return Object.fromEntries([...removed, ...set]);
}
