import { Injectable } from '@nestjs/common';
import { keyRecordParameter, recordKey } from '../../../../access/idempotency';
import type { DriverHandle } from '../../../../drivers';
import type { Resources } from '../../../../drivers/port/resources';
import { Database, type Statement } from '../../../../platform/database';
import { HOST_OF_I } from '../../../hosts';
import {
  END_SUCCEEDED,
  endFailed,
  insertOperation,
  isHeld,
  ofType,
  postpone,
  type ClaimedOperation,
  type Failure,
  type Postponement,
} from '../../../operations';
import {
  lockSnapshotUsage,
  releaseSnapshotSpace,
  reserveSnapshot,
  snapshotLimitsParameter,
} from '../../../quotas';
import { QuotasConfig } from '../../../quotas/quotas.config';
import { insertEvent, ResourceSignals } from '../../../resources';
import { IS_AS_READ } from '../../actions/begin.sql';
import type { InstanceRef, NewOperation } from '../../actions/change-request';
import type { InstanceDocument } from '../../instance';
import { NEXT_VERSION } from '../../store/instance.sql';
import { NEXT_SNAPSHOT_VERSION } from './snapshot.sql';

export interface SnapshotToTake {
  readonly id: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly includeMemory: boolean;
  readonly quiesce: boolean;
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
  /** Only if a schedule is due at that time: it is due again at `nextDueAt`. Both in ISO 8601. */
  readonly scheduledFor?: string;
  readonly nextDueAt?: string;
}

export interface NewTaking {
  readonly snapshot: SnapshotToTake;
  readonly operation: NewOperation;
  readonly isDryRun: boolean;
}

/** What decides whether a snapshot of an instance can be taken. */
export interface SnapshotSubject extends Pick<Resources, 'ramGB' | 'diskGB'> {
  readonly handle: DriverHandle | null;
}

/** The wanted snapshot of an operation. */
export interface WantedSnapshot {
  readonly id: string;
  readonly tenantId: string;
  readonly includesMemory: boolean;
  readonly isQuiesced: boolean;
}

export interface TakenRow {
  readonly handle: DriverHandle;
  readonly sizeBytes: number | null;
}

/** $1 to $8 as in `begin.sql.ts`, $9 the snapshot, $10 default limits. A schedule is locked after its instance. */
const BEGIN_TAKE = `
  WITH given AS (
    SELECT * FROM jsonb_to_record($9::jsonb) AS given(
      id uuid, name text, metadata jsonb, "includeMemory" boolean, quiesce boolean, "expiresAt" timestamptz,
      "scheduledFor" timestamptz, "nextDueAt" timestamptz
    )
  ), old AS (
    SELECT i.id, i.tenant_id, i.type, i.flavor, i.vcpus, i.ram_gb, i.disk_gb, i.gpus, i.image_id, i.volume_ids, i.driver,
      ${HOST_OF_I} AS host_id
    FROM instances i WHERE ${IS_AS_READ} FOR UPDATE
  ), due AS MATERIALIZED (
    SELECT c.instance_id FROM given, old JOIN snapshot_schedules c ON c.instance_id = old.id
    WHERE c.next_at = given."scheduledFor" FOR UPDATE OF c
  ), wanted AS (
    SELECT old.tenant_id, old.disk_gb + CASE WHEN given."includeMemory" THEN old.ram_gb ELSE 0 END AS snapshot_gb
    FROM old, given WHERE given."scheduledFor" IS NULL OR EXISTS (SELECT FROM due)
  ), ${reserveSnapshot('wanted', '$10')}, moved AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM held WHERE i.id = $2
    RETURNING i.id, i.tenant_id, i.version, i.status, ${HOST_OF_I} AS host_id
  ), snapshot AS (
    INSERT INTO snapshots (id, tenant_id, instance_id, name, status, metadata, include_memory, quiesce, type, flavor,
      vcpus, ram_gb, disk_gb, gpus, image_id, excluded_volume_ids, snapshot_gb, driver, host_id, expires_at,
      scheduled_for, retention_due)
    SELECT given.id, old.tenant_id, old.id, given.name, 'creating', given.metadata, given."includeMemory", given.quiesce,
      old.type, old.flavor, old.vcpus, old.ram_gb, old.disk_gb, old.gpus, old.image_id, old.volume_ids,
      held.snapshot_gb, old.driver, old.host_id, given."expiresAt", given."scheduledFor",
      given."scheduledFor" IS NOT NULL
    FROM given, old, held
    RETURNING id, tenant_id, version, document
  ), planned AS (
    UPDATE snapshot_schedules c SET next_at = given."nextDueAt", claimed_until = NULL, last_at = now(), last_error = NULL
    FROM given, held, due WHERE c.instance_id = due.instance_id
  ), operation AS (${insertOperation({
    of: 'moved',
    id: '$4',
    requestId: '$5',
    traceparent: '$6',
    actor: '$7',
    ...ofType('snapshot'),
    args: `jsonb_build_object('snapshotId', $9::jsonb ->> 'id')`,
  })}), event AS (${insertEvent({
    of: 'moved',
    type: `'snapshot.requested'`,
    operationId: '$4',
    requestId: '$5',
    actor: '$7',
    reason: `$9::jsonb ->> 'id'`,
  })}), key_record AS (${recordKey('snapshot', '$8::jsonb')})
  SELECT document, version FROM snapshot`;

