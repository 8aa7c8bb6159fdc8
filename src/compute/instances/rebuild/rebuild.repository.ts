import { Injectable } from '@nestjs/common';
import type { Readiness } from '../../../drivers';
import type { InstanceType } from '../../../drivers/port/instance-type';
import type { Resources } from '../../../drivers/port/resources';
import { Database, type Statement } from '../../../platform/database';
import { HOST_OF_I } from '../../hosts';
import { END_SUCCEEDED, isHeld, OperationLostError, type ClaimedOperation } from '../../operations';
import { insertEvent, ResourceSignals } from '../../resources';
import type { ActionStart } from '../actions/actions.repository';
import { beginValues } from '../actions/begin.sql';
import type { InstanceRef } from '../actions/change-request';
import type { InstanceDocument } from '../instance';
import { beginWithSnapshot } from '../snapshots/store/snapshot.sql';
import { NEXT_VERSION } from '../store/instance.sql';
import type { StoredHandle } from '../work/stored-handle';
import type { RebuildArgs } from './rebuild-args';

/** What decides whether an instance can get another image. */
export interface CurrentInstance extends Resources {
  readonly type: InstanceType;
  readonly hostId: string;
  /** Whether quota and capacity count it; not if its creation has failed. */
  readonly isCounted: boolean;
  readonly readiness: Readiness | null;
}

/** $1 operation, $2 fence, $3 instance, $4 arguments. */
const NOTE_REMOVAL = `
  WITH old AS (
    SELECT id, image_id FROM instances WHERE id = $3 FOR UPDATE
  ), noted AS (
    UPDATE resource_operations o SET args = o.args || jsonb_build_object('replacedImageId', old.image_id)
    FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id
  )
  UPDATE instances i
  SET image_id = $4::jsonb ->> 'imageId', handle = NULL, started_at = NULL, ${NEXT_VERSION},
    guest = CASE WHEN $4::jsonb ? 'userData'
      THEN (i.guest - 'userData') || jsonb_strip_nulls(jsonb_build_object('userData', $4::jsonb -> 'userData'))
      ELSE i.guest END
  FROM noted WHERE i.id = $3 RETURNING 1`;

/** $1 operation, $2 fence, $3 instance, $4 handle, $5 status. */
const COMPLETE_REBUILD = `
  WITH old AS (
    SELECT id, status FROM instances WHERE id = $3 FOR UPDATE
  ), settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED}
    FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.args ->> 'replacedImageId' AS replaced, o.request_id, o.actor
  ), moved AS (
    UPDATE instances i
    SET handle = $4::jsonb, status = $5, status_reason = NULL, started_at = CASE WHEN $5 = 'running' THEN now() END,
      ${NEXT_VERSION}
    FROM settled WHERE i.id = $3
    RETURNING i.id, i.tenant_id, i.version, i.status, i.image_id, replaced, settled.id AS operation_id, request_id, actor
  )
  ${insertEvent({
    of: 'moved',
    type: `'rebuild.succeeded'`,
    from: '(SELECT old.status FROM old)',
    reason: `replaced || ' to ' || image_id`,
  })} RETURNING 1`;

/** Completes rebuilds. `ActionsRepository` starts those that need no snapshot. */
@Injectable()
export class RebuildRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Undefined if the tenant does not have the instance. */
  async current(tenantId: string, id: string): Promise<CurrentInstance | undefined> {
    const [row] = await this.database.query<CurrentInstance>({
      name: 'instance_to_rebuild',
      text: `
        SELECT type, ${HOST_OF_I} AS "hostId", counted AS "isCounted", vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus,
          guest -> 'readiness' AS readiness
        FROM instances i WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /**
   * Starts the rebuild from a snapshot. Undefined, with nothing written, if the instance has changed, or the snapshot is no
   * longer available.
   */
  async beginFrom(
    tenantId: string,
    ref: InstanceRef,
    snapshotId: string,
    { operation, args = {}, isDryRun }: ActionStart,
  ): Promise<InstanceDocument | undefined> {
    const statement: Statement = {
      name: 'instance_begin_rebuild_from_snapshot',
      text: beginWithSnapshot('rebuild'),
      values: [...beginValues(tenantId, ref, operation), snapshotId, JSON.stringify(args)],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /**
   * The engine no longer has the instance: from now on it has the new image, whatever happens next, and a repeat only
   * creates it.
   * @throws {OperationLostError} if this worker no longer holds the operation
   */
  async noteRemoval(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { imageId, userData }: RebuildArgs,
  ): Promise<void> {
    const rows = await this.database.query({
      name: 'instance_note_removal',
      text: NOTE_REMOVAL,
      values: [id, fence, resourceId, JSON.stringify({ imageId, userData })],
    });
    if (rows.length === 0) throw new OperationLostError();
    this.signals.changed(tenantId, resourceId);
  }

  /** False if the lease was lost. */
  async complete(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { isOn }: Pick<RebuildArgs, 'isOn'>,
    handle: StoredHandle,
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_complete_rebuild',
      text: COMPLETE_REBUILD,
      values: [id, fence, resourceId, JSON.stringify(handle), isOn ? 'running' : 'stopped'],
    });
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }
}
