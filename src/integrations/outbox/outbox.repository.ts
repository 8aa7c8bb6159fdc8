import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import { HOLD_LEASE, RELEASE_LEASE } from '../../platform/leases/lease.sql';
import type { LifecycleMetric } from '..';

/** A queued metric. */
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
  /** Age of the oldest metric, in seconds; 0 if the outbox is empty. */
  readonly oldestSeconds: number;
}

const LEASE = 'outbox';
const TRIM_BATCH = 10_000;
/** Minimum removed at once when tenants have equally many metrics. */
const TRIM_STEP = 100;

/** Metrics queued for the Monitoring service, across all tenants; inserted together with the change they report. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** Acquires or renews the lease for delivering; false if another replica has it. */
  async hold(owner: string, leaseMs: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'outbox_hold',
      text: HOLD_LEASE,
      values: [LEASE, owner, leaseMs],
    });
    return rows.length > 0;
  }

  async release(owner: string): Promise<void> {
    await this.database.query({
      name: 'outbox_let_go',
      text: RELEASE_LEASE,
      values: [LEASE, owner],
    });
  }

  /** Oldest first; excludes metrics that would overtake an earlier one of the same instance. */
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

  /** Removes one batch of metrics that are too old; returns how many. */
  async expire(maxAgeMs: number): Promise<number> {
    const rows = await this.database.query({
      name: 'outbox_expire',
      text: `
        DELETE FROM outbox WHERE id IN (
          SELECT id FROM outbox WHERE created_at < now() - $1::float8 * interval '1 millisecond'
          ORDER BY id LIMIT ${TRIM_BATCH}
        ) RETURNING 1`,
      values: [maxAgeMs],
    });
    return rows.length;
  }

  /**
   * If there are too many metrics in total, removes the oldest of the tenant that has the most, so that one tenant's
   * metrics do not displace those of others. Works in batches; returns how many were removed.
   */
  async trim(maxRows: number): Promise<number> {
    const { depth } = await this.statistics();
    if (depth <= maxRows) return 0;
    const rows = await this.database.query({
      name: 'outbox_trim',
      text: `
        WITH largest AS (
          SELECT tenant_id, count(*) - coalesce(lead(count(*)) OVER (ORDER BY count(*) DESC), 0) AS ahead
          FROM outbox GROUP BY tenant_id ORDER BY count(*) DESC LIMIT 1
        )
        DELETE FROM outbox WHERE id IN (
          SELECT id FROM outbox WHERE tenant_id = (SELECT tenant_id FROM largest)
          ORDER BY id LIMIT (SELECT least($1::bigint, greatest(ahead, $1::bigint / 10, ${TRIM_STEP})) FROM largest)
        ) RETURNING 1`,
      values: [Math.min(depth - maxRows, TRIM_BATCH)],
    });
    return rows.length;
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

/** A due time beyond the longest back-off dates from before the clock was set back, and counts as due. */
function isDue(row: string): string {
  return `${row}.due_at <= now() OR ${row}.due_at > now() + interval '5 minutes'`;
}
