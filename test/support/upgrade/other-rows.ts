import {
  at,
  CLAIM,
  DRIVER,
  id,
  INSTANCE,
  OPERATION,
  SESSION,
  TENANT,
  WEBHOOK,
  type Filling,
  type Rows,
} from './expressions';
import { columnIn } from './schema-changes';
import { SNAPSHOTS } from './snapshot-rows';

const USAGE = ['vcpus', 'ram_gb', 'disk_gb', 'gpus'];
const SUMS = Object.fromEntries(USAGE.map((column) => [column, `sum(${column}) FILTER (WHERE counted)`]));

const warmPools: Rows = {
  table: 'warm_pools',
  columns: {
    name: `'pool-' || n`,
    flavor: `'small'`,
    image_id: `CASE WHEN n % 2 = 0 THEN 'image' ELSE '' END`,
    type: `'vm'`,
    size: 'n',
    failures: 'n % 3',
    failed_at: `CASE WHEN n % 3 > 0 THEN ${at('n')} END`,
    last_error: `CASE WHEN n % 3 > 0 THEN 'the host is full' END`,
    retry_at: `CASE WHEN n % 3 > 0 THEN ${at('n + 2')} END`,
    created_at: at('n'),
    updated_at: at('n + 1'),
  },
  from: 'FROM generate_series(1, 5) AS n',
};

