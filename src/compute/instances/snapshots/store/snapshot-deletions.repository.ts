import { Injectable } from '@nestjs/common';
import { keyRecordParameter, recordKey } from '../../../../access/idempotency';
import type { DriverHandle } from '../../../../drivers';
import { Database, type Statement } from '../../../../platform/database';
import { newId } from '../../../../platform/values/uuid';
import {
  END_SUCCEEDED,
  endFailed,
  hasOpenOperation,
  insertOperation,
  isHeld,
  ofType,
  postpone,
  userOfSnapshot,
  type ClaimedOperation,
  type Failure,
  type Postponement,
} from '../../../operations';
import { lockSnapshotUsage, releaseSnapshot } from '../../../quotas';
import { insertEvent, ResourceSignals } from '../../../resources';
import type { NewOperation } from '../../actions/change-request';
import type { InstanceDocument } from '../../instance';
import { NEXT_SNAPSHOT_VERSION } from './snapshot.sql';

/** The state that a deletion was decided on; the write requires that it is still current. */
export interface SnapshotVersion {
  readonly id: string;
  readonly version: number;
  readonly uses: number;
}

export interface SnapshotAtEngine {
  readonly id: string;
  readonly tenantId: string;
  readonly handle: DriverHandle | null;
}

interface ExpiredRow {
  readonly id: string;
  readonly tenantId: string;
}

const ACTOR = 'system:expiry';

const MOVED = `
  moved AS (
    UPDATE snapshots s SET status = 'deleting', status_reason = NULL, ${NEXT_SNAPSHOT_VERSION}
    FROM old WHERE s.id = old.id
    RETURNING s.id, s.tenant_id, s.version, old.status AS from_status, s.status, s.document, s.host_id, s.instance_id
  )`;

const ARGS = `jsonb_build_object('instanceId', instance_id)`;

/** $1 tenant, $2 snapshot, $3 version, $4 uses, $5 operation, $6 request, $7 trace, $8 actor, $9 key record. */
const BEGIN = `
  WITH old AS (
    SELECT id, status FROM snapshots WHERE id = $2 AND tenant_id = $1 AND version = $3 AND uses = $4 FOR UPDATE
  ), ${MOVED}, operation AS (${insertOperation({
    of: 'moved',
    id: '$5',
    requestId: '$6',
    traceparent: '$7',
    actor: '$8',
    ...ofType('delete_snapshot'),
    args: ARGS,
    resourceType: 'snapshot',
  })}), event AS (${insertEvent({
    of: 'moved',
    type: `'delete_snapshot.requested'`,
    operationId: '$5',
    requestId: '$6',
    actor: '$8',
    from: 'from_status',
    resourceType: 'snapshot',
  })}), key_record AS (${recordKey('moved', '$9::jsonb')})
  SELECT document, version FROM moved`;

/**
 * $1 ids for the operations. A snapshot whose use began since `due` was read is not deleted: `uses` differs in the
 * current row.
 */
const BEGIN_DUE = `
  WITH due AS MATERIALIZED (
    SELECT s.id, s.uses, s.version FROM snapshots s
    WHERE s.expires_at <= now() AND s.expires_at IS NOT NULL AND s.status IN ('available', 'error')
      -- A deletion that has failed is tried again later.
      AND (s.status = 'available' OR s.updated_at < now() - interval '1 hour')
      AND ${userOfSnapshot('s.id')} IS NULL AND NOT ${hasOpenOperation('s.id')}
      AND NOT EXISTS (SELECT FROM tenant_images t WHERE t.snapshot_id = s.id)
    ORDER BY s.expires_at LIMIT cardinality($1::uuid[])
  ), old AS MATERIALIZED (
    SELECT s.id, s.status FROM snapshots s JOIN due ON due.id = s.id AND due.uses = s.uses AND due.version = s.version
    ORDER BY s.id FOR UPDATE OF s SKIP LOCKED
  ), ${MOVED}, numbered AS (
    SELECT moved.*, ($1::uuid[])[row_number() OVER (ORDER BY id)] AS operation_id, NULL AS traceparent,
      '${ACTOR}' AS actor
    FROM moved
  ), operation AS (${insertOperation({
    of: 'numbered',
    id: 'operation_id',
    requestId: 'operation_id::text',
    ...ofType('delete_snapshot'),
    isBackground: 'true',
    args: ARGS,
    resourceType: 'snapshot',
  })}), event AS (${insertEvent({
    of: 'numbered',
    type: `'delete_snapshot.requested'`,
    requestId: 'operation_id::text',
    from: 'from_status',
    reason: `'it expired'`,
    resourceType: 'snapshot',
  })})
  SELECT id, tenant_id AS "tenantId" FROM numbered`;

