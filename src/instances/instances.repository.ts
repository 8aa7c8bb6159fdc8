import { Injectable } from '@nestjs/common';
import type { InstanceType } from '../common/instance-type';
import { Database, statementName } from '../database';
import type { InstanceDocument, InstanceState, InstanceStatus } from './instance';

/** A row of another tenant: nothing of it leaves the repository. */
export type Foreign = 'foreign';

export interface InstanceFilter {
  readonly status?: InstanceStatus;
  readonly type?: InstanceType;
  readonly flavor?: string;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Rows older than this id only. */
  readonly before?: string;
  readonly limit: number;
}

export interface InstancePage {
  /** JSON texts of the instances, joined by commas, in pieces. */
  readonly documents: readonly string[];
  /** Id of the last instance of the page; null on the last page. */
  readonly lastId: string | null;
}

export interface InstancePatch {
  readonly name?: string;
  readonly clearsMetadata: boolean;
  readonly setMetadata: Readonly<Record<string, string>>;
  readonly removeMetadata: readonly string[];
  /** Versions to which the change may be applied; undefined means any. */
  readonly versions: readonly number[] | undefined;
  readonly requestId: string;
}

interface DocumentRow extends InstanceDocument {
  readonly tenant_id: string;
}

/** Some instances of a page; those that did not fit on it have no text. */
interface ChunkRow {
  readonly documents: string | null;
  readonly lastId: string;
}

interface StateRow {
  readonly tenant_id: string;
  readonly status: InstanceStatus;
  readonly version: number;
  readonly operation_id: string | null;
  readonly operation_type: string | null;
}

/** What an answer may weigh: a thousand instances with full metadata would be twenty times this. */
const MAX_PAGE_BYTES = 4_194_304;

const CHUNK = 100;

const PATCHED = `((CASE WHEN $5::boolean THEN '{}' ELSE metadata END || $6::jsonb) - $7::text[])`;

/** Instances as tenants see and edit them. What operations do to them is in `LifecycleRepository`. */
@Injectable()
export class InstancesRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, id: string): Promise<InstanceDocument | Foreign | undefined> {
    const [row] = await this.database.query<DocumentRow>({
      name: 'instance_find',
      text: 'SELECT tenant_id, version, document FROM instances WHERE id = $1',
      values: [id],
    });
    if (!row) return undefined;
    return row.tenant_id === tenantId ? row : 'foreign';
  }

  async state(tenantId: string, id: string): Promise<InstanceState | Foreign | undefined> {
    const [row] = await this.database.query<StateRow>({
      name: 'instance_state',
      text: `
        SELECT i.tenant_id, i.status, i.version, o.id AS operation_id, o.type AS operation_type
        FROM instances i
        LEFT JOIN operations o ON o.instance_id = i.id AND o.status IN ('pending', 'running')
        WHERE i.id = $1`,
      values: [id],
    });
    if (!row) return undefined;
    return row.tenant_id === tenantId ? toState(row) : 'foreign';
  }

  /**
   * Newest first. The database joins the documents, which is several times faster than doing it here,
   * in chunks that arrive as whole messages: one text of all of them costs twice the time to receive.
   * A page ends early where it would grow past `MAX_PAGE_BYTES`, but never before its first row.
   */
  async list(tenantId: string, filter: InstanceFilter): Promise<InstancePage> {
    const values: unknown[] = [tenantId, filter.limit];
    const where = conditionsOf(filter, values).join(' AND ');
    const chunks = await this.database.query<ChunkRow>({
      name: statementName('instances', filter),
      text: `
        SELECT string_agg(document, ',' ORDER BY place) FILTER (WHERE chunk >= 0) AS documents,
          min(id::text COLLATE "C") AS "lastId"
        FROM (
          SELECT id, document, place,
            CASE WHEN place <= $2 AND (place = 1 OR bytes <= ${MAX_PAGE_BYTES})
              THEN (place - 1) / ${CHUNK} ELSE -1 END AS chunk
          FROM (
            SELECT id, document, row_number() OVER rows AS place, sum(octet_length(document)) OVER rows AS bytes
            FROM instances WHERE ${where}
            WINDOW rows AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING)
            ORDER BY id DESC LIMIT $2::int + 1
          ) page
        ) chunked
        GROUP BY chunk ORDER BY chunk DESC`,
      values,
    });
    return toPage(chunks);
  }

  /** The changed instance, or undefined where no row fits: the caller reads again to tell why. */
  async patch(tenantId: string, id: string, patch: InstancePatch): Promise<InstanceDocument | undefined> {
    const [row] = await this.database.query<InstanceDocument>({
      name: 'instance_patch',
      text: `
        WITH patched AS (
          UPDATE instances
          SET name = coalesce($4, name), metadata = ${PATCHED}, version = version + 1, updated_at = now()
          WHERE id = $2 AND tenant_id = $1 AND ($3::int[] IS NULL OR version = ANY($3))
            AND (SELECT count(*) FROM jsonb_object_keys(${PATCHED})) <= 64
          RETURNING id, tenant_id, version, status, document
        ), event AS (
          INSERT INTO instance_events (instance_id, version, tenant_id, type, from_status, to_status, request_id)
          SELECT id, version, tenant_id, 'updated', status, status, $8 FROM patched
        )
        SELECT document, version FROM patched`,
      values: [
        tenantId,
        id,
        patch.versions ?? null,
        patch.name ?? null,
        patch.clearsMetadata,
        JSON.stringify(patch.setMetadata),
        patch.removeMetadata,
        patch.requestId,
      ],
    });
    return row;
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

/** Chunks arrive last first, and behind them what tells that there is more. */
function toPage(chunks: readonly ChunkRow[]): InstancePage {
  const onPage = chunks.flatMap(({ documents }) => (documents === null ? [] : [documents])).reverse();
  const isLast = onPage.length === chunks.length;
  return { documents: onPage, lastId: isLast ? null : (chunks[0]?.lastId ?? null) };
}

function toState(row: StateRow): InstanceState {
  const { operation_id: id, operation_type: type } = row;
  return {
    status: row.status,
    version: row.version,
    openOperation: id !== null && type !== null ? { id, type } : null,
  };
}

/** SQL conditions of a filter; their values are appended. The text depends on which members are given only. */
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
    // The first condition is the one of the partial index, which the planner does not derive.
    const place = values.push(JSON.stringify(filter.metadata));
    conditions.push(
      `metadata <> '{}' AND tenant_metadata(tenant_id, metadata) @> tenant_metadata($1, $${place}::jsonb)`,
    );
  }
  return conditions;
}
