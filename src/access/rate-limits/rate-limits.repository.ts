import { Injectable } from '@nestjs/common';
import { Batcher, Database } from '../../platform/database';

/** Position of a request within its tenant's current minute. */
export interface Place {
  /** 1 for the first request of the minute. */
  readonly number: number;
  readonly remainingMs: number;
}

interface CountRow {
  readonly tenant_id: string;
  readonly count: number;
  readonly remaining_ms: number;
}

const SWEEP_BATCH = 1000;

/**
 * The stored minute is not over. A start far in the future dates from before the clock was set back; a
 * small one is normal, because concurrent statements read the clock before they wait for the row.
 */
const IS_CURRENT = `r.started_at > excluded.started_at - interval '1 minute'
  AND r.started_at < excluded.started_at + interval '5 seconds'`;

/** Counts in the database, whose clock and order apply to all replicas. */
@Injectable()
export class RateLimitsRepository {
  private readonly batcher = new Batcher<string, Place>(
    (tenantIds) => this.countAll(tenantIds),
    (tenantId) => tenantId,
  );

  constructor(private readonly database: Database) {}

  /** Counts one request of a tenant, batched with concurrent ones. */
  count(tenantId: string): Promise<Place> {
    return this.batcher.submit(tenantId);
  }

  /**
   * Removes one batch of counts whose minute is over; returns how many. Skips locked rows: waiting for
   * rows that are being counted or swept could deadlock, because they are locked in no fixed order.
   */
  async sweep(): Promise<number> {
    const rows = await this.database.query({
      name: 'rate_limits_sweep',
      text: `
        WITH over AS MATERIALIZED (
          SELECT tenant_id FROM rate_limits WHERE started_at <= now() - interval '1 minute'
          LIMIT $1 FOR UPDATE SKIP LOCKED
        )
        DELETE FROM rate_limits r USING over WHERE r.tenant_id = over.tenant_id RETURNING 1`,
      values: [SWEEP_BATCH],
    });
    return rows.length;
  }

  /** Locks rows in tenant order, so that statements of different replicas cannot deadlock. */
  private async countAll(tenantIds: readonly string[]): Promise<readonly Place[]> {
    const asked = new Map<string, number>();
    for (const tenantId of tenantIds) asked.set(tenantId, (asked.get(tenantId) ?? 0) + 1);
    const rows = await this.database.query<CountRow>({
      name: 'rate_limits_count',
      text: `
        INSERT INTO rate_limits AS r (tenant_id, started_at, count)
        SELECT tenant_id, now(), n FROM unnest($1::text[], $2::int[]) AS asked (tenant_id, n) ORDER BY tenant_id
        ON CONFLICT (tenant_id) DO UPDATE SET
          count = excluded.count + CASE WHEN ${IS_CURRENT} THEN r.count ELSE 0 END,
          started_at = CASE WHEN ${IS_CURRENT} THEN r.started_at ELSE excluded.started_at END
        RETURNING tenant_id, count,
          extract(epoch FROM started_at + interval '1 minute' - now())::float8 * 1000 AS remaining_ms`,
      values: [[...asked.keys()], [...asked.values()]],
    });
    const counts = new Map(rows.map((row) => [row.tenant_id, row]));
    // The statement added all requests of a tenant together; this gives each its own position.
    return tenantIds.map((tenantId) => {
      const row = counts.get(tenantId);
      const behind = asked.get(tenantId);
      if (!row || behind === undefined) throw new Error('failed to count a request of a tenant');
      asked.set(tenantId, behind - 1);
      return { number: row.count - behind + 1, remainingMs: row.remaining_ms };
    });
  }
}
