import {
  at,
  ATTACHMENT,
  deleted,
  DRIVER,
  existing,
  flavor,
  id,
  INSTANCE,
  NETWORKS,
  OPERATION,
  size,
  TENANT,
  VERSIONS,
  VOLUMES,
  type Filling,
  type Rows,
} from './expressions';

export function instances({ count, version }: Filling): Rows {
  const isRetained = version >= 26 ? 'n % 20 = 13' : 'false';
  return {
    table: 'instances',
    columns: {
      id: id(INSTANCE),
      tenant_id: TENANT,
      name: `'wéb "' || n || '" \\'`,
      type: `CASE WHEN n % 3 = 1 THEN 'container' ELSE 'vm' END`,
      flavor: flavor(version),
      image_id: `(ARRAY['ubuntu-22.04', 'nginx:1.27', ''])[1 + n % 3]`,
      status: `CASE WHEN n % 20 < 10 THEN 'running' WHEN ${isRetained} THEN 'deleted' WHEN n % 20 < 15 THEN 'stopped' WHEN n % 20 = 15 THEN 'creating'
        WHEN n % 20 = 16 THEN 'restarting' WHEN n % 20 = 18 THEN 'running' ELSE 'error' END`,
      status_reason: `CASE WHEN n % 20 IN (17, 19) THEN E'failed:\\n"' || n || '"' WHEN n % 20 = 15 THEN 'pulling' END`,
      version: VERSIONS,
      network_ids: NETWORKS,
      volume_ids: VOLUMES,
      metadata: `CASE WHEN n % 4 = 0 THEN '{}' ELSE
        jsonb_build_object('team', 'team-' || n % 9, E'k"ey\\t', 'ä€😀' || n, 'empty', '') END`,
      driver: DRIVER,
      host_id: `CASE WHEN n % 2 = 0 THEN ${DRIVER} END`,
      handle: `CASE WHEN n % 20 <> 15 THEN jsonb_build_object('v', 1, 'data', jsonb_build_object('container', md5(n::text)))
        || CASE WHEN n % 3 = 1 THEN jsonb_build_object('ports', jsonb_build_array(jsonb_build_object('port', 80,
          'protocol', 'tcp', 'address', '127.0.0.1', 'hostPort', 20000 + n % 9999))) ELSE '{}' END END`,
      created_at: at('n'),
      updated_at: at('n + 0.5'),
      vcpus: size('vcpus', version),
      ram_gb: size('ram_gb', version),
      disk_gb: size('disk_gb', version),
      gpus: size('gpus', version),
      counted: 'n % 20 <> 17',
      deletion_protection: 'n % 7 = 0',
      guest: `CASE WHEN n % 3 = 1 THEN jsonb_build_object('command', jsonb_build_array('sleep', n::text),
        'environment', jsonb_build_object('A', n::text)) ELSE '{}' END`,
      observed: `CASE WHEN n % 20 < 15 AND n % 2 = 0 THEN jsonb_build_object('presence', 'present', 'power', 'running',
        'at', 1767225600 + n) END`,
      autostart: 'n % 5 = 0',
      restart_policy: `jsonb_build_object('condition', CASE WHEN n % 3 = 0 THEN 'on-failure' ELSE 'never' END,
        'maxRestarts', 1 + n % 100)`,
      ended_at: `CASE WHEN n % 20 = 12 THEN ${at('n + 0.4')} END`,
      restart_at: `CASE WHEN n % 20 = 12 THEN ${at('n + 1')} END`,
      deleted_at: `CASE WHEN ${isRetained} THEN ${at('n + 0.4')} END`,
      purge_at: `CASE WHEN ${isRetained} THEN ${at('n + 86400')} END`,
      ran_before_deletion: `CASE WHEN ${isRetained} THEN n % 3 = 0 END`,
      restarts: 'n % 4',
      restarted_at: `CASE WHEN n % 4 > 0 THEN ${at('n + 0.2')} END`,
      ready: 'CASE WHEN n % 6 < 4 THEN n % 6 < 2 END',
      ready_at: `CASE WHEN n % 6 < 2 THEN ${at('n + 0.3')} END`,
      started_at: `CASE WHEN n % 20 < 10 THEN ${at('n + 0.1')} END`,
      paused_for: `CASE WHEN n % 20 < 5 THEN n * interval '1 second' ELSE '0' END`,
      paused_at: `CASE WHEN n % 40 = 18 THEN ${at('n + 0.3')} END`,
      probe_at: `CASE WHEN n % 6 = 2 THEN ${at('n + 2')} END`,
    },
    from: existing(count),
  };
}

