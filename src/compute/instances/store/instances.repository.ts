import { Injectable } from '@nestjs/common';
import { anyUuid, Batcher, Database, statementName } from '../../../platform/database';
import { foreignTo } from '../../../platform/values/tenant';
import { keyRecordParameter, recordKey, type IdempotencyKey } from '../../../access/idempotency';
import type { Caller } from '../../../access/tenancy';
import { setPlainColumns } from '../fields';
import { DELETED, type FoundInstance, type InstanceState, type InstanceStatus } from '../instance';
import {
  conditionsOf,
  InstancePages,
  isListed,
  pageOf,
  type InstanceFilter,
  type InstancePage,
} from './instance-pages';
import { IS_NOT_DELETED, RETENTION_JSON } from './instance.sql';
import { insertEvent, ResourceSignals } from '../../resources';
import { IS_OPEN } from '../../operations';
import { RETENTION_OF_I } from '../../quotas';
import { IS_FORCED } from '../actions/force';
import type { Precondition } from '../../../platform/values/precondition';

/** A row of another tenant; its data never leaves the repository. */
export type Foreign = 'foreign';

export interface InstancePatch {
  readonly name?: string;
  /** New values of plain fields, from `toPlainColumns`. */
  readonly plainColumns: Readonly<Record<string, unknown>>;
  readonly clearsMetadata: boolean;
  readonly setMetadata: Readonly<Record<string, string>>;
  readonly removeMetadata: readonly string[];
  readonly precondition: Precondition;
  readonly caller: Caller;
  readonly key: IdempotencyKey | null;
}

export interface PatchResult {
  /** Null if the patch was refused: the precondition failed, or too much metadata would be left. */
  readonly document: string | null;
  /** The version after the patch, or the current one if it was refused. */
  readonly version: number;
}

interface DocumentRow extends FoundInstance {
  readonly id: string;
  readonly tenant_id: string;
}

interface StateRow {
  readonly tenant_id: string;
  readonly status: InstanceStatus;
  readonly driver: string;
  readonly version: number;
  readonly deletion_protection: boolean;
  readonly is_restart_due: boolean;
  readonly counted: boolean;
  readonly ran_before_deletion: boolean | null;
  readonly default_retention: string | null;
  readonly operation_id: string | null;
  readonly operation_type: string | null;
  readonly forced: boolean | null;
}

const PATCHED = `((CASE WHEN $5::boolean THEN '{}' ELSE metadata END || $6::jsonb) - $7::text[])`;

interface Lookup {
  readonly tenantId: string;
  readonly id: string;
}

export interface Finding {
  /** Whether to find deleted instances that are retained, too. */
  readonly includesDeleted?: boolean;
}

/** Instances as tenants read and edit them. Changes by operations are in `ActionsRepository`. */
@Injectable()
export class InstancesRepository {
  private readonly lookups = new Batcher(
    (all: readonly Lookup[]) => this.findAll(all.map(({ id }) => id)),
    ({ tenantId }) => tenantId,
  );

  constructor(
    private readonly database: Database,
    private readonly pages: InstancePages,
    private readonly signals: ResourceSignals,
  ) {}

  /** Lookups of several tenants may share a statement; each tenant sees only its own rows. */
  async find(
    tenantId: string,
    id: string,
    { includesDeleted = false }: Finding = {},
  ): Promise<FoundInstance | Foreign | undefined> {
    const row = await this.lookups.submit({ tenantId, id: id.toLowerCase() });
    if (!row || (row.retention !== null && !includesDeleted)) return undefined;
    return row.tenant_id === tenantId ? row : foreignTo(row.tenant_id);
  }

  async state(
    tenantId: string,
    id: string,
    { includesDeleted = false }: Finding = {},
  ): Promise<InstanceState | Foreign | undefined> {
    const [row] = await this.database.query<StateRow>({
      name: 'instance_state',
      text: `
        SELECT i.tenant_id, i.status, i.driver, i.version, i.deletion_protection, i.restart_at IS NOT NULL AS is_restart_due,
          i.counted, i.ran_before_deletion, ${RETENTION_OF_I} AS default_retention,
          o.id AS operation_id, o.type AS operation_type, ${IS_FORCED} AS forced
        FROM instances i
        LEFT JOIN resource_operations o ON o.resource_id = i.id AND ${IS_OPEN}
        WHERE i.id = $1`,
      values: [id],
    });
    if (!row || (row.status === DELETED && !includesDeleted)) return undefined;
    return row.tenant_id === tenantId ? toState(row) : foreignTo(row.tenant_id);
  }

