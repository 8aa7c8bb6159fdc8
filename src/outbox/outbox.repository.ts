import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import type { LifecycleMetric } from '../integrations';

/** A metric on its way, in the order of its instance. */
export interface Waiting extends LifecycleMetric {
  /** A bigint as text. */
  readonly id: string;
  readonly instanceId: string;
  readonly attempts: number;
}

export interface Deferral {
  readonly id: string;
  readonly delayMs: number;
}

export interface OutboxStatistics {
  readonly depth: number;
  /** Age of the oldest metric, in seconds; 0 where none waits. */
  readonly oldestSeconds: number;
}

const LEASE = 'outbox';
const TRIM_BATCH = 10_000;
/** Of `trim`: $2 is the longest age in milliseconds. */
const IS_FRESH = `created_at >= now() - $2::float8 * interval '1 millisecond'`;

/** Metrics that wait for the Monitoring service, across all tenants: rows are added with the change that they tell of. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** Whether this replica is the one that delivers, for so long from now. */
  async hold(owner: string, leaseMs: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'outbox_hold',
      text: `
        INSERT INTO leases (name, owner, until) VALUES ($1, $2, now() + $3::int * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
          WHERE leases.owner = excluded.owner OR leases.until < now()
            -- From before the clock was set back: no lease ends this late.
            OR leases.until > excluded.until + interval '1 minute'
        RETURNING 1`,
      values: [LEASE, owner, leaseMs],
    });
    return rows.length > 0;
  }

  async letGo(owner: string): Promise<void> {
    await this.database.query({
      name: 'outbox_let_go',
      text: 'DELETE FROM leases WHERE name = $1 AND owner = $2',
      values: [LEASE, owner],
    });
  }

  /** Oldest first; none that would overtake an earlier one of its instance. */
  due(limit: number): Promise<readonly Waiting[]> {
    return this.database.query<Waiting>({
      name: 'outbox_due',
      text: `
        SELECT id::text, instance_id AS "instanceId", tenant_id AS "tenantId", name, type, flavor, attempts
        FROM outbox o
        WHERE (${isDue('o')}) AND NOT EXISTS (
          SELECT FROM outbox earlier
          WHERE earlier.instance_id = o.instance_id AND earlier.id < o.id AND NOT (${isDue('earlier')})
        )
        ORDER BY o.id LIMIT $1`,
      values: [limit],
    });
  }

  async settle(delivered: readonly string[], deferred: readonly Deferral[]): Promise<void> {
    await this.database.query({
      name: 'outbox_settle',
      text: `
        WITH done AS (
          DELETE FROM outbox WHERE id = ANY($1::bigint[])
        )
        UPDATE outbox o SET attempts = attempts + 1, due_at = now() + delay_ms * interval '1 millisecond'
        FROM unnest($2::bigint[], $3::int[]) AS deferred(id, delay_ms) WHERE o.id = deferred.id`,
      values: [delivered, deferred.map(({ id }) => id), deferred.map(({ delayMs }) => delayMs)],
    });
  }

  /**
   * Removes metrics that are too old. If there are too many, also removes the oldest of the tenants that have the most,
   * so that one tenant's metrics do not displace those of others. A batch at once; returns how many were removed.
   */
  async trim(maxRows: number, maxAgeMs: number): Promise<number> {
    const { dropped } = await this.database.one<{ dropped: number }>({
      name: 'outbox_trim',
      text: `
        WITH excess AS (
          SELECT least(greatest(count(*) - $1, 0), ${TRIM_BATCH}) AS rows FROM outbox WHERE ${IS_FRESH}
        ), dropped AS (
          DELETE FROM outbox WHERE id IN (
            (SELECT id FROM outbox WHERE NOT (${IS_FRESH}) ORDER BY id LIMIT ${TRIM_BATCH})
            UNION ALL
            (SELECT id FROM (
              SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY id DESC) AS place
              FROM outbox WHERE ${IS_FRESH}
            ) placed
            ORDER BY place DESC, id LIMIT (SELECT rows FROM excess))
          ) RETURNING 1
        )
        SELECT count(*)::int AS dropped FROM dropped`,
      values: [maxRows, maxAgeMs],
    });
    return dropped;
  }

  statistics(): Promise<OutboxStatistics> {
    return this.database.one<OutboxStatistics>({
      name: 'outbox_statistics',
      text: `
        SELECT count(*)::int AS depth,
          coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
        FROM outbox`,
      values: [],
    });
  }
}

/** A time further ahead than the longest back-off is from before the clock was set back. */
function isDue(row: string): string {
  return `${row}.due_at <= now() OR ${row}.due_at > now() + interval '5 minutes'`;
}
