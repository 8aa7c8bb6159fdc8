import { HOST_OF_I } from '../../../hosts';
import { ofType, type OperationType } from '../../../operations';
import { begin, IS_AS_READ } from '../../actions/begin.sql';
import { NEXT_VERSION, NO_RESTART } from '../../store/instance.sql';

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

/**
 * Starts an operation that gives an instance the disk of a snapshot, which must be available and meet the condition. $1 to
 * $8 as in `begin.sql.ts`, $9 snapshot, $10 arguments.
 */
export const beginWithSnapshot = (type: OperationType, condition = 'true'): string => `
  WITH old AS (
    SELECT id FROM instances WHERE ${IS_AS_READ} FOR UPDATE
  ), ${useSnapshot('old', `s.id = $9 AND s.tenant_id = $1 AND ${condition}`)}, moved AS (
    UPDATE instances i SET status_reason = NULL, ${NO_RESTART}, ${NEXT_VERSION}
    FROM old, source WHERE i.id = old.id
    RETURNING i.id, i.tenant_id, i.version, i.status, i.document, ${HOST_OF_I} AS host_id
  ), ${begin({ ...ofType(type), args: '$10::jsonb' })}
  SELECT document, version FROM moved`;