/** $1 operation, $2 fence, $3 instance, $4 snapshot; locks both. */
const LOCK = `
  old AS (
    SELECT id FROM instances WHERE id = $3 FOR UPDATE
  ), taken AS MATERIALIZED (
    SELECT id, tenant_id, counted, snapshot_gb FROM snapshots
    WHERE id = $4 AND status = 'creating' AND (SELECT count(*) FROM old) >= 0 FOR UPDATE
  )`;

/** The version of the instance that its event is about. */
const MOVED = `
  moved AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM settled WHERE i.id = $3
    RETURNING i.id, i.tenant_id, i.version, i.status, settled.id AS operation_id, request_id, actor
  )`;

/** $5 handle, $6 size or null. */
const COMPLETE_TAKE = `
  WITH ${LOCK}, settled AS (
    UPDATE resource_operations o SET ${END_SUCCEEDED} FROM taken WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), available AS (
    UPDATE snapshots s
    SET status = 'available', status_reason = NULL, handle = $5::jsonb, size_bytes = $6::bigint, ${NEXT_SNAPSHOT_VERSION}
    FROM settled WHERE s.id = $4
  ), ${MOVED}
  ${insertEvent({ of: 'moved', type: `'snapshot.succeeded'`, reason: '$4::text' })} RETURNING 1`;

/** $5 failure, $6 reason. */
const FAIL_TAKE = `
  WITH ${LOCK}, ${lockSnapshotUsage('taken')}, settled AS (
    UPDATE resource_operations o SET ${endFailed('$5::jsonb')} FROM ledger WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), failed AS (
    UPDATE snapshots s
    SET status = 'error', status_reason = $6::text, counted = false, ${NEXT_SNAPSHOT_VERSION}
    FROM settled, taken WHERE s.id = taken.id
  ), returned AS (
    SELECT taken.* FROM taken, settled
  ), ${releaseSnapshotSpace('returned')}, ${MOVED}
  ${insertEvent({ of: 'moved', type: `'snapshot.failed'`, reason: '$6::text' })} RETURNING 1`;

/** $5 failure, $6 delay, $7 reason, $8 time spent. */
const POSTPONE_TAKE = `
  WITH ${LOCK}, settled AS (
    UPDATE resource_operations o SET ${postpone('$5', '$6', '$8')} FROM old WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.request_id, o.actor
  ), waiting AS (
    UPDATE snapshots s SET status_reason = $7::text, ${NEXT_SNAPSHOT_VERSION} FROM settled, taken WHERE s.id = taken.id
  ), ${MOVED}
  ${insertEvent({ of: 'moved', type: `'snapshot.postponed'`, reason: '$7::text' })} RETURNING 1`;

/** $1 deletion of the instance, $2 fence, $3 snapshot, $4 reason. */
const GIVE_UP = `
  WITH taken AS MATERIALIZED (
    SELECT s.id, s.tenant_id, s.counted, s.snapshot_gb FROM snapshots s
    WHERE s.id = $3 AND s.status = 'creating'
      AND EXISTS (SELECT FROM resource_operations o WHERE ${isHeld('$1', '$2')}) FOR UPDATE
  ), ${lockSnapshotUsage('taken')}, failed AS (
    UPDATE snapshots s SET status = 'error', status_reason = $4::text, counted = false, ${NEXT_SNAPSHOT_VERSION}
    FROM taken, ledger WHERE s.id = taken.id
    RETURNING s.id, s.tenant_id, s.version, s.status
  ), returned AS (
    SELECT taken.* FROM taken JOIN failed ON failed.id = taken.id
  ), ${releaseSnapshotSpace('returned')}
  SELECT tenant_id AS "tenantId" FROM failed`;

