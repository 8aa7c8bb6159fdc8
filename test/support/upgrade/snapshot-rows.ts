import { at, DRIVER, id, INSTANCE, SNAPSHOT, TENANT, VOLUMES, type Rows } from './expressions';

const snapshots: Rows = {
  table: 'snapshots',
  columns: {
    id: id(SNAPSHOT),
    tenant_id: TENANT,
    instance_id: id(INSTANCE),
    name: `'snapshot-' || n`,
    status: `CASE WHEN n % 5 = 0 THEN 'error' ELSE 'available' END`,
    status_reason: `CASE WHEN n % 5 = 0 THEN 'snapshot failed: no' END`,
    metadata: `jsonb_build_object('release', n::text)`,
    include_memory: 'n % 2 = 0',
    quiesce: 'n % 3 = 0',
    type: `'vm'`,
    flavor: `'small'`,
    vcpus: '1',
    ram_gb: '1',
    disk_gb: '10',
    gpus: '0',
    image_id: `'debian'`,
    excluded_volume_ids: VOLUMES,
    size_bytes: `CASE WHEN n % 5 > 0 THEN 1000000 * n END`,
    snapshot_gb: 'CASE WHEN n % 2 = 0 THEN 11 ELSE 10 END',
    counted: 'n % 5 > 0',
    driver: DRIVER,
    host_id: DRIVER,
    handle: `CASE WHEN n % 5 > 0 THEN jsonb_build_object('v', 1, 'data', '{}'::jsonb) END`,
    uses: 'n % 3',
    expires_at: `CASE WHEN n % 4 = 0 THEN ${at('n')} END`,
    scheduled_for: `CASE WHEN n % 7 = 0 THEN ${at('n')} END`,
    retention_due: 'n % 14 = 0',
    created_at: at('n'),
    updated_at: at('n + 1'),
    version: '2',
  },
  from: 'FROM generate_series(1, 40) AS n',
};

const tenantImages: Rows = {
  table: 'tenant_images',
  columns: {
    tenant_id: TENANT,
    id: `'golden-' || n`,
    name: `'Golden ' || n`,
    description: `'For release ' || n`,
    snapshot_id: id(SNAPSHOT),
    created_at: at('n'),
  },
  from: 'FROM generate_series(1, 20) AS n',
};

const snapshotSchedules: Rows = {
  table: 'snapshot_schedules',
  columns: {
    instance_id: id(INSTANCE),
    tenant_id: TENANT,
    cron: `'0 2 * * *'`,
    time_zone: `'Europe/Berlin'`,
    keep_last: '1',
    keep_daily: '7',
    keep_weekly: 'n % 5',
    next_at: at('n'),
    claimed_until: `CASE WHEN n % 3 = 0 THEN ${at('n + 60')} END`,
    last_at: `CASE WHEN n % 2 = 0 THEN ${at('n - 1')} END`,
    last_error: `CASE WHEN n % 4 = 0 THEN 'Instance is busy' END`,
    created_at: at('n'),
    updated_at: at('n + 1'),
  },
  from: 'FROM generate_series(1, 20) AS n',
};

/** Snapshots, in an order in which their foreign keys exist. */
export const SNAPSHOTS: readonly Rows[] = [snapshots, tenantImages, snapshotSchedules];