/** $1 operation, $2 fence, $3 snapshot. */
const COMPLETE = `
  WITH old AS MATERIALIZED (
    SELECT id, tenant_id, counted FROM snapshots WHERE id = $3 FOR UPDATE
  ), ${lockSnapshotUsage('old')}, settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED} FROM ledger WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), gone AS (
    DELETE FROM snapshots s USING settled WHERE s.id = $3
    RETURNING s.id, s.tenant_id, s.version + 1 AS version, s.status, s.counted, s.snapshot_gb, settled.id AS operation_id,
      request_id, actor
  ), ${releaseSnapshot('gone')}
  ${insertEvent({ of: 'gone', type: `'delete_snapshot.succeeded'`, to: 'NULL', resourceType: 'snapshot' })} RETURNING 1`;

/** $4 failure, $5 reason. */
const FAIL = `
  WITH old AS (
    SELECT id, status FROM snapshots WHERE id = $3 FOR UPDATE
  ), settled AS (
    UPDATE resource_operations o SET ${endFailed('$4::jsonb')} FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), moved AS (
    UPDATE snapshots s SET status = 'error', status_reason = $5::text, ${NEXT_SNAPSHOT_VERSION}
    FROM settled WHERE s.id = $3
    RETURNING s.id, s.tenant_id, s.version, s.status, settled.id AS operation_id, request_id, actor
  )
  ${insertEvent({
    of: 'moved',
    type: `'delete_snapshot.failed'`,
    from: '(SELECT old.status FROM old)',
    reason: '$5::text',
    resourceType: 'snapshot',
  })} RETURNING 1`;

/** $4 failure, $5 delay, $6 reason, $7 time spent. */
const POSTPONE = `
  WITH old AS (
    SELECT id FROM snapshots WHERE id = $3 FOR UPDATE
  ), settled AS (
    UPDATE resource_operations o SET ${postpone('$4', '$5', '$7')} FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), moved AS (
    UPDATE snapshots s SET status_reason = $6::text, ${NEXT_SNAPSHOT_VERSION} FROM settled WHERE s.id = $3
    RETURNING s.id, s.tenant_id, s.version, s.status, settled.id AS operation_id, request_id, actor
  )
  ${insertEvent({
    of: 'moved',
    type: `'delete_snapshot.postponed'`,
    reason: '$6::text',
    resourceType: 'snapshot',
  })} RETURNING 1`;

/** Starts and completes deletions of snapshots. */
@Injectable()
export class SnapshotDeletionsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Undefined if the snapshot has changed or was used since it was read. */
  async begin(
    tenantId: string,
    { id, version, uses }: SnapshotVersion,
    operation: NewOperation,
    isDryRun: boolean,
  ): Promise<InstanceDocument | undefined> {
    const { id: operationId, requestId, traceparent, actor, key } = operation;
    const keyRecord = keyRecordParameter(key, { operationId, resourceId: id });
    const statement: Statement = {
      name: 'snapshot_begin_delete',
      text: BEGIN,
      values: [tenantId, id, version, uses, operationId, requestId, traceparent, actor, keyRecord],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, id);
    return row;
  }

  /**
   * Starts the deletion of expired snapshots that are not in use. Replicas run in parallel: each takes others.
   * @returns how many.
   */
  async beginDue(limit: number): Promise<number> {
    const ids = Array.from({ length: limit }, newId);
    const rows = await this.database.query<ExpiredRow>({
      name: 'snapshots_begin_expired',
      text: BEGIN_DUE,
      values: [ids],
    });
    for (const { tenantId, id } of rows) this.signals.changed(tenantId, id);
    return rows.length;
  }

  /** Undefined if it is gone. */
  async target(tenantId: string, id: string): Promise<SnapshotAtEngine | undefined> {
    const [row] = await this.database.query<SnapshotAtEngine>({
      name: 'snapshot_to_delete',
      text: `SELECT id, tenant_id AS "tenantId", handle FROM snapshots WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /** Removes the row and releases its quota. False if the lease was lost. */
  complete(operation: ClaimedOperation): Promise<boolean> {
    return this.end(operation, {
      name: 'snapshot_complete_delete',
      text: COMPLETE,
      values: heldBy(operation),
    });
  }

  /** It is in `error` and can be deleted again. */
  fail(operation: ClaimedOperation, failure: Failure): Promise<boolean> {
    const reason = `delete failed: ${failure.message}`;
    return this.end(operation, {
      name: 'snapshot_fail_delete',
      text: FAIL,
      values: [...heldBy(operation), JSON.stringify(failure), reason],
    });
  }

  /** Requeues the operation with a delay, and shows the reason on the snapshot. */
  postpone(
    operation: ClaimedOperation,
    { failure, reason, delayMs, spentMs }: Postponement & { readonly reason: string },
  ): Promise<boolean> {
    return this.end(operation, {
      name: 'snapshot_postpone_delete',
      text: POSTPONE,
      values: [...heldBy(operation), JSON.stringify(failure), delayMs, reason, spentMs],
    });
  }

  private async end({ tenantId, resourceId }: ClaimedOperation, statement: Statement): Promise<boolean> {
    const rows = await this.database.query(statement);
    if (rows.length > 0) this.signals.changed(tenantId, resourceId);
    return rows.length > 0;
  }
}

function heldBy({ id, fence, resourceId }: ClaimedOperation): readonly unknown[] {
  return [id, fence, resourceId];
}
