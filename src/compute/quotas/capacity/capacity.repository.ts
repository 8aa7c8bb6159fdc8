import { Injectable } from '@nestjs/common';
import { UNBOUNDED, type Amounts } from '../../../drivers/port/resources';
import { Database } from '../../../platform/database';
import type { Capacity } from '../../../drivers';
import type { Engine } from '../quota';
import { HOST_OF_I } from '../../hosts';
import { AMOUNTS_JSON, ENGINES_JSON } from '../quota.row';
import type { FlavorCount } from '../quotas.repository';

export interface Totals {
  readonly allocated: Amounts;
  readonly engines: readonly Engine[];
}

/** No operation in progress could use or end it. A deletion ends the allocation of the operation that it cancelled. */
const IS_ABANDONED = `NOT EXISTS (
  SELECT FROM resource_operations o
  WHERE o.resource_id = a.instance_id AND o.type <> 'cleanup' AND o.status IN ('pending', 'running')
)`;
const SUMS = 'sum(vcpus) AS vcpus, sum(ram_gb) AS ram_gb, sum(disk_gb) AS disk_gb';

const RELEASE_ABANDONED = `
  WITH abandoned AS MATERIALIZED (
    SELECT a.instance_id, a.tenant_id, a.host_id FROM allocations a WHERE ${IS_ABANDONED}
  ), used AS MATERIALIZED (
    SELECT u.tenant_id FROM quota_usage u WHERE u.tenant_id IN (SELECT tenant_id FROM abandoned)
    ORDER BY u.tenant_id FOR UPDATE
  ), room AS MATERIALIZED (
    SELECT c.host_id FROM host_inventory c
    WHERE c.host_id IN (SELECT host_id FROM abandoned) AND (SELECT count(*) FROM used) >= 0
    ORDER BY c.host_id FOR UPDATE
  ), ended AS (
    DELETE FROM allocations a USING abandoned b
    WHERE a.instance_id = b.instance_id AND ${IS_ABANDONED} AND (SELECT count(*) FROM room) >= 0
    RETURNING a.*
  ), given_back AS (
    UPDATE quota_usage u
    SET vcpus = u.vcpus - s.vcpus, ram_gb = u.ram_gb - s.ram_gb, disk_gb = u.disk_gb - s.disk_gb
    FROM (SELECT tenant_id, ${SUMS} FROM ended GROUP BY tenant_id) s WHERE u.tenant_id = s.tenant_id
  )
  UPDATE host_inventory c
  SET vcpus = c.vcpus - s.vcpus, ram_gb = c.ram_gb - s.ram_gb, disk_gb = c.disk_gb - s.disk_gb
  FROM (SELECT host_id, ${SUMS} FROM ended GROUP BY host_id) s WHERE c.host_id = s.host_id`;

/** Capacity of the engines and usage of all tenants, for operators and for startup. */
@Injectable()
export class CapacityRepository {
  constructor(private readonly database: Database) {}

  /** Reads one row per tenant, not per instance. */
  totals(): Promise<Totals> {
    return this.database.one<Totals>({
      name: 'capacity_totals',
      text: `
        SELECT ${AMOUNTS_JSON} AS allocated, ${ENGINES_JSON} AS engines FROM (
          SELECT coalesce(sum(instances), 0) AS instances, coalesce(sum(vcpus), 0) AS vcpus,
            coalesce(sum(ram_gb), 0) AS ram_gb, coalesce(sum(disk_gb), 0) AS disk_gb,
            coalesce(sum(gpus), 0) AS gpus
          FROM quota_usage
        ) sums`,
      values: [],
    });
  }

