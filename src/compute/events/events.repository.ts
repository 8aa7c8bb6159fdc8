import { Injectable } from '@nestjs/common';
import { WARM_POOLS } from '../../platform/values/tenant';
import { Database, PageReads } from '../../platform/database';
import { fromPgSnapshot, toPgSnapshot, type Position, type Snapshot } from './cursor';
import type { InstanceEvent } from './event';
import { EVENT_MEMBERS } from './event.sql';

export interface HistoryPage {
  /** Only events after this version. */
  readonly after: number;
  readonly limit: number;
}

/** An event, and its order among those that became visible together. */
interface StreamedEvent {
  readonly seq: bigint;
  readonly event: InstanceEvent;
}

export interface Batch {
  readonly events: readonly StreamedEvent[];
  /** End of the batch, if `events` is complete. */
  readonly until: Snapshot;
}

interface StreamRow {
  readonly until: string;
  readonly isAhead: boolean;
  readonly seq: string | null;
  readonly event: InstanceEvent;
}

/**
 * Events that became visible between two snapshots, in order of their numbers. A reader that goes from one
 * snapshot to the next misses nothing and gets nothing twice, regardless of the order in which transactions
 * end. It gets the versions of an instance in order, because later versions have larger numbers.
 *
 * $1 tenant, $2 since, $3 until or null for now, $4 number to start after, $5 limit.
 */
const BETWEEN = `
  SELECT moment.until::text AS until, moment.ahead AS "isAhead", found.seq::text AS seq, to_jsonb(found) - 'seq' AS event
  FROM (
    SELECT coalesce($3::pg_snapshot, pg_current_snapshot()) AS until,
      greatest(pg_snapshot_xmax($2::pg_snapshot), pg_snapshot_xmax($3::pg_snapshot))
        > pg_snapshot_xmax(pg_current_snapshot()) AS ahead
  ) AS moment
  LEFT JOIN LATERAL (
    SELECT seq, ${EVENT_MEMBERS} FROM resource_events
    WHERE tenant_id = $1 AND resource_type = 'instance' AND tx >= pg_snapshot_xmin($2::pg_snapshot)
      AND NOT pg_visible_in_snapshot(tx, $2::pg_snapshot)
      AND ($3::pg_snapshot IS NULL OR pg_visible_in_snapshot(tx, $3::pg_snapshot))
      AND seq > $4::bigint
    ORDER BY seq LIMIT $5
  ) AS found ON true
  ORDER BY found.seq`;

/** The events of one tenant's instances. */
@Injectable()
export class EventsRepository {
  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
  ) {}

  /** The events of an instance, oldest first. */
  history(
    tenantId: string,
    instanceId: string,
    { after, limit }: HistoryPage,
  ): Promise<readonly InstanceEvent[]> {
    const statement = {
      name: 'events_history',
      text: `
        SELECT ${EVENT_MEMBERS} FROM resource_events
        WHERE resource_id = $2 AND resource_type = 'instance' AND tenant_id = $1 AND version > $3
        ORDER BY version LIMIT $4`,
      values: [tenantId, instanceId, after, limit],
    };
    return this.pages.run(tenantId, () => this.database.query<InstanceEvent>(statement));
  }

  /** Whether the tenant owns or owned the instance; `foreign` if another tenant does, undefined if unknown. */
  async ownership(tenantId: string, instanceId: string): Promise<'own' | 'foreign' | undefined> {
    const [row] = await this.database.query<{ tenantId: string }>({
      name: 'events_ownership',
      text: `
        SELECT tenant_id AS "tenantId" FROM instances WHERE id = $1 AND tenant_id <> '${WARM_POOLS}'
        UNION ALL (
          SELECT tenant_id FROM resource_events
          WHERE resource_id = $1 AND resource_type = 'instance' AND tenant_id <> '${WARM_POOLS}' LIMIT 1
        ) LIMIT 1`,
      values: [instanceId],
    });
    if (!row) return undefined;
    return row.tenantId === tenantId ? 'own' : 'foreign';
  }

  /** Cursor for a stream that starts now. */
  async now(): Promise<Snapshot> {
    const { now } = await this.database.one<{ now: string }>({
      name: 'events_now',
      text: 'SELECT pg_current_snapshot()::text AS now',
      values: [],
    });
    return fromPgSnapshot(now);
  }

  /**
   * Events after a position: the rest of its batch, or those that became visible up to `upTo` or now.
   * @returns undefined if the position is ahead of this database.
   */
  async behind(
    tenantId: string,
    { since, rest }: Position,
    limit: number,
    upTo?: Snapshot,
  ): Promise<Batch | undefined> {
    const until = rest?.until ?? upTo;
    const rows = await this.database.query<StreamRow>({
      name: 'events_between',
      text: BETWEEN,
      values: [
        tenantId,
        toPgSnapshot(since),
        until ? toPgSnapshot(until) : null,
        String(rest?.seq ?? 0),
        limit,
      ],
    });
    const [first] = rows;
    if (!first) throw new Error('the query for new events returned no row');
    if (first.isAhead) return undefined;
    const events = rows.flatMap(({ seq, event }) => (seq === null ? [] : [{ seq: BigInt(seq), event }]));
    return { events, until: fromPgSnapshot(first.until) };
  }
}
