const STATUSES = ['creating', 'available', 'deleting', 'error'] as const;
const MAX_TEXT = 300;

export type SnapshotStatus = (typeof STATUSES)[number];

/** Filters and page in the address of the list, so that a link shows the same. */
export interface SnapshotSearch {
  readonly status?: SnapshotStatus;
  readonly name?: string;
  /** Tokens of the pages before and of this one: the way back. */
  readonly pages?: readonly string[];
}

export const SNAPSHOT_STATUSES: readonly SnapshotStatus[] = STATUSES;

/** Ignores what it does not know: an address can be edited by hand. */
export function parseSnapshotSearch(input: Record<string, unknown>): SnapshotSearch {
  const status = STATUSES.find((each) => each === input.status);
  const name = textOf(input.name);
  const values: readonly unknown[] = Array.isArray(input.pages) ? input.pages : [];
  const pages = values.map((each) => textOf(each)).filter((each) => each !== undefined);
  return {
    ...(status && { status }),
    ...(name !== undefined && { name }),
    ...(pages.length > 0 && { pages }),
  };
}

function textOf(value: unknown): string | undefined {
  // The router parses a value such as 123 as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_TEXT) : undefined;
}
