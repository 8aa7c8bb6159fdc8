import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import type { Account, OwnLimits, TenantCounted } from './quota';
import { ENGINES_JSON, TENANT_AMOUNTS_JSON } from './quota.row';

export interface AccountRow extends Pick<Account, 'engines'> {
  /** Null if no operator has set any. */
  readonly limits: OwnLimits | null;
  readonly retainDeleted: string | null;
  /** Null if the tenant never had an instance. */
  readonly usage: Account['usage'] | null;
}

export interface LimitChanges extends Readonly<Partial<Record<TenantCounted, number | null>>> {
  readonly retainDeleted?: string | null;
}

export interface FlavorCount {
  readonly name: string;
  readonly instances: number;
}

/** Limits and usage of one tenant. The statements in `instances` write the usage. */
@Injectable()
export class QuotasRepository {
  constructor(private readonly database: Database) {}

  /** One statement, so that the numbers are consistent. */
  account(tenantId: string): Promise<AccountRow> {
    return this.database.one<AccountRow>({
      name: 'quota_account',
      text: `
        SELECT (SELECT ${TENANT_AMOUNTS_JSON} FROM quotas WHERE tenant_id = $1) AS limits,
          (SELECT retain_deleted FROM quotas WHERE tenant_id = $1) AS "retainDeleted",
          (SELECT ${TENANT_AMOUNTS_JSON} FROM quota_usage WHERE tenant_id = $1) AS usage,
          ${ENGINES_JSON} AS engines`,
      values: [tenantId],
    });
  }

  /** Sets the given limits and keeps the others. */
  async setLimits(tenantId: string, limits: LimitChanges): Promise<void> {
    await this.database.query({
      name: 'quota_set',
      text: `
        INSERT INTO quotas AS q (tenant_id, instances, vcpus, ram_gb, disk_gb, gpus, snapshots, snapshot_gb, retain_deleted)
        SELECT $1, "instances", "vcpus", "ramGB", "diskGB", "gpus", "snapshots", "snapshotGB", "retainDeleted"
        FROM jsonb_to_record($2::jsonb) AS given("instances" integer, "vcpus" integer, "ramGB" integer, "diskGB" integer,
          "gpus" integer, "snapshots" integer, "snapshotGB" integer, "retainDeleted" text)
        ON CONFLICT (tenant_id) DO UPDATE SET updated_at = now(),
          instances = CASE WHEN $2::jsonb ? 'instances' THEN excluded.instances ELSE q.instances END,
          vcpus = CASE WHEN $2::jsonb ? 'vcpus' THEN excluded.vcpus ELSE q.vcpus END,
          ram_gb = CASE WHEN $2::jsonb ? 'ramGB' THEN excluded.ram_gb ELSE q.ram_gb END,
          disk_gb = CASE WHEN $2::jsonb ? 'diskGB' THEN excluded.disk_gb ELSE q.disk_gb END,
          gpus = CASE WHEN $2::jsonb ? 'gpus' THEN excluded.gpus ELSE q.gpus END,
          snapshots = CASE WHEN $2::jsonb ? 'snapshots' THEN excluded.snapshots ELSE q.snapshots END,
          snapshot_gb = CASE WHEN $2::jsonb ? 'snapshotGB' THEN excluded.snapshot_gb ELSE q.snapshot_gb END,
          retain_deleted = CASE
            WHEN $2::jsonb ? 'retainDeleted' THEN excluded.retain_deleted ELSE q.retain_deleted
          END`,
      values: [tenantId, JSON.stringify(limits)],
    });
  }

  /**
   * The tenant's counted instances by flavor: all instances, from the flavor index, minus those in the small index of
   * uncounted ones.
   */
  countByFlavor(tenantId: string): Promise<readonly FlavorCount[]> {
    return this.database.query<FlavorCount>({
      name: 'quota_flavors',
      text: `
        SELECT all_of.flavor AS name, (all_of.count - coalesce(uncounted.count, 0))::float8 AS instances
        FROM (
          SELECT flavor, count(*) FROM instances WHERE tenant_id = $1 GROUP BY flavor
        ) all_of LEFT JOIN (
          SELECT flavor, count(*) FROM instances WHERE tenant_id = $1 AND NOT counted GROUP BY flavor
        ) uncounted USING (flavor)`,
      values: [tenantId],
    });
  }
}