/** Everything that is counted, limited, deduplicated or waiting. */
export function others({ count, version }: Filling): readonly Rows[] {
  const driver = columnIn(version, 'instances.driver');
  const some = (number: number): string => `FROM generate_series(1, ${number}) AS n`;
  return [
    {
      table: 'quotas',
      columns: {
        tenant_id: TENANT,
        instances: '-1',
        vcpus: '1000 + n',
        ram_gb: 'CASE WHEN n % 2 = 0 THEN 4000 END',
        disk_gb: '100000',
        gpus: 'n',
        snapshots: '100 + n',
        snapshot_gb: '10000',
        retain_deleted: `CASE WHEN n % 2 = 0 THEN 'P7D' END`,
        updated_at: at('n'),
      },
      from: some(10),
    },
    ...SNAPSHOTS,
    warmPools,
    {
      table: 'quota_usage',
      columns: {
        tenant_id: 'tenant_id',
        instances: 'count(*) FILTER (WHERE counted)',
        ...SUMS,
        snapshots: '(SELECT count(*) FROM snapshots s WHERE s.tenant_id = i.tenant_id)',
        snapshot_gb:
          '(SELECT coalesce(sum(snapshot_gb), 0) FROM snapshots s WHERE s.tenant_id = i.tenant_id AND counted)',
      },
      from: 'FROM instances i GROUP BY tenant_id',
    },
    {
      table: 'capacities',
      columns: {
        driver,
        ...Object.fromEntries(USAGE.map((column) => [`total_${column}`, '1000000'])),
        total_gpu_models: `'{"a100": 1000000}'`,
        instances: 'count(*) FILTER (WHERE counted)',
        ...SUMS,
      },
      from: `FROM instances WHERE ${driver} <> 'simulated' GROUP BY ${driver}`,
    },
    {
      table: 'hosts',
      columns: {
        id: DRIVER,
        backend_id: DRIVER,
        machine_id: `CASE ${DRIVER} WHEN 'qemu' THEN 'machine' END`,
        created_at: at('n'),
      },
      from: some(3),
    },
    {
      table: 'allocations',
      columns: {
        instance_id: id(INSTANCE),
        operation_id: id(OPERATION),
        tenant_id: TENANT,
        host_id: DRIVER,
        flavor: `'small'`,
        // Usage would include other amounts; it is the sum of the instances here.
        vcpus: '0',
        ram_gb: '0',
        disk_gb: '0',
      },
      from: some(5),
    },
    {
      table: 'host_ports',
      columns: {
        host_id: DRIVER,
        protocol: `'tcp'`,
        port: '30000 + n',
        tenant_id: TENANT,
        instance_id: id(INSTANCE),
      },
      from: some(5),
    },
    {
      table: 'console_sessions',
      columns: {
        id: id(SESSION),
        tenant_id: TENANT,
        instance_id: id(INSTANCE),
        kind: `'exec'`,
        args: `CASE WHEN n % 2 = 0 THEN jsonb_build_object('command', jsonb_build_array('sh')) END`,
        ticket_hash: 'md5(n::text)',
        actor: `'tenant:' || ${TENANT}`,
        request_id: `'request-' || n`,
        created_at: at('n'),
        expires_at: at('n + 30'),
        redeemed_at: `CASE WHEN n % 2 = 1 THEN ${at('n + 1')} END`,
        alive_until: `CASE WHEN n % 2 = 1 THEN ${at('n + 60')} END`,
        ended_at: `CASE WHEN n % 4 = 1 THEN ${at('n + 20')} END`,
        exit_code: 'CASE WHEN n % 4 = 1 THEN 0 END',
      },
      from: some(10),
    },
    {
      table: 'webhooks',
      columns: {
        id: id(WEBHOOK),
        tenant_id: TENANT,
        url: `'https://hooks.example.com/' || n`,
        types: `CASE WHEN n % 2 = 0 THEN ARRAY['*'] ELSE ARRAY['create.*', 'delete.succeeded'] END`,
        secret: `'whsec_' || n`,
        enabled: 'n % 5 <> 4',
        disabled_reason: `CASE WHEN n % 5 = 4 THEN 'gone' END`,
        is_slow: 'n % 3 = 0',
        since: `'10:10:'`,
        until: `CASE WHEN n % 4 = 0 THEN pg_snapshot '20:20:' END`,
        seq: 'n',
        last_seq: 'n + 1',
        moves: 'n + 2',
        created_at: at('n'),
        updated_at: at('n + 1'),
        deleted_at: `CASE WHEN n % 5 = 4 THEN ${at('n + 2')} END`,
      },
      from: some(10),
    },
    {
      table: 'webhook_deliveries',
      columns: {
        webhook_id: id(WEBHOOK, '1 + n % 10'),
        seq: 'n',
        id: id(CLAIM + 1),
        tenant_id: TENANT,
        resource_id: id(INSTANCE),
        type: `'create.succeeded'`,
        body: `'{"type":"create.succeeded"}'`,
        status: `(ARRAY['pending', 'succeeded', 'dead'])[1 + n % 3]`,
        attempts: 'n % 10',
        due_at: at('n'),
        claim: `CASE WHEN n % 6 = 0 THEN ${id(CLAIM)} END`,
        response_status: 'CASE WHEN n % 3 > 0 THEN 200 + n % 3 END',
        error: `CASE WHEN n % 3 = 2 THEN 'failed' END`,
        created_at: at('n'),
        attempted_at: at('n + 1'),
      },
      from: some(30),
    },
    {
      table: 'outbox',
      columns: {
        instance_id: id(INSTANCE),
        tenant_id: TENANT,
        name: `'instance_created'`,
        type: `'vm'`,
        flavor: `'small'`,
        attempts: 'n % 3',
        due_at: at('n'),
        created_at: at('n'),
      },
      from: some(Math.ceil(count / 50)),
    },
    {
      table: 'leases',
      columns: { name: `'outbox'`, owner: `'host:1'`, until: at('1') },
      from: some(1),
    },
    {
      table: 'rate_limits',
      columns: { tenant_id: TENANT, started_at: at('n'), count: 'n' },
      from: some(10),
    },
    {
      table: 'idempotency_keys',
      columns: {
        tenant_id: TENANT,
        key: `'key-' || n`,
        request_hash: 'md5(n::text)',
        attempt: id(128),
        instance_id: `CASE WHEN n % 10 > 0 THEN ${id(INSTANCE)} END`,
        operation_id: `CASE WHEN n % 10 > 1 THEN ${id(OPERATION)} END`,
        status: 'CASE WHEN n % 10 <> 5 THEN 201 END',
        headers: `CASE WHEN n % 10 <> 5 THEN jsonb_build_object('Location', '/api/v1/compute/instances/' || n) END`,
        body: `CASE WHEN n % 10 <> 5 THEN '{"name": "wéb ' || n || '"}' END`,
        created_at: at('n'),
      },
      from: some(Math.ceil(count / 4)),
    },
    {
      table: 'hosts',
      columns: {
        id: `'host-' || n`,
        backend_id: `'qemu'`,
        machine_id: `CASE WHEN n > 1 THEN 'machine-' || n END`,
        replica_url: `CASE WHEN n > 2 THEN 'http://10.0.0.' || n || ':8081' END`,
        contact_lost_at: `CASE WHEN n > 1 THEN ${at('n')} END`,
        contact_at: `CASE WHEN n > 1 THEN ${at('n')} END`,
        boot_id: `CASE WHEN n > 2 THEN 'boot-' || n END`,
        created_at: at('n'),
      },
      from: some(3),
    },
    {
      table: 'orphans',
      columns: {
        driver: DRIVER,
        host_id: DRIVER,
        instance_id: `'orphan-' || n`,
        tenant_id: TENANT,
        first_seen_at: at('n'),
        last_seen_at: at('n + 30'),
      },
      from: some(20),
    },
  ];
}

export const FLAVORS: Rows = {
  table: 'flavors',
  columns: {
    name: 'name',
    vcpus: '8',
    ram_gb: '64',
    disk_gb: '200',
    gpus: 'gpus',
    gpu_model: 'model',
    description: `'For ' || name`,
    retired_at: `CASE name WHEN 'old' THEN ${at('1')} END`,
  },
  from: `FROM (VALUES ('gpu', 2, 'a100'), ('old', 0, NULL)) AS given (name, gpus, model)`,
};
