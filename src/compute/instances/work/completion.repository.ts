import { Injectable } from '@nestjs/common';
import { newId } from '../../../platform/values/uuid';
import { anyUuid, Batcher, Database } from '../../../platform/database';
import type { MetricName } from '../../../integrations';
import { queueMetric } from '../../../integrations/outbox';
import {
  claimGroupOf,
  END_SUCCEEDED,
  insertOperation,
  isHeld,
  ofType,
  postpone,
  type ClaimedOperation,
  type Failure,
  type Postponement,
} from '../../operations';
import { endAllocation, release, LOCK_USAGE } from '../../quotas';
import type { Attachment } from '../attachments/attachment';
import { ATTACHMENTS_OF_I } from '../attachments/attachment.row';
import { DRIVER_TARGET_OF_I, type DriverTarget } from './driver-target';
import { FAIL_ACTION } from './completion.sql';
import type { InstanceStatus } from '../instance';
import { insertEvent, ResourceSignals } from '../../resources';
import { HOST_OF_I } from '../../hosts';
import { NEXT_VERSION } from '../store/instance.sql';
import { isNewRun, type StoredHandle } from './stored-handle';

export interface Completion {
  /** Null keeps the status and its reason. */
  readonly status: InstanceStatus | null;
  /** Null keeps the stored handle. */
  readonly handle: StoredHandle | null;
  /** Null if no metric is to be sent. */
  readonly metric: MetricName | null;
}

export interface FailedCompletion {
  /** Null keeps the status and its reason. */
  readonly status: InstanceStatus | null;
  /** For the history and, if its status changes, for the instance. */
  readonly reason: string;
  readonly failure: Failure;
  readonly metric: MetricName | null;
}

export interface DeletedCompletion {
  readonly metric: MetricName | null;
  /** Whether resources that this service does not know may be attached to the instance. */
  readonly needsCleanup: boolean;
}

export interface LifecycleTarget extends DriverTarget {
  readonly status: InstanceStatus;
  /** Oldest first. */
  readonly attachments: readonly Attachment[];
  /** Since its creation, when this was read. */
  readonly ageSeconds: number;
}

/** An operation that a worker holds, and with it the right to change the instance. */
type Holding = Pick<ClaimedOperation, 'id' | 'fence' | 'tenantId' | 'resourceId' | 'type' | 'isBackground'>;

interface Completing {
  readonly operation: Holding;
  readonly completion: Completion;
}

/**
 * Completes or requeues operations on behalf of the worker that holds them, for any tenant. Each write changes the
 * instance, its operation and its history atomically; if the lease was lost, it changes nothing and returns false.
 */
@Injectable()
export class CompletionRepository {
  private readonly targets = new Batcher(
    (all: readonly Holding[]) => this.targetAll(all.map(({ resourceId }) => resourceId)),
    claimGroupOf,
  );
  private readonly completions = new Batcher(
    (all: readonly Completing[]) => this.completeAll(all),
    ({ operation }) => claimGroupOf(operation),
    1,
  );

  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** The instance of the operation; undefined if it is gone. */
  target(operation: Holding): Promise<LifecycleTarget | undefined> {
    return this.targets.submit(operation);
  }

  /** Completes the operation and updates its instance; false if the lease was lost. */
  async completeAction(operation: Holding, completion: Completion): Promise<boolean> {
    return this.changed(operation, await this.completions.submit({ operation, completion }));
  }

  /** Fails the operation. A cleanup undoes the changes that a creation or attach made at platform services. */
  async failAction(operation: Holding, completion: FailedCompletion): Promise<boolean> {
    const { status, reason, failure, metric } = completion;
    const rows = await this.database.query({
      name: 'instance_fail_action',
      text: FAIL_ACTION,
      values: [
        operation.id,
        operation.fence,
        operation.resourceId,
        JSON.stringify(failure),
        status,
        reason,
        newId(),
        metric,
        operation.type === 'create',
      ],
    });
    return this.changed(operation, rows.length > 0);
  }