export function events({ count }: Filling): readonly Rows[] {
  const columns = {
    instance_id: id(INSTANCE),
    version: 'version',
    tenant_id: TENANT,
    type: `(ARRAY['create.requested', 'create.succeeded', 'stop.requested', 'stop.succeeded', 'updated'])[version]`,
    from_status: `CASE version WHEN 1 THEN NULL WHEN 2 THEN 'creating' ELSE 'running' END`,
    to_status: `CASE version WHEN 1 THEN 'creating' WHEN 4 THEN 'stopped' ELSE 'running' END`,
    reason: `CASE WHEN n % 11 = 0 THEN 'net-' || n END`,
    request_id: `CASE WHEN n % 6 > 0 THEN 'request-' || n || '-0' END`,
    operation_id: `CASE WHEN version <= 2 THEN ${id(OPERATION)} END`,
    at: at('n + version'),
    actor: `CASE WHEN n % 3 > 0 THEN 'tenant:' || ${TENANT} ELSE 'system:reconciler' END`,
  };
  const numbers = (last: string): string =>
    `CROSS JOIN LATERAL generate_series(1, ${last}) AS version ORDER BY version, n`;
  return [
    { table: 'instance_events', columns, from: `${existing(count)} ${numbers(VERSIONS)}` },
    {
      table: 'instance_events',
      columns: {
        ...columns,
        type: `(ARRAY['create.requested', 'create.succeeded', 'delete.requested', 'delete.succeeded'])[version]`,
        to_status: `CASE WHEN version < 4 THEN 'running' END`,
      },
      from: `${deleted(count)} ${numbers('4')}`,
    },
  ];
}

export function attachments({ count }: Filling): readonly Rows[] {
  const attachment = (slot: number, from: string, columns: Readonly<Record<string, string>>): Rows => ({
    table: 'attachments',
    columns: {
      id: id(ATTACHMENT + slot),
      tenant_id: TENANT,
      instance_id: id(INSTANCE),
      kind: `'network'`,
      state: `'attached'`,
      unchecked: 'n % 2 = 0',
      delete_on_termination: 'n % 4 = 1',
      ...columns,
    },
    from,
  });
  const spec = `jsonb_build_object('name', 'net-' || n, 'cidr', '10.0.0.0/24')`;
  const doubtful = `CASE WHEN n % 40 > 20 THEN ${at('n + 60')} END`;
  const live = existing(count);
  return [
    attachment(0, `${live} WHERE cardinality(${NETWORKS}) >= 1`, { resource_id: `'net-' || n % 1000` }),
    attachment(1, `${live} WHERE cardinality(${NETWORKS}) = 2`, { resource_id: `'other-' || n % 10` }),
    attachment(2, `${live} WHERE cardinality(${VOLUMES}) = 1`, {
      kind: `'volume'`,
      resource_id: `'vol-' || n`,
    }),
    attachment(3, `${live} WHERE n % 20 = 1`, {
      kind: `'volume'`,
      resource_id: `'new-' || n`,
      state: `'planned'`,
    }),
    attachment(4, `${live} WHERE n % 20 = 2`, { resource_id: `'old-' || n`, state: `'releasing'` }),
    attachment(5, `${live} WHERE n % 20 = 15`, { spec, state: `'planned'`, doubtful_until: doubtful }),
    attachment(6, `${live} WHERE n % 20 = 17`, { spec, state: `'undoing'`, resource_id: `'made-' || n` }),
    attachment(7, `${deleted(count)} WHERE n % 2 = 0`, { resource_id: `'left-' || n`, state: `'releasing'` }),
  ];
}
