import type { InstanceQuery } from '../../../api/queries';

const STATUSES = ['creating', 'running', 'paused', 'stopped', 'restarting', 'error'] as const;
const TYPES = ['vm', 'container'] as const;
/** Longer values match nothing and would only make the address unreadable. */
const MAX_TEXT = 300;

/** Filters and page in the address of the list, so that a link shows the same. */
export interface InstanceSearch {
  readonly status?: (typeof STATUSES)[number];
  readonly type?: (typeof TYPES)[number];
  readonly flavor?: string;
  readonly name?: string;
  readonly id?: string;
  /** Pairs `key=value`. */
  readonly metadata?: readonly string[];
  /** Tokens of the pages before and of this one: the way back. */
  readonly pages?: readonly string[];
}

export const FILTER_STATUSES: readonly string[] = STATUSES;
export const FILTER_TYPES: readonly string[] = TYPES;

/** Ignores what it does not know: an address can be edited by hand. */
export function parseSearch(input: Record<string, unknown>): InstanceSearch {
  const status = STATUSES.find((each) => each === input.status);
  const type = TYPES.find((each) => each === input.type);
  const flavor = textOf(input.flavor);
  const name = textOf(input.name);
  const id = textOf(input.id);
  const metadata = textsOf(input.metadata).filter((pair) => /^[^=]+=/.test(pair));
  const pages = textsOf(input.pages);
  return {
    ...(status && { status }),
    ...(type && { type }),
    ...(flavor !== undefined && { flavor }),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(metadata.length > 0 && { metadata }),
    ...(pages.length > 0 && { pages }),
  };
}

export function filterOf({ status, type, flavor, name, id, metadata }: InstanceSearch): InstanceQuery {
  const pairs = metadata?.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return {
    ...(status && { status }),
    ...(type && { type }),
    ...(flavor !== undefined && { flavor }),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(pairs && { metadata: Object.fromEntries(pairs) }),
  };
}

export function hasFilter(search: InstanceSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}

function textOf(value: unknown): string | undefined {
  // The router parses a value such as 123 as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_TEXT) : undefined;
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => textOf(each)).filter((each) => each !== undefined);
}

/** With other filters, on the first page. */
export function withFilter(search: InstanceSearch, changes: Record<string, unknown>): InstanceSearch {
  return parseSearch({ ...search, pages: undefined, ...changes });
}
