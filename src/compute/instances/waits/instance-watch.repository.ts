import { Injectable } from '@nestjs/common';
import { anyUuid, Batcher, Database } from '../../../platform/database';
import { hasOpenOperation } from '../../operations';
import type { InstanceDocument, InstanceStatus } from '../instance';
import { IS_NOT_DELETED } from '../store/instance.sql';

/** The state of an instance for requests that wait for it. */
export interface InstanceSnapshot extends InstanceDocument {
  readonly tenantId: string;
  readonly status: InstanceStatus;
  readonly statusReason: string | null;
  /** Null without a readiness probe. */
  readonly ready: boolean | null;
  /** Whether the service probes the guest. */
  readonly isProbed: boolean;
  /** Whether an operation is in progress; a cleanup does not count. */
  readonly isBusy: boolean;
}

interface SnapshotRow extends InstanceSnapshot {
  readonly id: string;
}

/** Reads for waiting requests, for which deleted instances are gone, across all tenants: callers must check the tenant. */
@Injectable()
export class InstanceWatchRepository {
  private readonly looks = new Batcher((ids: readonly string[]) => this.lookAll(ids));

  constructor(private readonly database: Database) {}

  /** The current state; undefined if the instance does not exist. */
  look(id: string): Promise<InstanceSnapshot | undefined> {
    return this.looks.submit(id);
  }

  /** The tenant of a deleted instance; undefined if the history does not contain it. */
  async formerTenantOf(id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ tenantId: string }>({
      name: 'instance_former_tenant',
      text: 'SELECT tenant_id AS "tenantId" FROM resource_events WHERE resource_id = $1 LIMIT 1',
      values: [id],
    });
    return row?.tenantId;
  }

  /** Ids of the given instances that have another version or are gone. */
  async changedAmong(versions: ReadonlyMap<string, number>): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'instances_changed',
      text: `
        SELECT known.id FROM unnest($1::uuid[], $2::int[]) AS known(id, version)
        LEFT JOIN instances i ON i.id = known.id
        WHERE i.version IS DISTINCT FROM known.version`,
      values: [[...versions.keys()], [...versions.values()]],
    });
    return rows.map(({ id }) => id);
  }

  private async lookAll(ids: readonly string[]): Promise<readonly (InstanceSnapshot | undefined)[]> {
    const rows = await this.database.query<SnapshotRow>({
      name: 'instances_look',
      text: `
        SELECT i.id, i.tenant_id AS "tenantId", i.status, i.status_reason AS "statusReason", i.version, i.document,
          i.ready, i.probe_at IS NOT NULL AS "isProbed",
          ${hasOpenOperation('i.id')} AS "isBusy"
        FROM instances i WHERE i.id = ${anyUuid('$1')} AND i.${IS_NOT_DELETED}`,
      values: [ids],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }
}
