import { Injectable } from '@nestjs/common';
import type { Precondition } from '../common/http/etag';
import type { InstanceType } from '../common/instance-type';
import { MAX_PAGE, MAX_PAGE_BYTES } from '../common/validation/paging.dto';
import { Batcher, Database, PageReads, statementName } from '../database';
import { keyRecordParameter, recordKey, type IdempotencyKey } from '../idempotency';
import type { InstanceDocument, InstanceState, InstanceStatus } from './instance';
import { InstanceSignals } from './instance-signals';

/** A row of another tenant; its data never leaves the repository. */
export type Foreign = 'foreign';

export interface InstanceFilter {
  readonly status?: InstanceStatus;
  readonly type?: InstanceType;
  readonly flavor?: string;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Only rows older than this id. */
  readonly before?: string;
  readonly limit: number;
}

export interface InstancePage {
  /** JSON texts of the instances. */
  readonly documents: readonly string[];
  /** Id of the last instance of the page; null on the last page. */
  readonly lastId: string | null;
}

export interface InstancePatch {
  readonly name?: string;
  readonly deletionProtection?: boolean;
  readonly clearsMetadata: boolean;
  readonly setMetadata: Readonly<Record<string, string>>;
  readonly removeMetadata: readonly string[];
  readonly precondition: Precondition;
  readonly requestId: string;
  readonly actor: string;
  readonly key: IdempotencyKey | null;
}

export interface PatchResult {
  /** Null if the patch was refused: the precondition failed, or too much metadata would be left. */
  readonly document: string | null;
  /** The version after the patch, or the current one if it was refused. */
  readonly version: number;
}

interface DocumentRow extends InstanceDocument {
  readonly id: string;
  readonly tenant_id: string;
}

interface PageRow {
  /** Null if it does not fit on the page. */
  readonly document: string | null;
}

interface StateRow {
  readonly tenant_id: string;
  readonly status: InstanceStatus;
  readonly version: number;
  readonly deletion_protection: boolean;
  readonly operation_id: string | null;
  readonly operation_type: string | null;
  readonly forced: boolean | null;
}

const HEAVY_BYTES = Math.floor(MAX_PAGE_BYTES / (MAX_PAGE + 1));

const PATCHED = `((CASE WHEN $5::boolean THEN '{}' ELSE metadata END || $6::jsonb) - $7::text[])`;

