import type { SnapshotAmounts } from './quota';

/**
 * SQL that keeps what snapshots use of `quota_usage` exact, as `usage.sql.ts` does for instances. The usage is locked
 * after instances and snapshots, and before operations.
 */

/**
 * Reserves quota for the one snapshot of `wanted` (`tenant_id`, `snapshot_gb`), if the limits allow it. `defaults` is the
 * parameter with the default limits as JSON. Yields `held`, the row of `wanted` if it fits. The tenant has a row of usage,
 * because it has an instance.
 */
export const reserveSnapshot = (wanted: string, defaults: string): string => `
  used AS MATERIALIZED (
    SELECT u.* FROM quota_usage u JOIN ${wanted} w ON u.tenant_id = w.tenant_id FOR UPDATE OF u
  ), held AS MATERIALIZED (
    SELECT w.* FROM ${wanted} w
      JOIN used ON used.tenant_id = w.tenant_id
      CROSS JOIN jsonb_to_record(${defaults}::jsonb) AS d(snapshots integer, snapshot_gb integer)
      LEFT JOIN quotas q ON q.tenant_id = w.tenant_id
    WHERE fits(used.snapshots, 1, coalesce(q.snapshots, d.snapshots))
      AND fits(used.snapshot_gb, w.snapshot_gb, coalesce(q.snapshot_gb, d.snapshot_gb))
  ), charged AS (
    UPDATE quota_usage u SET snapshots = u.snapshots + 1, snapshot_gb = u.snapshot_gb + held.snapshot_gb
    FROM held WHERE u.tenant_id = held.tenant_id
  )`;

/** Locks the usage that counts the snapshot of `old` (`tenant_id`); yields `ledger`, one row. */
export const lockSnapshotUsage = (old: string): string => `
  usage_row AS MATERIALIZED (
    SELECT u.tenant_id FROM quota_usage u JOIN ${old} o ON u.tenant_id = o.tenant_id FOR UPDATE OF u
  ), ledger AS MATERIALIZED (
    SELECT count(*) AS locked FROM usage_row
  )`;

/** Releases the quota of the one snapshot of `source` (`tenant_id`, `counted`, `snapshot_gb`). */
export const releaseSnapshot = (source: string): string => `
  given_back AS (
    UPDATE quota_usage u SET snapshots = u.snapshots - 1,
      snapshot_gb = u.snapshot_gb - CASE WHEN s.counted THEN s.snapshot_gb ELSE 0 END
    FROM ${source} s WHERE u.tenant_id = s.tenant_id
  )`;

/** Releases the space of the one snapshot of `source` (likewise), which could not be taken. It still counts as one. */
export const releaseSnapshotSpace = (source: string): string => `
  given_back AS (
    UPDATE quota_usage u SET snapshot_gb = u.snapshot_gb - s.snapshot_gb
    FROM ${source} s WHERE s.counted AND u.tenant_id = s.tenant_id
  )`;

/** The parameter with default limits for `reserveSnapshot`. */
export function snapshotLimitsParameter({ snapshots, snapshotGB }: SnapshotAmounts): string {
  return JSON.stringify({ snapshots, snapshot_gb: snapshotGB });
}
