import type { paths } from 'uim-compute-client';

type AuditQuery = NonNullable<paths['/api/v1/compute/audit']['get']['parameters']['query']>;

const MAX_TEXT = 255;
/** As a browser's field for date and time writes it. */
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const TEXTS = ['tenant', 'actor', 'request', 'type'] as const;
const TIMES = ['since', 'until'] as const;

/** Filters and page in the address, so that a link shows the same. Times are in the time zone of the reader. */
export type AuditSearch = {
  readonly [Field in (typeof TEXTS)[number] | (typeof TIMES)[number] | 'instance']?: string;
} & {
  /** Tokens of the pages before and of this one: the way back. */
  readonly pages?: readonly string[];
};

/** Ignores what it does not know: an address can be edited by hand. */
export function parseAuditSearch(input: Record<string, unknown>): AuditSearch {
  const instance = textOf(input.instance);
  const values: readonly unknown[] = Array.isArray(input.pages) ? input.pages : [];
  const pages = values.map((each) => textOf(each)).filter((each) => each !== undefined);
  const found: Record<string, string> = {};
  for (const field of TEXTS) {
    const text = textOf(input[field]);
    if (text !== undefined) found[field] = text;
  }
  for (const field of TIMES) {
    const text = textOf(input[field]);
    if (text !== undefined && LOCAL_TIME.test(text)) found[field] = text;
  }
  return {
    ...found,
    ...(instance !== undefined && UUID.test(instance) && { instance }),
    ...(pages.length > 0 && { pages }),
  };
}

export function auditFilterOf({
  tenant,
  instance,
  actor,
  request,
  type,
  since,
  until,
}: AuditSearch): Omit<AuditQuery, 'limit' | 'pageToken'> {
  return {
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(instance !== undefined && { instanceId: instance }),
    ...(actor !== undefined && { actor }),
    ...(request !== undefined && { requestId: request }),
    ...(type !== undefined && { type }),
    ...(since !== undefined && { since: secondsOf(since) }),
    ...(until !== undefined && { until: secondsOf(until) }),
  };
}

export function hasAuditFilter(search: AuditSearch): boolean {
  return Object.keys(auditFilterOf(search)).length > 0;
}

function secondsOf(localTime: string): number {
  return Math.floor(new Date(localTime).getTime() / 1000);
}

function textOf(value: unknown): string | undefined {
  // The router parses a value such as 123 as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, MAX_TEXT) : undefined;
}