interface Lookup {
  readonly tenantId: string;
  readonly id: string;
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
    private readonly pages: PageReads,
    private readonly signals: InstanceSignals,
  ) {}

  /** Lookups of several tenants may share a statement; each tenant sees only its own rows. */
  async find(tenantId: string, id: string): Promise<InstanceDocument | Foreign | undefined> {
    const row = await this.lookups.submit({ tenantId, id: id.toLowerCase() });
    if (!row) return undefined;
    return row.tenant_id === tenantId ? row : 'foreign';
  }

  async state(tenantId: string, id: string): Promise<InstanceState | Foreign | undefined> {
    const [row] = await this.database.query<StateRow>({
      name: 'instance_state',
      text: `
        SELECT i.tenant_id, i.status, i.version, i.deletion_protection,
          o.id AS operation_id, o.type AS operation_type, o.forced
        FROM instances i
        LEFT JOIN operations o
          ON o.instance_id = i.id AND o.status IN ('pending', 'running') AND o.type <> 'cleanup'
        WHERE i.id = $1`,
      values: [id],
    });
    if (!row) return undefined;
    return row.tenant_id === tenantId ? toState(row) : 'foreign';
  }

  /**
   * Newest first. A page ends before it would exceed `MAX_PAGE_BYTES`, but has at least one row. Adding up row sizes
   * takes as long as reading the rows, so it is done only if one of them is heavy; without a heavy row, a page cannot
   * be too large.
   */
  list(tenantId: string, filter: InstanceFilter): Promise<InstancePage> {
    return this.pages.run(tenantId, () => this.readPage(tenantId, filter));
  }

  private async readPage(tenantId: string, filter: InstanceFilter): Promise<InstancePage> {
    const values: unknown[] = [tenantId, filter.limit];
    const where = conditionsOf(filter, values).join(' AND ');
    const rows = await this.database.query<PageRow>({
      name: statementName('instances', filter),
      text: `
        SELECT CASE WHEN octet_length(document) <= ${HEAVY_BYTES} THEN document END AS document
        FROM instances WHERE ${where} ORDER BY id DESC LIMIT $2::int + 1`,
      values,
    });
    const hasHeavy = rows.some(({ document }) => document === null);
    return toPage(hasHeavy ? await this.weighedRows(filter, where, values) : rows, filter.limit);
  }

  private weighedRows(
    filter: InstanceFilter,
    where: string,
    values: readonly unknown[],
  ): Promise<readonly PageRow[]> {
    return this.database.query<PageRow>({
      name: statementName('instances_weighed', filter),
      text: `
        SELECT CASE WHEN place = 1 OR bytes <= ${MAX_PAGE_BYTES} THEN document END AS document
        FROM (
          SELECT document, row_number() OVER rows AS place, sum(octet_length(document)) OVER rows AS bytes
          FROM instances WHERE ${where}
          WINDOW rows AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING)
          ORDER BY id DESC LIMIT $2::int + 1
        ) page`,
      values,
    });
  }

  /** Undefined if the tenant does not have the instance. */
  async patch(tenantId: string, id: string, patch: InstancePatch): Promise<PatchResult | undefined> {
    const [row] = await this.database.query<PatchResult>({
      name: 'instance_patch',
      text: `
        WITH old AS (
          SELECT id, version FROM instances WHERE id = $2 AND tenant_id = $1 FOR UPDATE
        ), patched AS (
          UPDATE instances i
          SET name = coalesce($4, name), deletion_protection = coalesce($10, deletion_protection),
            metadata = ${PATCHED}, version = i.version + 1, updated_at = now()
          FROM old
          WHERE i.id = old.id AND ($3::int[] IS NULL OR i.version = ANY($3)) AND i.version <> ALL($12::int[])
            AND (SELECT count(*) FROM jsonb_object_keys(${PATCHED})) <= 64
          RETURNING i.id, i.tenant_id, i.version, i.status, i.document
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, actor)
          SELECT id, version, tenant_id, 'updated', status, status, $8, $9 FROM patched
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
        patch.requestId,
        patch.actor,
        patch.deletionProtection ?? null,
        keyRecordOf(patch),
        patch.precondition.excluded,
      ],
    });
    if (row && row.document !== null) this.signals.changed(tenantId, id);
    return row;
  }

  private async findAll(ids: readonly string[]): Promise<readonly (DocumentRow | undefined)[]> {
    const rows = await this.database.query<DocumentRow>({
      name: 'instances_find',
      text: 'SELECT id, tenant_id, version, document FROM instances WHERE id = ANY($1::uuid[])',
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

function keyRecordOf({ key }: InstancePatch): string | null {
  return keyRecordParameter({ key, operationId: null, answer: { status: 200, headers: {} } });
}

/** A row that does not fit has no document, nor do the rows after it. */
function toPage(rows: readonly PageRow[], limit: number): InstancePage {
  const documents = rows.flatMap(({ document }) => document ?? []).slice(0, limit);
  const last = documents.at(-1);
  return { documents, lastId: last === undefined || documents.length === rows.length ? null : idOf(last) };
}

/** @throws {Error} if the document was not generated by `instance_document`. */
function idOf(document: string): string {
  const instance: unknown = JSON.parse(document);
  if (typeof instance !== 'object' || instance === null || !('id' in instance)) {
    throw new Error('the document of an instance has no id');
  }
  return String(instance.id);
}

function toState(row: StateRow): InstanceState {
  const { operation_id: id, operation_type: type, forced } = row;
  return {
    status: row.status,
    version: row.version,
    isProtected: row.deletion_protection,
    openOperation: id !== null && type !== null ? { id, type, isForced: forced === true } : null,
  };
}

/** SQL conditions of a filter; appends their values. The text depends only on which members are given. */
function conditionsOf(filter: InstanceFilter, values: unknown[]): string[] {
  const conditions = ['tenant_id = $1'];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`);
  };
  equal('status', filter.status);
  equal('type', filter.type);
  equal('flavor', filter.flavor);
  equal('name', filter.name);
  if (filter.before !== undefined) conditions.push(`id < $${values.push(filter.before)}`);
  if (filter.metadata !== undefined) {
    // The first condition matches the partial index; the planner does not derive it.
    const place = values.push(JSON.stringify(filter.metadata));
    conditions.push(
      `metadata <> '{}' AND tenant_metadata(tenant_id, metadata) @> tenant_metadata($1, $${place}::jsonb)`,
    );
  }
  return conditions;
}
