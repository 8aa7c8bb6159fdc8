import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';

const SWEEP_BATCH = 1000;
/** The first transaction id not reserved by PostgreSQL; earlier than every snapshot that a reader can have. */
const LONG_AGO = '3';

/** Maintenance of the events of all tenants. */
@Injectable()
export class EventRecords {
  constructor(private readonly database: Database) {}

  /** Removes one batch of events from before a time; returns how many. Replicas may sweep concurrently. */
  async sweep(beforeUnixMs: number): Promise<number> {
    const { removed } = await this.database.one<{ removed: number }>({
      name: 'events_sweep',
      text: `
        WITH old AS MATERIALIZED (
          SELECT resource_id, version FROM resource_events WHERE at < to_timestamp($1::float8)
          LIMIT $2 FOR UPDATE SKIP LOCKED
        ), gone AS (
          DELETE FROM resource_events e USING old
          WHERE e.resource_id = old.resource_id AND e.version = old.version RETURNING 1
        )
        SELECT count(*)::int AS removed FROM gone`,
      values: [beforeUnixMs / 1000, SWEEP_BATCH],
    });
    return removed;
  }

  /**
   * Rows restored from another server carry transaction ids that this server has not reached yet: they would be
   * invisible until then, and appear as new afterwards. Marks them as old. Checks one row per tenant.
   * @returns how many rows were changed.
   */
  async takeIn(): Promise<number> {
    const { changed } = await this.database.one<{ changed: number }>({
      name: 'events_take_in',
      text: `
        WITH RECURSIVE newest AS (
          (SELECT tenant_id, tx FROM resource_events ORDER BY tenant_id DESC, tx DESC LIMIT 1)
          UNION ALL
          SELECT next.tenant_id, next.tx FROM newest, LATERAL (
            SELECT tenant_id, tx FROM resource_events WHERE tenant_id < newest.tenant_id
            ORDER BY tenant_id DESC, tx DESC LIMIT 1
          ) AS next
        ), ahead AS MATERIALIZED (
          SELECT tenant_id FROM newest WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())
        ), changed AS (
          UPDATE resource_events e SET tx = $1::text::xid8 FROM ahead
          WHERE e.tenant_id = ahead.tenant_id AND e.tx >= pg_snapshot_xmax(pg_current_snapshot())
          RETURNING 1
        )
        SELECT count(*)::int AS changed FROM changed`,
      values: [LONG_AGO],
    });
    return changed;
  }
}
