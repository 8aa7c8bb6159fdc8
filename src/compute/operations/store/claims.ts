import type { ResourceType } from '../../resources';
import type { ClaimedOperation, ClaimGroup } from '../operation';
import { knownOperations, OPERATION_TYPES, traitsOf, type OperationType } from '../operation-types';

/** Tenants that one claim examines per host. The next claim continues after them. */
const TENANTS_PER_CLAIM = 100;

/** Limits of a claim for one host. */
export interface ClaimPool {
  readonly hostId: string;
  readonly room: number;
  /** Limit for groups not listed as capped. */
  readonly groupRoom: number;
  /** Tenant after which the search starts; empty starts with the first. */
  readonly after: string;
}

/** A group with a lower limit than the pool's `groupRoom`. */
export interface CappedGroup extends ClaimGroup {
  readonly room: number;
}

export interface ClaimOptions {
  /** Name of the replica; only for operators reading the table. */
  readonly owner: string;
  readonly leaseMs: number;
  /** Working time of an operation, including back-off. */
  readonly timeoutMs: number;
  readonly pools: readonly ClaimPool[];
  readonly capped: readonly CappedGroup[];
}

export interface Claim {
  readonly operations: readonly ClaimedOperation[];
  /** Whether more operations may be due in these pools. */
  readonly isMoreDue: boolean;
  /** Start of the next claim, by host; absent if all tenants were examined. */
  readonly cursors: ReadonlyMap<string, string>;
  /** The clock of the database. */
  readonly databaseMs: number;
}

