const STATUSES = ['creating', 'running', 'paused', 'stopped', 'restarting', 'error'] as const;
const MAX_TEXT = 300;

export type TenantInstanceStatus = (typeof STATUSES)[number];

/** Page, and the tenant whose instances are shown, in the address. */
export interface TenantSearch {
  readonly tenant?: string;
  /** Of the instances that are shown. */
  readonly status?: TenantInstanceStatus;
  /** Tokens of the pages before and of this one: the way back. */
  readonly pages?: readonly string[];
}

export const INSTANCE_FILTER: readonly TenantInstanceStatus[] = STATUSES;

/** Ignores what it does not know: an address can be edited by hand. */
export function parseTenantSearch(input: Record<string, unknown>): TenantSearch {
  const tenant = textOf(input.tenant);
  const status = STATUSES.find((each) => each === input.status);
  const values: readonly unknown[] = Array.isArray(input.pages) ? input.pages : [];
  const pages = values.map((each) => textOf(each)).filter((each) => each !== undefined);
  return {
    ...(tenant !== undefined && { tenant }),
    ...(tenant !== undefined && status && { status }),
    ...(pages.length > 0 && { pages }),
  };
}

function textOf(value: unknown): string | undefined {
  // The router parses a value such as 123 as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_TEXT) : undefined;
}