  /** Newest first. `caller` is the tenant whose turn the read takes, if an operator lists another one's instances. */
  list(tenantId: string, filter: InstanceFilter, caller = tenantId): Promise<InstancePage> {
    const values: unknown[] = [tenantId];
    const own = `tenant_id = $1 AND ${isListed(filter)}`;
    const conditions = [own, ...conditionsOf(filter, values, own)];
    if (filter.metadata !== undefined) {
      // The first condition matches the partial index; the planner does not derive it.
      const place = values.push(JSON.stringify(filter.metadata));
      conditions.push(
        `metadata <> '{}' AND tenant_metadata(tenant_id, metadata) @> tenant_metadata($1, $${place}::jsonb)`,
      );
    }
    const nameOf = (base: string): string => statementName(base, filter);
    return this.pages.read(caller, { ...pageOf(filter), where: conditions.join(' AND '), values, nameOf });
  }

  /** Undefined if the caller's tenant does not have the instance. */
  async patch(id: string, patch: InstancePatch): Promise<PatchResult | undefined> {
    const { tenantId, requestId, actor } = patch.caller;
    const [row] = await this.database.query<PatchResult>({
      name: 'instance_patch',
      text: `
        WITH old AS (
          SELECT id, version FROM instances WHERE id = $2 AND tenant_id = $1 AND ${IS_NOT_DELETED} FOR UPDATE
        ), patched AS (
          UPDATE instances i
          SET name = coalesce($4, name), ${setPlainColumns('$10::jsonb')},
            metadata = ${PATCHED}, version = i.version + 1, updated_at = now()
          FROM old
          WHERE i.id = old.id AND ($3::int[] IS NULL OR i.version = ANY($3)) AND i.version <> ALL($12::int[])
            AND (SELECT count(*) FROM jsonb_object_keys(${PATCHED})) <= 64
          RETURNING i.id, i.tenant_id, i.version, i.status, i.document
        ), event AS (
          ${insertEvent({ of: 'patched', type: `'updated'`, requestId: '$8', operationId: 'NULL', actor: '$9' })}
        ), key_record AS (${recordKey('patched', '$11::jsonb')})
        SELECT patched.document, coalesce(patched.version, old.version) AS version
        FROM old LEFT JOIN patched ON true`,
      values: [
        tenantId,
        id,
        patch.precondition.accepted,
        patch.name ?? null,
        patch.clearsMetadata,
        JSON.stringify(patch.setMetadata),
        patch.removeMetadata,
        requestId,
        actor,
        JSON.stringify(patch.plainColumns),
        keyRecordParameter(patch.key, { operationId: null, resourceId: id }),
        patch.precondition.excluded,
      ],
    });
    if (row && row.document !== null) this.signals.changed(tenantId, id);
    return row;
  }

  private async findAll(ids: readonly string[]): Promise<readonly (DocumentRow | undefined)[]> {
    const rows = await this.database.query<DocumentRow>({
      name: 'instances_find',
      text: `
        SELECT i.id, i.tenant_id, i.version, i.document, i.driver, i.handle,
          CASE WHEN i.status = '${DELETED}' THEN ${RETENTION_JSON} END AS retention, (
          SELECT json_build_object(
            'operationId', o.id, 'type', o.type, 'status', o.status, 'progress', o.progress,
            'since', floor(extract(epoch FROM o.created_at))::int
          ) FROM resource_operations o WHERE o.resource_id = i.id AND ${IS_OPEN}
        ) AS activity, EXISTS (
          SELECT FROM snapshot_schedules c WHERE c.instance_id = i.id
        ) AS "hasSnapshotSchedule"
        FROM instances i WHERE i.id = ${anyUuid('$1')}`,
      values: [ids],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** Across all tenants, for the operator's metrics. */
  async countByStatus(): Promise<ReadonlyMap<InstanceStatus, number>> {
    const rows = await this.database.query<{ status: InstanceStatus; count: number }>({
      name: 'instances_count',
      text: 'SELECT status, count(*)::int AS count FROM instances GROUP BY status',
      values: [],
    });
    return new Map(rows.map(({ status, count }) => [status, count]));
  }
}

function toState(row: StateRow): InstanceState {
  const { operation_id: id, operation_type: type, forced } = row;
  return {
    status: row.status,
    driver: row.driver,
    version: row.version,
    isProtected: row.deletion_protection,
    isRestartDue: row.is_restart_due,
    isCounted: row.counted,
    ranBeforeDeletion: row.ran_before_deletion === true,
    defaultRetention: row.default_retention,
    openOperation: id !== null && type !== null ? { id, type, isForced: forced === true } : null,
  };
}
