import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../../platform/database';
import type { Resources } from '../../../drivers/port/resources';
import { HOST_OF_I } from '../../hosts';
import { END_SUCCEEDED, isHeld, ofType, type ClaimedOperation } from '../../operations';
import { allocate, endAllocation, limitsParameter, LOCK_USAGE, release, reserveMore } from '../../quotas';
import { QuotasConfig } from '../../quotas/quotas.config';
import { insertEvent, ResourceSignals } from '../../resources';
import { begin, beginValues, IS_AS_READ } from '../actions/begin.sql';
import type { InstanceRef, NewOperation } from '../actions/change-request';
import type { InstanceDocument } from '../instance';
import { NEXT_VERSION } from '../store/instance.sql';
import { isNewRun, type StoredHandle } from '../work/stored-handle';
import { resizeArgs, type Size } from './resize-args';

/** The size that an instance has now. */
export interface CurrentSize extends Resources {
  /** Of the GPUs; null if its flavor names no model. */
  readonly gpuModel: string | null;
  readonly hostId: string;
  readonly imageId: string;
}

export interface NewResize {
  readonly operation: NewOperation;
  readonly flavor: string;
  readonly allowRestart: boolean;
  /** Dry run: all changes are rolled back. */
  readonly isDryRun: boolean;
}

export interface CompletedResize {
  readonly size: Size;
  readonly handle: StoredHandle;
  /** Whether the guest was restarted. */
  readonly isRestarted: boolean;
}

const BEGIN_RESIZE = `
  WITH old AS (
    SELECT id, tenant_id, status, ${HOST_OF_I} AS host_id, counted, vcpus, ram_gb, disk_gb
    FROM instances i WHERE ${IS_AS_READ} FOR UPDATE
  ), flavor AS MATERIALIZED (
    SELECT * FROM flavors WHERE name = $9 AND retired_at IS NULL AND EXISTS (SELECT FROM old) FOR KEY SHARE
  ), growth AS MATERIALIZED (
    SELECT old.id, old.tenant_id, old.host_id, f.name AS flavor, ${shortfallOf('vcpus')}, ${shortfallOf('ram_gb')}, ${shortfallOf('disk_gb')},
      ${resizeArgs('$10::boolean', `old.status = 'running'`)} AS args
    FROM old, flavor f
  ), ${reserveMore('$11')}, moved AS (
    UPDATE instances i SET status_reason = NULL, ${NEXT_VERSION}
    FROM held WHERE i.id = held.id
    RETURNING i.id, i.tenant_id, version, i.status, document, held.host_id, held.args
  ), allocation AS (${allocate('held', '$4')}), ${begin({ ...ofType('resize'), args: 'args' })}
  SELECT document, version FROM moved`;

/** Amounts that grow; an instance that is not counted holds nothing. */
function shortfallOf(amount: string): string {
  return `CASE WHEN old.counted THEN greatest(f.${amount} - old.${amount}, 0) ELSE 0 END AS ${amount}`;
}

/** The amount that the former size and the allocation hold beyond the new size. */
function surplusOf(amount: string): string {
  return `old.${amount} + coalesce(ended.${amount}, 0) - moved.${amount} AS ${amount}`;
}

/** $1 operation, $2 fence, $3 instance, $4 handle or null, $5 flavor, $6 whether the guest was restarted. */
const COMPLETE_RESIZE = `
  WITH old AS (
    SELECT id, tenant_id, status, flavor, ${HOST_OF_I} AS host_id, counted, vcpus, ram_gb, disk_gb
    FROM instances i WHERE id = $3 FOR UPDATE
  ), ${LOCK_USAGE}, settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED}
    FROM old, ledger WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), moved AS (
    UPDATE instances i
    SET flavor = f.name, vcpus = f.vcpus, ram_gb = f."ramGB", disk_gb = f."diskGB",
      handle = coalesce($4::jsonb, i.handle), status_reason = NULL, ${NEXT_VERSION},
      started_at = CASE WHEN $6::boolean OR ${isNewRun('$4::jsonb')} THEN now() ELSE i.started_at END
    FROM settled, jsonb_to_record($5::jsonb)
      AS f(name text, vcpus integer, "ramGB" integer, "diskGB" integer)
    WHERE i.id = $3
    RETURNING i.id, i.tenant_id, i.version, i.type, i.flavor, i.status, settled.id AS operation_id, request_id, actor,
      i.vcpus, i.ram_gb, i.disk_gb
  ), ended AS (
    ${endAllocation('settled', 'a.instance_id = $3')}
  ), returned AS (
    SELECT old.tenant_id, old.host_id, old.counted, 0 AS instances, ${surplusOf('vcpus')}, ${surplusOf('ram_gb')},
      ${surplusOf('disk_gb')}, 0 AS gpus
    FROM old JOIN moved ON moved.id = old.id LEFT JOIN ended ON true
  ), ${release('returned')}
  ${insertEvent({
    of: 'moved',
    type: `'resize.succeeded'`,
    reason: `(SELECT old.flavor FROM old) || ' to ' || flavor`,
  })} RETURNING 1`;

/** Starts and completes resizes; the allocation of a failed one ends with the operation, see `completion.sql.ts`. */
@Injectable()
export class ResizeRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
    private readonly config: QuotasConfig,
  ) {}

  /** Undefined if the tenant does not have the instance. */
  async current(tenantId: string, id: string): Promise<CurrentSize | undefined> {
    const [row] = await this.database.query<CurrentSize>({
      name: 'instance_size',
      text: `
        SELECT vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus, ${HOST_OF_I} AS "hostId", image_id AS "imageId",
          (SELECT f.gpu_model FROM flavors f WHERE f.name = i.flavor) AS "gpuModel"
        FROM instances i WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /** Undefined, with nothing written, if the instance has changed, or flavor, quota or capacity do not allow it. */
  async begin(
    tenantId: string,
    ref: InstanceRef,
    { operation, flavor, allowRestart, isDryRun }: NewResize,
  ): Promise<InstanceDocument | undefined> {
    const statement: Statement = {
      name: 'instance_begin_resize',
      text: BEGIN_RESIZE,
      values: [
        ...beginValues(tenantId, ref, operation),
        flavor,
        allowRestart,
        limitsParameter(this.config.limits),
      ],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /** False if the lease was lost. */
  async complete(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { size, handle, isRestarted }: CompletedResize,
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_complete_resize',
      text: COMPLETE_RESIZE,
      values: [id, fence, resourceId, JSON.stringify(handle), JSON.stringify(size), isRestarted],
    });
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }
}
