/** Every change of a snapshot sets these. */
export const NEXT_SNAPSHOT_VERSION = 'version = s.version + 1, updated_at = now()';

/** Columns of the row `s` of `snapshots` that make a `SnapshotSource`. */
export const SOURCE_OF_S = `
  s.id, s.tenant_id AS "tenantId", s.instance_id AS "instanceId", s.status, s.type, s.image_id AS "imageId",
  s.vcpus, s.ram_gb AS "ramGB", s.disk_gb AS "diskGB", s.gpus, s.include_memory AS "includeMemory", s.driver,
  s.host_id AS "hostId", s.handle`;

/**
 * Marks the available snapshot as used once more, so that a deletion that was decided before is not written. `condition`
 * selects it by its id and tenant; yields `source`, its row.
 */
export const useSnapshot = (from: string, condition: string): string => `
  source AS (
    UPDATE snapshots s SET uses = s.uses + 1 FROM ${from}
    WHERE ${condition} AND s.status = 'available'
    RETURNING s.id
  )`;
