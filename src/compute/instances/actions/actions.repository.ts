import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../../platform/database';
import { keyRecordParameter, recordKey, type IdempotencyKey } from '../../../access/idempotency';
import { OPERATION_ERRORS, type OperationType } from '../../operations';
import type { InstanceDocument, InstanceStatus } from '../instance';
import { InstanceSignals } from '../store/instance-signals';

export interface NewOperation {
  readonly id: string;
  readonly type: OperationType;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** Who requested it. */
  readonly actor: string;
  /** Null if the request has no key. */
  readonly key: IdempotencyKey | null;
}

/** The version that an action was decided on; the write requires that it is still current. */
export interface InstanceRef {
  readonly id: string;
  readonly version: number;
}

export interface ActionStart {
  readonly operation: NewOperation;
  /** Null keeps the status. */
  readonly via: InstanceStatus | null;
  /** Dry run: all changes are rolled back. */
  readonly isDryRun: boolean;
}

export interface NewDeletion extends NewOperation {
  readonly type: 'delete';
  /** Whether the deletion does not wait for platform services. */
  readonly isForced: boolean;
}

export interface Superseded {
  /** The operations that were cancelled. */
  readonly cancelledIds: readonly string[];
}

/**
 * Starts operations on behalf of a tenant. Each write is one statement that changes the instance, its operation and its
 * history atomically.
 *
 * Lock order here and in `CompletionRepository`: the instance, the rows that count it (see `quotas`), then the
 * operation. Any other order could deadlock.
 */
@Injectable()
export class ActionsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: InstanceSignals,
  ) {}

  /** Starts an operation on the instance; undefined if it has changed since it was read. */
  async beginAction(
    tenantId: string,
    ref: InstanceRef,
    begin: ActionStart,
  ): Promise<InstanceDocument | undefined> {
    const { operation, via, isDryRun } = begin;
    const statement: Statement = {
      name: 'instance_begin',
      text: `
        WITH old AS (
          SELECT id, status FROM instances WHERE id = $2 AND tenant_id = $1 AND version = $3 FOR UPDATE
        ), moved AS (
          UPDATE instances i
          SET status = coalesce($4, i.status), status_reason = NULL, version = version + 1, updated_at = now()
          FROM old WHERE i.id = old.id
          RETURNING i.id, tenant_id, version, old.status AS from_status, i.status, document, driver
        ), operation AS (
          INSERT INTO operations
            (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, driver)
          SELECT $5, tenant_id, id, $6::text, 'pending', $7, $8, $9, driver FROM moved
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, version, tenant_id, $6::text || '.requested', from_status, status, $7, $5, $9 FROM moved
        ), key_record AS (${recordKey('moved', '$10::jsonb')})
        SELECT document, version FROM moved`,
      values: [
        tenantId,
        ref.id,
        ref.version,
        via,
        operation.id,
        operation.type,
        operation.requestId,
        operation.traceparent,
        operation.actor,
        keyRecordOf(operation, ref.id),
      ],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /**
   * Starts the deletion and cancels operations in progress. If a worker still holds one, the deletion becomes due when
   * the worker releases it or its lease expires.
   * @returns undefined if the instance has changed since it was read.
   */
  async beginDelete(
    tenantId: string,
    ref: InstanceRef,
    operation: NewDeletion,
  ): Promise<Superseded | undefined> {
    const [row] = await this.database.query<Superseded>({
      name: 'instance_begin_delete',
      text: `
        WITH moved AS (
          UPDATE instances SET status_reason = 'being deleted', version = version + 1, updated_at = now()
          WHERE id = $2 AND tenant_id = $1 AND version = $3
          RETURNING id, tenant_id, version, status, document, driver
        ), open AS MATERIALIZED (
          SELECT o.id FROM operations o JOIN moved ON o.instance_id = moved.id
          WHERE o.status IN ('pending', 'running') ORDER BY o.id FOR UPDATE OF o
        ), cancelled AS (
          UPDATE operations o
          SET status = 'cancelled', finished_at = now(),
            error = '{"code": "${OPERATION_ERRORS.operation_superseded.code}", "message": "the instance is being deleted"}'
          FROM open WHERE o.id = open.id AND o.status IN ('pending', 'running')
          RETURNING o.id, o.lease_owner, o.due_at
        ), operation AS (
          INSERT INTO operations
            (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, forced, driver, due_at)
          SELECT $4, tenant_id, id, 'delete', 'pending', $5, $6, $8, $7::boolean, driver,
            coalesce((SELECT max(due_at) FROM cancelled WHERE lease_owner IS NOT NULL), now())
          FROM moved
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, version, tenant_id, 'delete.requested', status, status, $5, $4, $8 FROM moved
        ), key_record AS (${recordKey('moved', '$9::jsonb')})
        SELECT ARRAY(SELECT id::text FROM cancelled) AS "cancelledIds" FROM moved`,
      values: [
        tenantId,
        ref.id,
        ref.version,
        operation.id,
        operation.requestId,
        operation.traceparent,
        operation.isForced,
        operation.actor,
        keyRecordOf(operation, ref.id),
      ],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }
}

/** The parameter for `recordKey`. */
export function keyRecordOf({ id, key }: NewOperation, instanceId: string): string | null {
  return keyRecordParameter(key, { operationId: id, instanceId });
}
