import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../../access/tenancy';
import { keyRecordParameter, recordKey, type IdempotencyKey } from '../../../../access/idempotency';
import { DriverError } from '../../../../drivers';
import { Database, PageReads, statementName } from '../../../../platform/database';
import { MAX_PAGE_BYTES } from '../../../../platform/values/paging';
import type { Precondition } from '../../../../platform/values/precondition';
import { IS_OPEN, userOfSnapshot, type ClaimedOperation } from '../../../operations';
import { insertEvent, ResourceSignals } from '../../../resources';
import type { InstanceDocument } from '../../instance';
import { MAX_METADATA_PAIRS } from '../../instance';
import type { SnapshotSource, SnapshotStatus } from '../snapshot';
import { snapshotIdOf } from '../work/restore-args';
import { NEXT_SNAPSHOT_VERSION, SOURCE_OF_S } from './snapshot.sql';

export interface SnapshotFilter {
  readonly instanceId?: string;
  readonly status?: SnapshotStatus;
  readonly name?: string;
  /** Only rows older than this id. */
  readonly before?: string;
  readonly limit: number;
}

/** The state that decides whether a snapshot can be deleted. */
export interface SnapshotState {
  readonly version: number;
  /** How often it was used so far. */
  readonly uses: number;
  /** The deletion in progress. */
  readonly deletionId: string | null;
  /** An operation in progress that takes or uses it. */
  readonly userId: string | null;
  /** The first image that refers to it. */
  readonly imageId: string | null;
}

export interface SnapshotRow {
  readonly id: string;
  /** Null if it does not fit on the page. */
  readonly document: string | null;
}

export interface SnapshotPatch {
  readonly name: string | null;
  readonly clearsMetadata: boolean;
  readonly setMetadata: Readonly<Record<string, string>>;
  readonly removeMetadata: readonly string[];
  /** Absent if it stays, null if it is removed. */
  readonly expiresAt?: string | null;
  readonly caller: Caller;
  readonly precondition: Precondition;
  readonly key: IdempotencyKey | null;
}

/** The document is null if the patch was refused. */
interface PatchResult {
  readonly document: string | null;
  /** The version after the patch, or the current one if it was refused. */
  readonly version: number;
}

const PATCHED = `((CASE WHEN $5::boolean THEN '{}' ELSE s.metadata END || $6::jsonb) - $7::text[])`;