interface ClaimedColumns {
  readonly id: string;
  readonly tenant_id: string;
  readonly resource_type: ResourceType;
  readonly resource_id: string;
  readonly type: OperationType;
  readonly args: Readonly<Record<string, unknown>>;
  readonly is_background: boolean;
  readonly host_id: string;
  readonly attempts: number;
  readonly fence: number;
  readonly request_id: string;
  readonly traceparent: string | null;
  readonly remaining_ms: number;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** The search's own columns repeat in every row; the others are null if nothing was claimed. */
export type ClaimRow = (ClaimedColumns | Nullable<ClaimedColumns>) & {
  readonly is_more_due: boolean;
  readonly cursors: Readonly<Record<string, string>> | null;
  readonly database_ms: number;
};

const NEXT_TENANT = (host: string, after: string): string => `
  SELECT o.tenant_id FROM resource_operations o
  WHERE o.status = 'pending' AND o.host_id = ${host} AND o.tenant_id > ${after}
  ORDER BY o.tenant_id LIMIT 1`;

/**
 * $1 owner, $2 lease, $3 timeout, $4 persistent types; $5 to $8 pools; $9 to $12 capped groups; $13 tenants to
 * examine; $14 known operations. `(SELECT …)` hides the array lengths from the planner, which would otherwise replan for each claim.
 *
 * `visited` skips from tenant to tenant in the index `operations_ready`, so the cost depends neither on the number of
 * pending operations nor on the number of tenants without any. Each group (a tenant's operations that a request waits
 * for, or its others) gets an equal share of the room; groups are served round-robin, one operation at a time.
 */
export const CLAIM = `
  WITH RECURSIVE pool AS (
    SELECT * FROM unnest((SELECT $5::text[]), (SELECT $6::int[]), (SELECT $7::int[]), (SELECT $8::text[]))
      AS pool(host_id, room, group_room, after)
  ), capped AS (
    SELECT * FROM unnest((SELECT $9::text[]), (SELECT $10::text[]), (SELECT $11::boolean[]), (SELECT $12::int[]))
      AS capped(host_id, tenant_id, is_background, room)
  ), visited AS (
    SELECT pool.host_id, next.tenant_id, 1 AS number
    FROM pool, LATERAL (${NEXT_TENANT('pool.host_id', 'pool.after')}) AS next
    UNION ALL
    SELECT visited.host_id, next.tenant_id, number + 1
    FROM visited, LATERAL (${NEXT_TENANT('visited.host_id', 'visited.tenant_id')}) AS next
    WHERE number < $13::int
  ), share AS (
    SELECT pool.host_id, pool.room, greatest(1, pool.room / count(*)::int) AS most, pool.group_room
    FROM pool JOIN visited ON visited.host_id = pool.host_id GROUP BY pool.host_id, pool.room, pool.group_room
  ), due AS MATERIALIZED (
    SELECT found.id, visited.host_id, visited.tenant_id, visited.number, lane.is_background, found.due_at,
      share.room, least(share.most, coalesce(capped.room, share.group_room)) AS most
    FROM visited JOIN share ON share.host_id = visited.host_id
      CROSS JOIN (VALUES (false), (true)) AS lane(is_background)
      LEFT JOIN capped ON capped.host_id = visited.host_id AND capped.tenant_id = visited.tenant_id
        AND capped.is_background = lane.is_background
      CROSS JOIN LATERAL (
        SELECT o.id, o.due_at FROM resource_operations o
        WHERE o.status = 'pending' AND o.host_id = visited.host_id AND o.tenant_id = visited.tenant_id
          AND o.is_background = lane.is_background AND o.due_at <= now()
          AND o.args_version <= (($14::jsonb) ->> (o.resource_type || '.' || o.type))::int
        ORDER BY o.due_at LIMIT least(share.most, coalesce(capped.room, share.group_room))
        FOR UPDATE SKIP LOCKED
      ) AS found
  ), turns AS (
    SELECT due.*, row_number() OVER line AS turn, count(*) OVER (PARTITION BY host_id, number, is_background) AS size
    FROM due WINDOW line AS (PARTITION BY host_id, number, is_background ORDER BY due_at, id)
  ), places AS (
    SELECT turns.*, row_number() OVER (PARTITION BY host_id ORDER BY turn, is_background, number) AS place
    FROM turns
  ), claimed AS (
    UPDATE resource_operations
    SET status = 'running', fence = fence + 1, attempts = attempts + 1, lease_owner = $1,
      due_at = now() + $2::int * interval '1 millisecond', started_at = coalesce(started_at, now()),
      spent_ms = CASE WHEN type = ANY($4::text[]) THEN 0 ELSE spent_ms END
    -- With an array, the planner uses the primary key at every row estimate.
    WHERE id = ANY(ARRAY(SELECT id FROM places WHERE place <= room))
    RETURNING id, tenant_id, resource_type, resource_id, type, args, is_background, host_id, attempts, fence, request_id,
      traceparent, $3::int - spent_ms AS remaining_ms
  ), cursor AS (
    -- The last tenant served if the slots ran out, else the last one scanned if there may be more tenants.
    SELECT share.host_id, coalesce(
      (SELECT tenant_id FROM places
        WHERE places.host_id = share.host_id AND place = share.room
          AND EXISTS (SELECT FROM places more WHERE more.host_id = share.host_id AND more.place > share.room)),
      (SELECT tenant_id FROM visited WHERE visited.host_id = share.host_id AND number = $13::int)
    ) AS tenant_id
    FROM share
  )
  SELECT claimed.*, search.* FROM (
    SELECT (SELECT jsonb_object_agg(host_id, tenant_id) FROM cursor WHERE tenant_id IS NOT NULL) AS cursors,
      EXISTS (SELECT FROM places WHERE size >= most) AS is_more_due,
      floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS database_ms
  ) AS search LEFT JOIN claimed ON true`;

export function claimValues({ owner, leaseMs, timeoutMs, pools, capped }: ClaimOptions): readonly unknown[] {
  return [
    owner,
    leaseMs,
    timeoutMs,
    OPERATION_TYPES.filter((type) => traitsOf(type).isPersistent),
    pools.map(({ hostId }) => hostId),
    pools.map(({ room }) => room),
    pools.map(({ groupRoom }) => groupRoom),
    pools.map(({ after }) => after),
    capped.map(({ hostId }) => hostId),
    capped.map(({ tenantId }) => tenantId),
    capped.map(({ isBackground }) => isBackground),
    capped.map(({ room }) => room),
    TENANTS_PER_CLAIM,
    JSON.stringify(knownOperations()),
  ];
}

export function toClaim(rows: readonly ClaimRow[]): Claim {
  const [first] = rows;
  if (!first) throw new Error('a claim returned no row');
  return {
    operations: rows.flatMap((row) => (isClaimed(row) ? [toOperation(row)] : [])),
    isMoreDue: first.is_more_due,
    cursors: new Map(Object.entries(first.cursors ?? {})),
    databaseMs: first.database_ms,
  };
}

function isClaimed(row: ClaimedColumns | Nullable<ClaimedColumns>): row is ClaimedColumns {
  return row.id !== null;
}

function toOperation(row: ClaimedColumns): ClaimedOperation {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    type: row.type,
    args: row.args,
    isBackground: row.is_background,
    hostId: row.host_id,
    attempts: row.attempts,
    fence: row.fence,
    requestId: row.request_id,
    traceparent: row.traceparent,
    remainingMs: row.remaining_ms,
  };
}