/** Starts taking snapshots, and records the outcomes. */
@Injectable()
export class TakingRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
    private readonly config: QuotasConfig,
  ) {}

  /** Undefined if the tenant does not have the instance. */
  async subject(tenantId: string, instanceId: string): Promise<SnapshotSubject | undefined> {
    const [row] = await this.database.query<SnapshotSubject>({
      name: 'snapshot_subject',
      text: `
        SELECT handle, ram_gb AS "ramGB", disk_gb AS "diskGB" FROM instances WHERE tenant_id = $1 AND id = $2`,
      values: [tenantId, instanceId],
    });
    return row;
  }

  /** Undefined, with nothing written, if the instance has changed or the quota does not allow it. */
  async begin(
    tenantId: string,
    ref: InstanceRef,
    { snapshot, operation, isDryRun }: NewTaking,
  ): Promise<InstanceDocument | undefined> {
    const { id, requestId, traceparent, actor, key } = operation;
    const statement: Statement = {
      name: 'snapshot_begin',
      text: BEGIN_TAKE,
      values: [
        tenantId,
        ref.id,
        ref.version,
        id,
        requestId,
        traceparent,
        actor,
        keyRecordParameter(key, { operationId: id, resourceId: snapshot.id }),
        JSON.stringify(snapshot),
        snapshotLimitsParameter(this.config.limits),
      ],
    };
    const [row] = isDryRun
      ? await this.database.dryRun<InstanceDocument>(statement)
      : await this.database.query<InstanceDocument>(statement);
    if (row && !isDryRun) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /** Undefined if it is not being taken. */
  async wanted(tenantId: string, id: string): Promise<WantedSnapshot | undefined> {
    const [row] = await this.database.query<WantedSnapshot>({
      name: 'snapshot_wanted',
      text: `
        SELECT id, tenant_id AS "tenantId", include_memory AS "includesMemory", quiesce AS "isQuiesced"
        FROM snapshots WHERE tenant_id = $1 AND id = $2 AND status = 'creating'`,
      values: [tenantId, id],
    });
    return row;
  }

  /** False if the lease was lost. */
  complete(operation: ClaimedOperation, id: string, { handle, sizeBytes }: TakenRow): Promise<boolean> {
    return this.end(operation, {
      name: 'snapshot_complete',
      text: COMPLETE_TAKE,
      values: [...heldBy(operation), id, JSON.stringify(handle), sizeBytes],
    });
  }

  /** The snapshot is in `error` and releases its quota. False if the lease was lost. */
  fail(operation: ClaimedOperation, id: string, failure: Failure): Promise<boolean> {
    return this.end(operation, {
      name: 'snapshot_fail',
      text: FAIL_TAKE,
      values: [...heldBy(operation), id, JSON.stringify(failure), `snapshot failed: ${failure.message}`],
    });
  }

  /** Requeues the operation with a delay, and shows the reason on the snapshot. */
  postpone(
    operation: ClaimedOperation,
    id: string,
    { failure, reason, delayMs, spentMs }: Postponement & { readonly reason: string },
  ): Promise<boolean> {
    return this.end(operation, {
      name: 'snapshot_postpone',
      text: POSTPONE_TAKE,
      values: [...heldBy(operation), id, JSON.stringify(failure), delayMs, reason, spentMs],
    });
  }

  /** The instance is being deleted instead; the deletion holds the operation. */
  async giveUp({ id, fence }: ClaimedOperation, snapshotId: string): Promise<void> {
    const reason = 'the instance was deleted while the snapshot was taken';
    const rows = await this.database.query<{ tenantId: string }>({
      name: 'snapshot_give_up',
      text: GIVE_UP,
      values: [id, fence, snapshotId, reason],
    });
    for (const { tenantId } of rows) this.signals.changed(tenantId, snapshotId);
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