/** Snapshots as tenants read and edit them. */
@Injectable()
export class SnapshotsRepository {
  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
    private readonly signals: ResourceSignals,
  ) {}

  /** Undefined if the tenant does not have it. */
  async find(tenantId: string, id: string): Promise<InstanceDocument | undefined> {
    const [row] = await this.database.query<InstanceDocument>({
      name: 'snapshot_find',
      text: 'SELECT document, version FROM snapshots WHERE tenant_id = $1 AND id = $2',
      values: [tenantId, id],
    });
    return row;
  }

  /** Likewise, for making an instance from it. */
  async source(tenantId: string, id: string): Promise<SnapshotSource | undefined> {
    const [row] = await this.database.query<SnapshotSource>({
      name: 'snapshot_source',
      text: `SELECT ${SOURCE_OF_S} FROM snapshots s WHERE s.tenant_id = $1 AND s.id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /**
   * The snapshot that the operation makes an instance from, which is not deleted meanwhile; undefined if it uses none.
   * @throws {DriverError} if it is gone
   */
  async usedBy(operation: ClaimedOperation): Promise<SnapshotSource | undefined> {
    const id = snapshotIdOf(operation);
    if (id === undefined) return undefined;
    const found = await this.source(operation.tenantId, id);
    if (!found) throw new DriverError('the snapshot is gone', { retryable: false });
    return found;
  }

  async state(tenantId: string, id: string): Promise<SnapshotState | undefined> {
    const [row] = await this.database.query<SnapshotState>({
      name: 'snapshot_state',
      text: `
        SELECT s.version, s.uses, ${userOfSnapshot('s.id')} AS "userId",
          (SELECT o.id FROM resource_operations o WHERE o.resource_id = s.id AND ${IS_OPEN}) AS "deletionId",
          (SELECT t.id FROM tenant_images t WHERE t.snapshot_id = s.id ORDER BY t.id LIMIT 1) AS "imageId"
        FROM snapshots s WHERE s.tenant_id = $1 AND s.id = $2`,
      values: [tenantId, id],
    });
    return row;
  }

  /**
   * Newest first, at most one more than the limit; those behind `MAX_PAGE_BYTES` have no document. `tenantId` is null for
   * all tenants; `caller` is the tenant whose turn the read takes.
   */
  list(
    tenantId: string | null,
    { limit, ...filter }: SnapshotFilter,
    caller: string,
  ): Promise<readonly SnapshotRow[]> {
    const values: unknown[] = [limit];
    const conditions: string[] = [];
    const where = (condition: string, value: unknown): void => {
      if (value !== undefined) conditions.push(condition.replace('?', `$${values.push(value)}`));
    };
    where('tenant_id = ?', tenantId ?? undefined);
    where('instance_id = ?', filter.instanceId);
    where('status = ?', filter.status);
    where('name = ?', filter.name);
    where('id < ?', filter.before);
    const parts = { ...filter, limit, tenantId: tenantId ?? undefined };
    const statement = {
      name: statementName('snapshots', parts),
      text: `
        SELECT id, CASE WHEN place = 1 OR bytes <= ${MAX_PAGE_BYTES} THEN document END AS document
        FROM (
          SELECT id, document, row_number() OVER rows AS place, sum(octet_length(document)) OVER rows AS bytes
          FROM snapshots ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
          WINDOW rows AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING)
          ORDER BY id DESC LIMIT $1::int + 1
        ) page ORDER BY id DESC`,
      values,
    };
    return this.pages.run(caller, () => this.database.query<SnapshotRow>(statement));
  }

  /** Undefined if the tenant does not have it. */
  async patch(id: string, patch: SnapshotPatch): Promise<PatchResult | undefined> {
    const { tenantId, requestId, actor } = patch.caller;
    const [row] = await this.database.query<PatchResult>({
      name: 'snapshot_patch',
      text: `
        WITH old AS (
          SELECT id, version FROM snapshots WHERE id = $2 AND tenant_id = $1 FOR UPDATE
        ), patched AS (
          UPDATE snapshots s
          SET name = coalesce($4, s.name), metadata = ${PATCHED},
            expires_at = CASE WHEN $10::boolean THEN $11::timestamptz ELSE s.expires_at END, ${NEXT_SNAPSHOT_VERSION}
          FROM old
          WHERE s.id = old.id AND ($3::int[] IS NULL OR s.version = ANY($3)) AND s.version <> ALL($12::int[])
            AND (SELECT count(*) FROM jsonb_object_keys(${PATCHED})) <= ${MAX_METADATA_PAIRS}
          RETURNING s.id, s.tenant_id, s.version, s.status, s.document
        ), event AS (
          ${insertEvent({
            of: 'patched',
            type: `'updated'`,
            requestId: '$8',
            operationId: 'NULL',
            actor: '$9',
            resourceType: 'snapshot',
          })}
        ), key_record AS (${recordKey('patched', '$13::jsonb')})
        SELECT patched.document, coalesce(patched.version, old.version) AS version
        FROM old LEFT JOIN patched ON true`,
      values: [
        tenantId,
        id,
        patch.precondition.accepted,
        patch.name,
        patch.clearsMetadata,
        JSON.stringify(patch.setMetadata),
        patch.removeMetadata,
        requestId,
        actor,
        patch.expiresAt !== undefined,
        patch.expiresAt ?? null,
        patch.precondition.excluded,
        keyRecordParameter(patch.key, { operationId: null, resourceId: id }),
      ],
    });
    if (row && row.document !== null) this.signals.changed(tenantId, id);
    return row;
  }
}
