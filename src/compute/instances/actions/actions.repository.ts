import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../../platform/database';
import { FORGET_SECRETS, ofType, OPERATION_ERRORS, traitsOf } from '../../operations';
import { ResourceSignals } from '../../resources';
import type { InstanceDocument, InstanceStatus } from '../instance';
import { HOST_OF_I } from '../../hosts';
import { NEXT_VERSION, NO_RESTART } from '../store/instance.sql';
import type { InstanceRef, NewOperation } from './change-request';
import { begin, beginValues, IS_AS_READ } from './begin.sql';

export interface ActionStart {
  readonly operation: NewOperation;
  /** Of the operation; absent if it has none. */
  readonly args?: Readonly<Record<string, unknown>>;
  /** Null keeps the status. */
  readonly via: InstanceStatus | null;
  /** Dry run: all changes are rolled back. */
  readonly isDryRun: boolean;
}

/** `retain` keeps the instance for a while. */
export type DeletionType = 'delete' | 'retain';

export interface NewDeletion extends NewOperation {
  readonly type: DeletionType;
  /** Whether the deletion does not wait for platform services. */
  readonly isForced: boolean;
  /** Only to retain it. */
  readonly retainSeconds?: number;
}

export interface Superseded {
  /** The operations that were cancelled. */
  readonly cancelledIds: readonly string[];
}

const BEGIN_DELETE = `
  WITH moved AS (
    UPDATE instances i SET status_reason = 'being deleted', purge_at = NULL, ${NEXT_VERSION}
    WHERE ${IS_AS_READ}
    RETURNING id, tenant_id, version, status, document, ${HOST_OF_I} AS host_id
  ), open AS MATERIALIZED (
    SELECT o.id FROM resource_operations o JOIN moved ON o.resource_id = moved.id
    WHERE o.status IN ('pending', 'running') ORDER BY o.id FOR UPDATE OF o
  ), cancelled AS (
    UPDATE resource_operations o
    SET status = 'cancelled', finished_at = now(), ${FORGET_SECRETS},
      error = '{"code": "${OPERATION_ERRORS.operation_superseded.code}", "message": "the instance is being deleted"}'
    FROM open WHERE o.id = open.id AND o.status IN ('pending', 'running')
    RETURNING o.id, o.lease_owner, o.due_at
  ), taken AS (
    SELECT s.id FROM snapshots s JOIN moved ON s.instance_id = moved.id WHERE s.status = 'creating'
  ), ${begin({
    ...ofType('delete'),
    type: '$10::text',
    // The deletion undoes what was done of a snapshot.
    args: `$9::jsonb || coalesce((SELECT jsonb_object_agg('snapshotId', id) FROM taken), '{}')`,
    dueAt: 'coalesce((SELECT max(due_at) FROM cancelled WHERE lease_owner IS NOT NULL), now())',
  })}
  SELECT ARRAY(SELECT id::text FROM cancelled) AS "cancelledIds" FROM moved`;

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
    private readonly signals: ResourceSignals,
  ) {}

  /** Starts an operation on the instance; undefined if it has changed since it was read. */
  async beginAction(
    tenantId: string,
    ref: InstanceRef,
    { operation, args = {}, via, isDryRun }: ActionStart,
  ): Promise<InstanceDocument | undefined> {
    const statement: Statement = {
      name: 'instance_begin',
      text: `
        WITH old AS (
          SELECT id, status FROM instances WHERE ${IS_AS_READ} FOR UPDATE
        ), moved AS (
          UPDATE instances i
          SET status = coalesce($9, i.status), status_reason = NULL, ${NO_RESTART}, ${NEXT_VERSION}
          FROM old WHERE i.id = old.id
          RETURNING i.id, tenant_id, version, old.status AS from_status, i.status, document, ${HOST_OF_I} AS host_id
        ), ${begin({ type: '$10::text', isBackground: '$11::boolean', args: '$12::jsonb', fromStatus: 'from_status' })}
        SELECT document, version FROM moved`,
      values: [
        ...beginValues(tenantId, ref, operation),
        via,
        operation.type,
        traitsOf(operation.type).isBackground,
        JSON.stringify(args),
      ],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /**
   * Starts the deletion, which may retain the instance, and cancels operations in progress. If a worker still holds one, the deletion becomes due when
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
      text: BEGIN_DELETE,
      values: [...beginValues(tenantId, ref, operation), argsOf(operation), operation.type],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }
}

function argsOf({ isForced, retainSeconds }: NewDeletion): string {
  return JSON.stringify({
    ...(isForced && { force: true }),
    ...(retainSeconds !== undefined && { retainSeconds }),
  });
}