  /** Reads an index on all instances. */
  countByFlavor(): Promise<readonly FlavorCount[]> {
    return this.database.query<FlavorCount>({
      name: 'capacity_flavors',
      text: `
        SELECT all_of.flavor AS name, (all_of.count - coalesce(uncounted.count, 0))::float8 AS instances
        FROM (SELECT flavor, count(*) FROM instances GROUP BY flavor) all_of
        LEFT JOIN (SELECT flavor, count(*) FROM instances WHERE NOT counted GROUP BY flavor) uncounted
          USING (flavor)`,
      values: [],
    });
  }

  /**
   * Stores the capacity of a host; writes nothing if it is unchanged. From then on, its usage is counted
   * and limited.
   *
   * The first count is taken under a table lock: writes to `instances` in progress finish first, and those that wait
   * for the lock see the new row.
   */
  async upsert(hostId: string, { vcpus, ramGB, diskGB, gpus, gpuModels }: Capacity): Promise<void> {
    const models = gpuModels && gpus !== UNBOUNDED ? JSON.stringify(gpuModels) : null;
    const totals = [vcpus, ramGB, diskGB, gpus, models];
    const known = await this.database.query({
      name: 'capacity_change',
      text: `
        WITH changed AS (
          UPDATE host_inventory SET total_vcpus = $2, total_ram_gb = $3, total_disk_gb = $4, total_gpus = $5,
            total_gpu_models = $6
          WHERE host_id = $1 AND (total_vcpus, total_ram_gb, total_disk_gb, total_gpus, total_gpu_models)
            IS DISTINCT FROM ($2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::jsonb)
        )
        SELECT 1 FROM host_inventory WHERE host_id = $1`,
      values: [hostId, ...totals],
    });
    if (known.length > 0) return;
    await this.database.transaction(async (session) => {
      await session.script('LOCK TABLE instances IN SHARE MODE');
      await session.query({
        name: '',
        text: `
          INSERT INTO host_inventory (host_id, total_vcpus, total_ram_gb, total_disk_gb, total_gpus,
            total_gpu_models, instances, vcpus, ram_gb, disk_gb, gpus)
          SELECT $1, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::jsonb, coalesce(sum(instances), 0),
            coalesce(sum(vcpus), 0), coalesce(sum(ram_gb), 0), coalesce(sum(disk_gb), 0), coalesce(sum(gpus), 0)
          FROM (
            SELECT 1 AS instances, vcpus, ram_gb, disk_gb, gpus FROM instances i WHERE ${HOST_OF_I} = $1 AND counted
            UNION ALL
            SELECT 0, vcpus, ram_gb, disk_gb, 0 FROM allocations WHERE host_id = $1
          ) held
          ON CONFLICT (host_id) DO NOTHING`,
        values: [hostId, ...totals],
      });
    });
  }

  /** Whether there are allocations to release; writes nothing, so that a replica can start on a read-only database. */
  async hasAbandoned(): Promise<boolean> {
    const found = await this.database.query({
      name: 'allocations_find_abandoned',
      text: `SELECT FROM allocations a WHERE ${IS_ABANDONED} LIMIT 1`,
      values: [],
    });
    return found.length > 0;
  }

  /** Ends allocations whose operation was ended by a replica of a version without allocations. */
  async releaseAbandoned(): Promise<void> {
    await this.database.transaction(async (session) => {
      // Waits for the first count of a host, which includes allocations.
      await session.script('LOCK TABLE instances IN ROW EXCLUSIVE MODE');
      await session.query({ name: '', text: RELEASE_ABANDONED, values: [] });
    });
  }

  /** Hosts whose usage is counted. */
  async hosts(): Promise<readonly string[]> {
    const rows = await this.database.query<{ host_id: string }>({
      name: 'capacity_hosts',
      text: 'SELECT host_id FROM host_inventory',
      values: [],
    });
    return rows.map((row) => row.host_id);
  }

  /** Stops counting the host's usage; creations no longer lock its row. */
  async remove(hostId: string): Promise<void> {
    await this.database.query({
      name: 'capacity_forget',
      text: 'DELETE FROM host_inventory WHERE host_id = $1',
      values: [hostId],
    });
  }
}
