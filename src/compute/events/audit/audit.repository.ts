import { Injectable } from '@nestjs/common';
import { Database, PageReads } from '../../../platform/database';
import { WARM_POOLS } from '../../../platform/values/tenant';
import { EVENT_MEMBERS } from '../event.sql';
import type { AuditEvent, AuditFilter } from './audit';

/** Events that one page looks at, at most: a rare value must not read millions of rows in one request. */
export const EXAMINED = 20_000;
/** Whose turn the reads take. No tenant: their ids have no `@`. */
const CALLER = '@operators';
/** Later than any event, in Unix microseconds. */
const END = '253402300799000000';

/** Where an event is in the order of the search: its time in Unix microseconds, and its number. */
export interface AuditPosition {
  readonly at: string;
  readonly seq: string;
}

interface FoundEvent {
  readonly position: AuditPosition;
  readonly event: AuditEvent;
}

export interface Examined {
  readonly found: readonly FoundEvent[];
  /** The oldest examined event if older ones were not examined; undefined if all were. */
  readonly last: { readonly position: AuditPosition; readonly at: number } | undefined;
}

interface Row {
  readonly count: number;
  readonly lastAt: string;
  readonly lastSeq: string;
  readonly lastSeconds: number;
  readonly at: string | null;
  readonly seq: string | null;
  readonly event: AuditEvent;
}

/** Unix microseconds are exact, unlike the seconds of `to_timestamp`. */
const timeOf = (parameter: string): string =>
  `(timestamptz 'epoch' + ${parameter}::float8 * interval '1 microsecond')`;
const MICROSECONDS = `(extract(epoch FROM at) * 1000000)::bigint::text`;

/**
 * $1 and $2 time and number before which events are examined, $3 time from which, $4 tenant, $5 actor, $6 request,
 * $7 type, $8 limit; $9 instance. Without a filter, every examined event is found.
 */
const search = (scope: string): string => `
  WITH examined AS MATERIALIZED (
    SELECT * FROM resource_events
    WHERE at >= ${timeOf('$3')} AND (at, seq) < (${timeOf('$1')}, $2::bigint)
      AND resource_type = 'instance' AND tenant_id <> '${WARM_POOLS}' ${scope}
    ORDER BY at DESC, seq DESC
    LIMIT CASE WHEN $4::text IS NULL AND $5::text IS NULL AND $6::text IS NULL AND $7::text IS NULL THEN $8::int ELSE ${EXAMINED} END
  ), last AS (
    SELECT (SELECT count(*)::int FROM examined) AS count, ${MICROSECONDS} AS "lastAt", seq::text AS "lastSeq",
      floor(extract(epoch FROM at))::float8 AS "lastSeconds"
    FROM examined ORDER BY examined.at, examined.seq LIMIT 1
  ), found AS (
    SELECT * FROM examined
    WHERE ($4::text IS NULL OR tenant_id = $4) AND ($5::text IS NULL OR actor = $5)
      AND ($6::text IS NULL OR request_id = $6) AND ($7::text IS NULL OR type = $7)
    ORDER BY at DESC, seq DESC LIMIT $8::int
  )
  SELECT last.*, shown.* FROM last LEFT JOIN LATERAL (
    SELECT at AS time, seq AS number, ${MICROSECONDS} AS at, seq::text AS seq,
      (SELECT row_to_json(event) FROM (SELECT ${EVENT_MEMBERS}, tenant_id AS "tenantId") AS event) AS event
    FROM found
  ) AS shown ON true
  ORDER BY shown.time DESC, shown.number DESC`;

/** Events of all tenants, for operators. */
@Injectable()
export class AuditRepository {
  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
  ) {}

  /** Newest first, from the first event before a position. */
  async search(filter: AuditFilter, before: AuditPosition | undefined, limit: number): Promise<Examined> {
    const { tenantId, instanceId, actor, requestId, type, since = 0, until } = filter;
    const end = until === undefined ? END : `${until + 1}000000`;
    const from = before ?? { at: end, seq: '0' };
    const values = [
      from.at,
      from.seq,
      `${since}000000`,
      tenantId ?? null,
      actor ?? null,
      requestId ?? null,
      type ?? null,
      limit,
    ];
    const statement =
      instanceId === undefined
        ? { name: 'audit_search', text: search(''), values }
        : {
            name: 'audit_search_instance',
            text: search('AND resource_id = $9'),
            values: [...values, instanceId],
          };
    const rows = await this.pages.run(CALLER, () => this.database.query<Row>(statement));
    const [first] = rows;
    if (!first) return { found: [], last: undefined };
    const last = { position: { at: first.lastAt, seq: first.lastSeq }, at: first.lastSeconds };
    return {
      found: rows.flatMap(({ at, seq, event }) =>
        at === null || seq === null ? [] : [{ position: { at, seq }, event }],
      ),
      last: first.count < EXAMINED ? undefined : last,
    };
  }
}
