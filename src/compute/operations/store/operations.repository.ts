import { foreignTo } from '../../../platform/values/tenant';
import { Injectable } from '@nestjs/common';
import { anyUuid, Batcher, Database, PageReads, statementName } from '../../../platform/database';
import type { ResourceType } from '../../resources';
import type { Failure, Operation, OperationStatus } from '../operation';
import type { OperationType } from '../operation-types';

export interface OperationFilter {
  readonly status?: OperationStatus;
  readonly resourceId?: string;
  /** Only operations older than this id. */
  readonly before?: string;
  readonly limit: number;
}

interface OperationRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly resource_type: ResourceType;
  readonly resource_id: string;
  readonly instance_id: string;
  readonly snapshot_id: string | null;
  readonly type: OperationType;
  readonly status: OperationStatus;
  readonly attempts: number;
  readonly error: Failure | null;
  readonly progress: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

/** The progress of a succeeded operation is of no interest. */
const COLUMNS = `id, tenant_id, resource_type, resource_id,
  CASE resource_type WHEN 'snapshot' THEN (args ->> 'instanceId')::uuid ELSE resource_id END AS instance_id,
  CASE resource_type WHEN 'snapshot' THEN resource_id::text ELSE args ->> 'snapshotId' END AS snapshot_id,
  type, status, attempts, error,
  CASE WHEN status <> 'succeeded' THEN progress END AS progress,
  floor(extract(epoch FROM created_at))::int AS created_at,
  floor(extract(epoch FROM started_at))::int AS started_at,
  floor(extract(epoch FROM finished_at))::int AS finished_at`;

/** Operations as tenants see them. */
@Injectable()
export class OperationsRepository {
  private readonly lookups = new Batcher((ids: readonly string[]) => this.findAll(ids));

  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
  ) {}

  /** Batched with lookups of other tenants; returns `foreign` for another tenant's operation. */
  async find(tenantId: string, id: string): Promise<Operation | 'foreign' | undefined> {
    const row = await this.lookups.submit(id.toLowerCase());
    if (!row) return undefined;
    return row.tenant_id === tenantId ? fromRow(row) : foreignTo(row.tenant_id);
  }

  /** Counts the tenant's unfinished operations, up to `atMost`. */
  async countPending(tenantId: string, atMost: number): Promise<number> {
    const { count } = await this.database.one<{ count: number }>({
      name: 'operations_count_pending',
      text: `
        SELECT count(*)::float8 AS count FROM (
          SELECT 1 FROM resource_operations WHERE tenant_id = $1 AND status IN ('pending', 'running') LIMIT $2
        ) pending`,
      values: [tenantId, atMost],
    });
    return count;
  }

  /** Newest first. */
  async list(tenantId: string, filter: OperationFilter): Promise<readonly Operation[]> {
    const values: unknown[] = [tenantId, filter.limit];
    const conditions = ['tenant_id = $1'];
    if (filter.status !== undefined) conditions.push(`status = $${values.push(filter.status)}`);
    if (filter.resourceId !== undefined) conditions.push(`resource_id = $${values.push(filter.resourceId)}`);
    if (filter.before !== undefined) conditions.push(`id < $${values.push(filter.before)}`);
    const where = conditions.join(' AND ');
    const statement = {
      name: statementName('operations', filter),
      text: `SELECT ${COLUMNS} FROM resource_operations WHERE ${where} ORDER BY id DESC LIMIT $2`,
      values,
    };
    const rows = await this.pages.run(tenantId, () => this.database.query<OperationRow>(statement));
    return rows.map(fromRow);
  }

  private async findAll(ids: readonly string[]): Promise<readonly (OperationRow | undefined)[]> {
    const rows = await this.database.query<OperationRow>({
      name: 'operations_find',
      text: `SELECT ${COLUMNS} FROM resource_operations WHERE id = ${anyUuid('$1')}`,
      values: [ids],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }
}

function fromRow(row: OperationRow): Operation {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    instanceId: row.instance_id,
    snapshotId: row.snapshot_id,
    type: row.type,
    status: row.status,
    attempts: row.attempts,
    error: row.error,
    progress: row.progress,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
