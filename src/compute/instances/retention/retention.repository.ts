import { Injectable } from '@nestjs/common';
import type { DriverHandle } from '../../../drivers';
import type { MetricName } from '../../../integrations';
import { queueMetric } from '../../../integrations/outbox';
import { Database } from '../../../platform/database';
import { newId } from '../../../platform/values/uuid';
import { HOST_OF_I } from '../../hosts';
import {
  END_SUCCEEDED,
  hasOpenOperation,
  insertOperation,
  isHeld,
  ofType,
  type ClaimedOperation,
} from '../../operations';
import { endAllocation, hasAllocation, LOCK_USAGE, release } from '../../quotas';
import { insertEvent, ResourceSignals } from '../../resources';
import type { InstanceRef } from '../actions/change-request';
import { DELETED, type InstanceStatus } from '../instance';
import { NEXT_VERSION } from '../store/instance.sql';

export interface Retained {
  /** Null keeps the stored one. */
  readonly handle: DriverHandle | null;
  readonly metric: MetricName | null;
}

export interface DuePurge extends InstanceRef {
  readonly tenantId: string;
}

/** After these, an undelete starts the guest. */
const ON: readonly InstanceStatus[] = ['running', 'paused', 'restarting'];
const MOST_AT_ONCE = 100;

/**
 * $1 operation, $2 fence, $3 instance, $4 handle or null, $5 id for a cleanup, $6 metric or null, $7 statuses after which
 * it is started again. If it cancelled a resize or an attach, their allocation and attachment end here.
 */
const COMPLETE_RETAIN = `
  WITH old AS (
    SELECT id, status, tenant_id, ${HOST_OF_I} AS host_id, counted AND ${hasAllocation('i.id')} AS counted
    FROM instances i WHERE id = $3 FOR UPDATE
  ), ${LOCK_USAGE}, settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED}
    FROM old, ledger WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, (o.args ->> 'retainSeconds')::int AS seconds, o.request_id, o.traceparent, o.actor
  ), undone AS (
    UPDATE attachments a SET state = 'undoing' FROM settled WHERE a.instance_id = $3 AND a.state = 'planned'
    RETURNING a.id
  ), moved AS (
    UPDATE instances i
    SET status = '${DELETED}', status_reason = NULL, ${NEXT_VERSION},
      handle = coalesce($4::jsonb, i.handle - ARRAY['ports', 'addresses']),
      deleted_at = now(), purge_at = now() + seconds * interval '1 second', ran_before_deletion = old.status = ANY($7::text[])
    FROM old, settled WHERE i.id = old.id
    RETURNING i.id, i.version, i.tenant_id, i.type, i.flavor, old.status AS from_status, i.status,
      settled.id AS operation_id, request_id, traceparent, actor, old.counted, old.host_id
  ), ended AS (
    ${endAllocation('settled', 'a.instance_id = $3')}
  ), returned AS (
    SELECT moved.tenant_id, moved.host_id, moved.counted, 0 AS instances, ended.vcpus, ended.ram_gb, ended.disk_gb,
      0 AS gpus
    FROM ended JOIN moved ON moved.id = ended.instance_id
  ), ${release('returned')}, cleanup AS (
    ${insertOperation({ of: 'moved', id: '$5', ...ofType('cleanup'), where: 'EXISTS (SELECT FROM undone)' })}
  ), metrics AS (
    ${queueMetric('moved', '$6::text')}
  )
  ${insertEvent({ of: 'moved', type: `'retain.succeeded'`, from: 'from_status' })} RETURNING 1`;

/** Deleted instances that are retained. `ActionsRepository` starts the operations on them. */
@Injectable()
export class RetentionRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Completes the operation and retains its instance from now on; false if the lease was lost. */
  async complete(
    { id, fence, tenantId, resourceId }: ClaimedOperation,
    { handle, metric }: Retained,
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_complete_retain',
      text: COMPLETE_RETAIN,
      values: [id, fence, resourceId, handle && JSON.stringify(handle), newId(), metric, ON],
    });
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }

  /** Instances of all tenants whose retention is over, those first that have waited longest. */
  due(): Promise<readonly DuePurge[]> {
    return this.database.query<DuePurge>({
      name: 'purges_due',
      text: `
        SELECT i.id, i.tenant_id AS "tenantId", i.version FROM instances i
        WHERE i.purge_at <= now() AND i.status = '${DELETED}' AND NOT ${hasOpenOperation('i.id')}
        ORDER BY i.purge_at LIMIT ${MOST_AT_ONCE}`,
      values: [],
    });
  }
}
