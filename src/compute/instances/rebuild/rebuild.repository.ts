import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../../../drivers/port/instance-type';
import type { Resources } from '../../../drivers/port/resources';
import { Database } from '../../../platform/database';
import { END_SUCCEEDED, isHeld, type ClaimedOperation } from '../../operations';
import { insertEvent, ResourceSignals } from '../../resources';
import { NEXT_VERSION } from '../store/instance.sql';
import type { StoredHandle } from '../work/stored-handle';
import type { RebuildArgs } from './rebuild-args';

/** What decides whether an instance can get another image. */
export interface CurrentInstance extends Resources {
  readonly type: InstanceType;
  /** Whether quota and capacity count it; not if its creation has failed. */
  readonly isCounted: boolean;
}

/** $1 operation, $2 fence, $3 instance, $4 handle, $5 arguments. */
const COMPLETE_REBUILD = `
  WITH old AS (
    SELECT id, status, image_id FROM instances WHERE id = $3 FOR UPDATE
  ), settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED}
    FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), moved AS (
    UPDATE instances i
    SET image_id = $5::jsonb ->> 'imageId', handle = $4::jsonb, status_reason = NULL, ${NEXT_VERSION},
      status = CASE WHEN ($5::jsonb ->> 'isOn')::boolean THEN 'running' ELSE 'stopped' END,
      guest = CASE WHEN $5::jsonb ? 'userData'
        THEN (i.guest - 'userData') || jsonb_strip_nulls(jsonb_build_object('userData', $5::jsonb -> 'userData'))
        ELSE i.guest END
    FROM settled WHERE i.id = $3
    RETURNING i.id, i.tenant_id, i.version, i.status, i.image_id, settled.id AS operation_id, request_id, actor
  )
  ${insertEvent({
    of: 'moved',
    type: `'rebuild.succeeded'`,
    from: '(SELECT old.status FROM old)',
    reason: `(SELECT old.image_id FROM old) || ' to ' || image_id`,
  })} RETURNING 1`;

/** Completes rebuilds; `ActionsRepository` starts them. */
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
        SELECT type, counted AS "isCounted", vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus
        FROM instances WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /** False if the lease was lost. */
  async complete(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { imageId, userData, isOn }: RebuildArgs,
    handle: StoredHandle,
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_complete_rebuild',
      text: COMPLETE_REBUILD,
      values: [id, fence, resourceId, JSON.stringify(handle), JSON.stringify({ imageId, userData, isOn })],
    });
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }
}
