import { Injectable } from '@nestjs/common';
import { isUuid } from '../../../platform/values/uuid';
import { Database } from '../../../platform/database';
import type { InventoryItem } from '../../../drivers';
import { HOST_OF_O, type Host } from '../../hosts';
import type { Orphan } from './orphan';

export type Stray = Pick<InventoryItem, 'instanceId' | 'tenantId'>;

const MOST_LISTED = 1000;
/** Longer than an engine's listing and a statement can take. */
const A_MOMENT = '2 minutes';

/** Engine resources whose instance is not stored, across all tenants. */
@Injectable()
export class OrphansRepository {
  constructor(private readonly database: Database) {}

  /**
   * Returns those of the ids, in lower case, that have an instance or had one until a moment ago: an instance deleted
   * while the engine was listing is not an orphan.
   */
  async owned(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ id: string }>({
      name: 'orphans_owned',
      text: `
        SELECT asked.id::text FROM unnest($1::uuid[]) AS asked(id)
        WHERE EXISTS (SELECT FROM instances i WHERE i.id = asked.id)
          OR EXISTS (
            SELECT FROM resource_events e
            WHERE e.resource_id = asked.id AND e.to_status IS NULL AND e.at >= now() - interval '${A_MOMENT}'
          )`,
      values: [ids.filter(isUuid)],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Records that they were seen. @returns those that are new. */
  async upsert({ id, backendId }: Host, strays: readonly Stray[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'orphans_see',
      text: `
        WITH known AS (
          SELECT instance_id FROM orphans o WHERE ${HOST_OF_O} = $1 AND instance_id = ANY($2::text[])
        ), seen AS (
          INSERT INTO orphans (host_id, driver, instance_id, tenant_id)
          SELECT DISTINCT ON (instance_id) $1, $4, instance_id, tenant_id
          FROM unnest($2::text[], $3::text[]) AS stray(instance_id, tenant_id) ORDER BY instance_id
          ON CONFLICT (driver, instance_id) DO UPDATE SET last_seen_at = now(), host_id = excluded.host_id
          RETURNING instance_id
        )
        SELECT instance_id AS id FROM seen WHERE instance_id NOT IN (SELECT instance_id FROM known)`,
      values: [
        id,
        strays.map(({ instanceId }) => instanceId),
        strays.map(({ tenantId }) => tenantId),
        backendId,
      ],
    });
    return rows.map(({ id }) => id);
  }

  /** Deletes all orphans of the host that are not among these. */
  async keepOnly(hostId: string, ids: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'orphans_keep',
      text: `DELETE FROM orphans o WHERE ${HOST_OF_O} = $1 AND instance_id <> ALL($2::text[])`,
      values: [hostId, ids],
    });
  }

  /** Returns those first seen at least `graceMs` ago, oldest first. */
  async overdue(hostId: string, graceMs: number, limit: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'orphans_overdue',
      text: `
        SELECT instance_id AS id FROM orphans o
        WHERE ${HOST_OF_O} = $1 AND first_seen_at <= now() - $2::bigint * interval '1 millisecond'
        ORDER BY first_seen_at, instance_id LIMIT $3`,
      values: [hostId, graceMs, limit],
    });
    return rows.map(({ id }) => id);
  }

  async remove(hostId: string, id: string): Promise<void> {
    await this.database.query({
      name: 'orphans_forget',
      text: `DELETE FROM orphans o WHERE ${HOST_OF_O} = $1 AND instance_id = $2`,
      values: [hostId, id],
    });
  }

  /** For operators: the first thousand, oldest first. */
  list(): Promise<readonly Orphan[]> {
    return this.database.query<Orphan>({
      name: 'orphans_list',
      text: `
        SELECT driver, instance_id AS "instanceId", tenant_id AS "tenantId",
          floor(extract(epoch FROM first_seen_at))::int AS "firstSeenAt",
          floor(extract(epoch FROM last_seen_at))::int AS "lastSeenAt"
        FROM orphans ORDER BY first_seen_at, driver, instance_id LIMIT ${MOST_LISTED}`,
      values: [],
    });
  }
}