  /**
   * Completes a deletion and removes the instance; its history stays. A cleanup handles the leftovers of a forced
   * deletion at platform services.
   */
  async completeDelete(operation: Holding, { metric, needsCleanup }: DeletedCompletion): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_settle_delete',
      text: `
        WITH old AS (
          SELECT id, tenant_id, ${HOST_OF_I} AS host_id, counted FROM instances i WHERE id = $3 FOR UPDATE
        ), ${LOCK_USAGE}, settled AS (
          UPDATE resource_operations o
          SET ${END_SUCCEEDED}
          FROM old, ledger WHERE ${isHeld('$1', '$2')}
          RETURNING o.id, o.resource_id, o.request_id, o.traceparent, o.actor
        ), gone AS (
          DELETE FROM instances i USING settled WHERE i.id = settled.resource_id
          RETURNING i.id, tenant_id, i.type, i.flavor, version + 1 AS version, i.status,
            settled.id AS operation_id, request_id, traceparent, actor,
            i.counted, ${HOST_OF_I} AS host_id, i.vcpus, i.ram_gb, i.disk_gb, i.gpus
        ), ended AS (
          ${endAllocation('settled', 'a.instance_id = settled.resource_id')}
        ), returned AS (
          SELECT gone.tenant_id, gone.host_id, gone.counted, 1 AS instances,
            gone.vcpus + coalesce(ended.vcpus, 0) AS vcpus, gone.ram_gb + coalesce(ended.ram_gb, 0) AS ram_gb,
            gone.disk_gb + coalesce(ended.disk_gb, 0) AS disk_gb, gone.gpus
          FROM gone LEFT JOIN ended ON ended.instance_id = gone.id
        ), ${release('returned')}, dropped AS (
          DELETE FROM attachments a USING settled
          WHERE a.instance_id = settled.resource_id AND kind = 'network' AND spec IS NULL
        ), left_behind AS (
          UPDATE attachments a
          SET state = CASE state WHEN 'planned' THEN 'undoing' WHEN 'attached' THEN 'releasing' ELSE state END
          FROM settled
          WHERE a.instance_id = settled.resource_id AND NOT (kind = 'network' AND spec IS NULL)
          RETURNING a.id
        ), cleanup AS (
          ${insertOperation({
            of: 'gone',
            id: '$4',
            ...ofType('cleanup'),
            where: '$6::boolean OR EXISTS (SELECT FROM left_behind)',
          })}
        ), counted AS (
          ${queueMetric('gone', '$5::text')}
        )
        ${insertEvent({ of: 'gone', type: `'delete.succeeded'`, to: 'NULL' })} RETURNING 1`,
      values: [operation.id, operation.fence, operation.resourceId, newId(), metric, needsCleanup],
    });
    return this.changed(operation, rows.length > 0);
  }

  /** Requeues the operation with a delay, and shows the reason on the instance. */
  async postpone(
    operation: Holding,
    { failure, reason, delayMs, spentMs }: Postponement & { readonly reason: string },
  ): Promise<boolean> {
    const rows = await this.database.query({
      name: 'instance_postpone',
      text: `
        WITH old AS (
          SELECT id FROM instances WHERE id = $3 FOR UPDATE
        ), postponed AS (
          UPDATE resource_operations o
          SET ${postpone('$4', '$5', '$8')}
          FROM old WHERE ${isHeld('$1', '$2')}
          RETURNING o.id, o.request_id, o.actor
        ), moved AS (
          UPDATE instances i SET status_reason = $6::text, ${NEXT_VERSION}
          FROM old, postponed WHERE i.id = old.id
          RETURNING i.id, tenant_id, version, i.status, postponed.id AS operation_id, request_id, actor
        )
        ${insertEvent({ of: 'moved', type: `$7::text || '.postponed'`, reason: '$6::text' })} RETURNING 1`,
      values: [
        operation.id,
        operation.fence,
        operation.resourceId,
        JSON.stringify(failure),
        delayMs,
        reason,
        operation.type,
        spentMs,
      ],
    });
    return this.changed(operation, rows.length > 0);
  }

  private changed({ tenantId, resourceId }: Holding, isWritten: boolean): boolean {
    if (isWritten) this.signals.changed(tenantId, resourceId);
    return isWritten;
  }

  private async targetAll(ids: readonly string[]): Promise<readonly (LifecycleTarget | undefined)[]> {
    const rows = await this.database.query<LifecycleTarget>({
      name: 'instances_target',
      text: `
        SELECT ${DRIVER_TARGET_OF_I}, i.status, ${ATTACHMENTS_OF_I} AS attachments,
          extract(epoch FROM now() - i.created_at)::float8 AS "ageSeconds"
        FROM instances i WHERE id = ${anyUuid('$1')}`,
      values: [ids],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** Locks rows by id, as the renewal of leases does, to prevent deadlocks. */
  private async completeAll(all: readonly Completing[]): Promise<readonly boolean[]> {
    const rows = await this.database.query<{ operation_id: string }>({
      name: 'instances_settle',
      text: `
        WITH given AS (
          SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(
            operation_id uuid, fence integer, instance_id uuid, type text,
            status text, handle jsonb, metric text
          )
        ), old AS MATERIALIZED (
          SELECT id, status FROM instances WHERE id = ANY($2::uuid[]) ORDER BY id FOR UPDATE
        ), held AS MATERIALIZED (
          SELECT id, fence, status FROM resource_operations WHERE id = ANY($3::uuid[]) AND (SELECT count(*) FROM old) >= 0
          ORDER BY id FOR UPDATE
        ), settled AS (
          UPDATE resource_operations o
          SET ${END_SUCCEEDED}
          WHERE o.id = ANY(ARRAY(
            SELECT held.id FROM held
              JOIN given ON given.operation_id = held.id AND given.fence = held.fence
              JOIN old ON old.id = given.instance_id
            WHERE held.status = 'running'
          ))
          RETURNING o.id, o.request_id, o.actor
        ), moved AS (
          UPDATE instances i
          SET status = coalesce(given.status, i.status), handle = coalesce(given.handle, i.handle),
            status_reason = CASE WHEN given.status IS NULL THEN i.status_reason END,
            started_at = CASE
              WHEN given.type = 'reboot' OR ${isNewRun('given.handle')} THEN now() ELSE i.started_at
            END, ${NEXT_VERSION}
          FROM settled JOIN given ON given.operation_id = settled.id JOIN old ON old.id = given.instance_id
          WHERE i.id = given.instance_id
          RETURNING i.id, i.version, i.tenant_id, i.type, i.flavor, given.type AS verb, given.metric,
            old.status AS from_status, i.status, settled.request_id, settled.actor, settled.id AS operation_id
        ), counted AS (
          ${queueMetric('moved', 'metric')}
        )
        ${insertEvent({ of: 'moved', type: `verb || '.succeeded'`, from: 'from_status' })} RETURNING operation_id`,
      values: [
        JSON.stringify(all.map(toSettlingRow)),
        all.map(({ operation }) => operation.resourceId),
        all.map(({ operation }) => operation.id),
      ],
    });
    const settled = new Set(rows.map(({ operation_id: id }) => id));
    return all.map(({ operation }) => settled.has(operation.id));
  }
}

function toSettlingRow({ operation, completion }: Completing): object {
  return {
    operation_id: operation.id,
    fence: operation.fence,
    instance_id: operation.resourceId,
    type: operation.type,
    ...completion,
  };
}
