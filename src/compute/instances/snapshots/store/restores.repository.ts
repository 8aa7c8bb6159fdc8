import { Injectable } from '@nestjs/common';
import type { Resources } from '../../../../drivers/port/resources';
import { Database, type Statement } from '../../../../platform/database';
import { END_SUCCEEDED, isHeld, OperationLostError, type ClaimedOperation } from '../../../operations';
import { insertEvent, ResourceSignals } from '../../../resources';
import { beginValues } from '../../actions/begin.sql';
import type { InstanceRef, NewOperation } from '../../actions/change-request';
import type { InstanceDocument } from '../../instance';
import { NEXT_VERSION } from '../../store/instance.sql';
import type { StoredHandle } from '../../work/stored-handle';
import { beginWithSnapshot } from './snapshot.sql';
import type { RestoreArgs, RestoreStep } from '../work/restore-args';

export interface NewRestore {
  readonly args: RestoreArgs;
  readonly operation: NewOperation;
  /** Dry run: all changes are rolled back. */
  readonly isDryRun: boolean;
}

export interface NotedStep {
  readonly step: RestoreStep;
  readonly handle: StoredHandle;
  /** Null keeps the image. */
  readonly imageId: string | null;
}

/** $1 operation, $2 fence, $3 instance, $4 what to add to the arguments, $5 handle, $6 image or null. */
const NOTE_STEP = `
  WITH old AS (
    SELECT id FROM instances WHERE id = $3 FOR UPDATE
  ), noted AS (
    UPDATE resource_operations o SET args = o.args || $4::jsonb FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id
  )
  UPDATE instances i
  SET handle = $5::jsonb, image_id = coalesce($6::text, i.image_id), started_at = NULL, ${NEXT_VERSION}
  FROM noted WHERE i.id = $3 RETURNING 1`;

/** $1 operation, $2 fence, $3 instance, $4 handle, $5 status. */
const COMPLETE_RESTORE = `
  WITH old AS (
    SELECT id, status FROM instances WHERE id = $3 FOR UPDATE
  ), settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED}
    FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.args ->> 'snapshotId' AS snapshot_id, o.request_id, o.actor
  ), moved AS (
    UPDATE instances i
    SET handle = $4::jsonb, status = $5, status_reason = NULL, started_at = CASE WHEN $5 = 'running' THEN now() END,
      ${NEXT_VERSION}
    FROM settled WHERE i.id = $3
    RETURNING i.id, i.tenant_id, i.version, i.status, snapshot_id, settled.id AS operation_id, request_id, actor
  )
  ${insertEvent({
    of: 'moved',
    type: `'restore.succeeded'`,
    from: '(SELECT old.status FROM old)',
    reason: 'snapshot_id',
  })} RETURNING 1`;

/** Starts restores, and records their steps and outcomes. */
@Injectable()
export class RestoresRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** The size of the instance; undefined if the tenant does not have it. */
  async size(tenantId: string, id: string): Promise<Resources | undefined> {
    const [row] = await this.database.query<Resources>({
      name: 'instance_to_restore',
      text: `
        SELECT vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus FROM instances WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /** Undefined, with nothing written, if the instance has changed, or the snapshot is no longer available. */
  async begin(
    tenantId: string,
    ref: InstanceRef,
    { args, operation, isDryRun }: NewRestore,
  ): Promise<InstanceDocument | undefined> {
    const statement: Statement = {
      name: 'instance_begin_restore',
      text: beginWithSnapshot('restore', 's.instance_id = old.id'),
      values: [...beginValues(tenantId, ref, operation), args.snapshotId, JSON.stringify(args)],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /**
   * Stores that a step is done, with what the engine returned: later attempts begin with the next one.
   * @throws {OperationLostError} if this worker no longer holds the operation
   */
  async note(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { step, handle, imageId }: NotedStep,
  ): Promise<void> {
    const rows = await this.database.query({
      name: 'instance_note_restore',
      text: NOTE_STEP,
      values: [id, fence, resourceId, JSON.stringify({ step }), JSON.stringify(handle), imageId],
    });
    if (rows.length === 0) throw new OperationLostError();
    this.signals.changed(tenantId, resourceId);
  }

  /** False if the lease was lost. */
  async complete(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    handle: StoredHandle,
    status: 'running' | 'stopped',
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_complete_restore',
      text: COMPLETE_RESTORE,
      values: [id, fence, resourceId, JSON.stringify(handle), status],
    });
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }
}
