import { EventsConfig } from './compute/events/events.config';
import { OperationsConfig } from './compute/operations/operations.config';
import { ReconcilerConfig } from './compute/reconciler/reconciler.config';
import { ConfigurationError } from './platform/config';
import { DatabaseConfig } from './platform/database/database.config';
import { HttpConfig } from './platform/http/http.config';
import { ServiceConfig } from './platform/service.config';
import { settings } from './settings';

/** Bounds of numeric settings. Values outside and non-integers must be rejected. */
const WHOLE_NUMBERS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  PORT: [0, 65_535],
  DATABASE_POOL_SIZE: [1, 500],
  DATABASE_CONNECT_TIMEOUT_MS: [100, 60_000],
  DATABASE_QUERY_TIMEOUT_MS: [100, 600_000],
  JWT_JWKS_CACHE_SECONDS: [1, 86_400],
  JWT_JWKS_TIMEOUT_MS: [50, 60_000],
  RATE_LIMIT_PER_MINUTE: [0, 1_000_000],
  PROVISION_DELAY_MS: [0, 3_600_000],
  RESTART_DELAY_MS: [0, 3_600_000],
  QUOTA_INSTANCES: [-1, 1_000_000_000],
  QUOTA_VCPUS: [-1, 1_000_000_000],
  QUOTA_RAM_GB: [-1, 1_000_000_000],
  QUOTA_DISK_GB: [-1, 1_000_000_000],
  QUOTA_GPUS: [-1, 1_000_000_000],
  QUOTA_SNAPSHOTS: [-1, 1_000_000_000],
  QUOTA_SNAPSHOT_GB: [-1, 1_000_000_000],
  QUOTA_PENDING_OPERATIONS: [-1, 1_000_000_000],
  QUOTA_IDEMPOTENCY_KEYS: [-1, 1_000_000_000],
  SIMULATED_VCPUS: [-1, 1_000_000_000],
  SIMULATED_RAM_GB: [-1, 1_000_000_000],
  SIMULATED_DISK_GB: [-1, 1_000_000_000],
  DOCKER_TIMEOUT_SECONDS: [1, 600],
  DOCKER_STOP_SECONDS: [0, 3600],
  DOCKER_PIDS_LIMIT: [1, 4_194_304],
  QEMU_STOP_SECONDS: [0, 3600],
  QEMU_CONSOLE_BYTES: [4096, 67_108_864],
  POWER_WAIT_SECONDS: [0, 600],
  WORKER_CONCURRENCY: [1, 10_000],
  ENGINE_CONCURRENCY: [1, 10_000],
  WORKER_LEASE_SECONDS: [1, 3600],
  WORKER_POLL_MS: [50, 60_000],
  OPERATION_TIMEOUT_SECONDS: [1, 86_400],
  OPERATION_MAX_ATTEMPTS: [1, 1000],
  SERVICE_TIMEOUT_MS: [50, 60_000],
  CIRCUIT_FAILURES: [1, 1000],
  CIRCUIT_OPEN_MS: [50, 600_000],
  VOLUME_WAIT_SECONDS: [1, 3600],
  VOLUME_SETTLE_MS: [0, 60_000],
  OUTBOX_MAX_ROWS: [1, 10_000_000],
  OUTBOX_MAX_AGE_HOURS: [1, 8760],
  HEALTH_REPORT_SECONDS: [1, 3600],
  HISTORY_RETENTION_DAYS: [1, 3650],
  EVENT_RETENTION_DAYS: [1, 3650],
  EVENT_HEARTBEAT_SECONDS: [1, 3600],
  FOLLOW_POLL_SECONDS: [1, 3600],
  IDEMPOTENCY_KEY_HOURS: [1, 720],
  RECONCILE_SECONDS: [1, 3600],
  ORPHAN_GRACE_SECONDS: [-1, 31_536_000],
  EVENT_STREAM_MAX_SECONDS: [1, 604_800],
  EVENT_STREAM_IDLE_SECONDS: [1, 604_800],
  BODY_LIMIT_BYTES: [1024, 67_108_864],
  REQUEST_TIMEOUT_SECONDS: [1, 600],
  BODY_TIMEOUT_SECONDS: [1, 600],
  KEEP_ALIVE_SECONDS: [1, 3600],
  SHUTDOWN_GRACE_SECONDS: [0, 600],
};
/** Bounds of the other integers, as the error message states them. */
const DECLARED_BOUNDS = Object.fromEntries(
  Object.keys(settings.variables)
    .filter((key) => !(key in WHOLE_NUMBERS))
    .flatMap((key) => {
      const [, min, max] =
        /^\w+ must be an integer from (-?\d+) to (\d+)$/.exec(problemsOf({ [key]: '~ ' })[0] ?? '') ?? [];
      return min === undefined || max === undefined ? [] : [[key, [Number(min), Number(max)] as const]];
    }),
);
const INTEGERS = { ...WHOLE_NUMBERS, ...DECLARED_BOUNDS };
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  SERVICE_NAME: ['two words', 'a'.repeat(65), 'ä'],
  LOG_LEVEL: ['loud', 'INFO'],
  LOG_FORMAT: ['text', 'JSON'],
  DATABASE_URL: ['mysql://host/database', 'host:5432', 'postgresql//host'],
  NETWORK_SERVICE_URL: ['localhost:8080', 'ftp://host', 'http://host?x=1', 'http://:secret@host'],
  STORAGE_SERVICE_URL: ['localhost:8080', 'ftp://host', 'http://host?x=1', 'http://me:secret@host'],
  MONITORING_SERVICE_URL: ['localhost:8080', 'ftp://host', 'http://host?x=1', 'http://me:secret@host'],
  DEPLOYMENT_NAME: ['Two', 'a b', 'x'.repeat(65), '../x'],
  SIMULATED_GPUS: ['-2', '1.5', 'nvidia-l40s', 'nvidia-l40s:0', 'a:1,a:2', 'a:1, b:1'],
  HOST_PORTS: ['30000', '80-90', '32767-30000', '30000-65536', '30000-32767,40000', 'any'],
  DOCKER_HOST: [
    '/var/run/docker.sock',
    'unix://',
    'tcp://host',
    'tcp://me:secret@host:1',
    'http://host:2375',
  ],
  DOCKER_PULL: ['sometimes', 'Always'],
  DOCKER_REGISTRY: ['https://host', 'host/path', 'host:port', 'me@host'],
  DOCKER_NETWORK: ['../x', 'two words', '-x'],
  DOCKER_NETWORK_NAME: ['net', '../{id}', 'net {id}', '{id}/x'],
  DOCKER_VOLUME_NAME: ['vol', '/{id}', 'vol {id}', '{id}{id}'],
  DOCKER_PUBLISH_ADDRESS: ['localhost', '127.0.0.1/8'],
  DOCKER_CPU_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many', '1.'],
  DOCKER_RAM_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many', '0.0'],
  DOCKER_DISK_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many', '.5'],
  IMAGES_REGISTRIES: ['https://ghcr.io', 'ghcr.io/team', 'a b', 'docker.io,*.example.com', 'host:port'],
  CORS_ORIGINS: [
    'example.com',
    'https://a/',
    'https://a,b',
    'https://A b',
    'file:///x',
    'null',
    'https://*.a',
  ],
  REPLICA_URL: ['10.0.0.5:8081', 'ftp://host', 'http://host/', 'http://host/path', 'http://me@host'],
  PUBLIC_URL: ['compute.example.com', 'ftp://host', 'https://host/', 'https://host?x=1', 'https://me@host'],
  EVENT_STREAMS: ['true', 'OFF', 'no'],
  WEBHOOK_RETRY_SECONDS: [',', '1,x', '-1', '1.5', '604801', Array(51).fill('1').join(',')],
  WEBHOOK_ALLOW_HTTP: ['yes', 'TRUE', '2'],
  WEBHOOK_ALLOWED_NETWORKS: [
    '10.0.0.0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0/8',
    'example.com/8',
    '10.0.0.0/8/8',
  ],
  WEBHOOK_DNS_SERVERS: ['dns.example.com', '10.0.0.53:', '10.0.0.53:65536', '[10.0.0', '[::1]:x'],
  TENANT_HEADER: ['X Tenant', 'X_Tenant', 'X:Tenant'],
  TENANT_REQUIRED: ['yes', 'TRUE', '2'],
  AUTH_MODE: ['none', 'JWT', 'gateway,jwt'],
  GATEWAY_TOKEN: ['two words', 'ä', 'x'.repeat(513), 'line\nbreak'],
  OPERATOR_TOKEN: ['two words', 'ä', 'x'.repeat(513), 'x=y', 'comma,'],
  JWT_JWKS_URL: [
    'idp/keys',
    'ftp://idp/keys',
    'file:///etc/keys',
    'https://me:secret@idp/keys',
    'https://idp/#a',
  ],
  JWT_TENANT_CLAIM: ['tenant id', 'ä', 'x'.repeat(257)],
  CONSOLE_OIDC_CLIENT_ID: ['two words', 'ä', 'x'.repeat(513)],
  CONSOLE_OIDC_SCOPE: ['openid  email', ' openid', 'openid,"email"', 'ä'],
  CONSOLE_USAGE_URL: ['grafana.example.com', 'javascript:alert(1)', 'https://', 'https://a b'],
  QEMU_ACCELERATOR: ['hvf', 'KVM', 'kvm,tcg'],
  QEMU_NETWORK: ['open', 'bridge', 'bridge:', 'bridge:br0,helper=/tmp/x', `bridge:${'b'.repeat(16)}`],
  QEMU_PUBLISH_ADDRESS: ['localhost', '127.0.0.1:80', '::1', '1.2.3.4,id=x'],
  QEMU_USER: ['two words', 'root:root', '-x', 'a'.repeat(33)],
  QEMU_CPU_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many'],
  QEMU_RAM_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many'],
  QEMU_DISK_OVERCOMMIT: ['0', '0.05', '101', '1.234', '1e1', '-1', 'many'],
  JWT_ROLES_CLAIM: ['my roles', 'ä', 'x'.repeat(257)],
};
const PATHS = ['DATA_DIR', 'IMAGES_FILE', 'QEMU_DIR', 'QEMU_BINARY', 'QEMU_IMG_BINARY'];
const CREDENTIALS = ['DOCKER_REGISTRY_USER', 'DOCKER_REGISTRY_PASSWORD'];
/** Any text is valid; mistakes show only on use. */
const FREE_TEXT = ['HOST', 'JWT_ISSUER', 'JWT_AUDIENCE', 'DRIVER_VM', 'DRIVER_CONTAINER', ...CREDENTIALS];

const BAD: readonly (readonly [key: string, value: string])[] = [
  ...Object.entries(INTEGERS).flatMap(([key, [min, max]]) =>
    [String(min - 1), String(max + 1), '1.5', '1e2', '0x10', 'many', '1 2'].map(
      (value) => [key, value] as const,
    ),
  ),
  ...Object.entries(OTHERS).flatMap(([key, values]) => values.map((value) => [key, value] as const)),
  ...PATHS.flatMap((key) =>
    ['~', '~/data', '~user/data', '$HOME/data', '${HOME}/data'].map((value) => [key, value] as const),
  ),
];

function problemsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    settings.read(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('is tested with every setting', () => {
    const tested = [...Object.keys(INTEGERS), ...Object.keys(OTHERS), ...PATHS, ...FREE_TEXT];

    expect(tested.toSorted()).toEqual(Object.keys(settings.variables).toSorted());
  });

  it.each(BAD)('rejects %s=%s and names the setting', (key, value) => {
    const problems = problemsOf({ [key]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`${key} `)).toBe(true);
  });

  it.each(Object.entries(INTEGERS))('accepts the bounds of %s', (key, [min, max]) => {
    expect(problemsOf({ [key]: String(min) })).toEqual([]);
    expect(problemsOf({ [key]: String(max) })).toEqual([]);
  });

  it('states the valid range of a number', () => {
    expect(problemsOf({ PORT: '70000' })).toEqual(['PORT must be an integer from 0 to 65535']);
  });

  it('reports all bad settings at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', TENANT_HEADER: 'a b', DATA_DIR: '/fine' });

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'TENANT_HEADER']);
  });

  it('does not repeat a bad connection string, which may hold a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://me:secret@host/database' }).join()).not.toContain('secret');
  });

  it.each(['GATEWAY_TOKEN', 'OPERATOR_TOKEN'])('does not repeat a bad %s', (key) => {
    expect(problemsOf({ [key]: 'nearly a secret' }).join()).not.toContain('secret');
  });

  it('treats an empty value as the default', () => {
    const empty = Object.fromEntries(Object.keys(settings.variables).map((key) => [key, '']));

    expect(settings.read(empty)).toEqual(settings.read({}));
  });

  it('uses the embedded database without a connection string', () => {
    expect(new DatabaseConfig({}).url).toBeUndefined();
    expect(new DatabaseConfig({ DATABASE_URL: 'postgres://host/db' }).url).toBe('postgres://host/db');
  });

  it('converts every unit into milliseconds', () => {
    const config = settings.read({
      REQUEST_TIMEOUT_SECONDS: '2',
      KEEP_ALIVE_SECONDS: '3',
      WORKER_LEASE_SECONDS: '4',
      OPERATION_TIMEOUT_SECONDS: '5',
      POWER_WAIT_SECONDS: '6',
      SHUTDOWN_GRACE_SECONDS: '7',
      HISTORY_RETENTION_DAYS: '8',
      EVENT_RETENTION_DAYS: '9',
      EVENT_HEARTBEAT_SECONDS: '10',
      FOLLOW_POLL_SECONDS: '11',
      EVENT_STREAM_MAX_SECONDS: '12',
      EVENT_STREAM_IDLE_SECONDS: '13',
      BODY_TIMEOUT_SECONDS: '14',
      WORKER_POLL_MS: '90',
    });

    const operations = config.get(OperationsConfig);

    expect(config.get(HttpConfig)).toMatchObject({
      requestTimeoutMs: 2000,
      keepAliveMs: 3000,
      bodyTimeoutMs: 14_000,
    });
    expect(operations).toMatchObject({ leaseMs: 4000, timeoutMs: 5000, powerWaitMs: 6000, pollMs: 90 });
    expect(config.get(ServiceConfig).shutdownGraceMs).toBe(7000);
    expect(operations.retentionMs).toBe(8 * 24 * 60 * 60 * 1000);
    expect(config.get(EventsConfig)).toMatchObject({
      retentionMs: 9 * 24 * 60 * 60 * 1000,
      heartbeatMs: 10_000,
      pollMs: 11_000,
      streams: { maxMs: 12_000, idleMs: 13_000 },
    });
  });

  it('treats an orphan grace period of -1 as unlimited', () => {
    expect(new ReconcilerConfig({ RECONCILE_SECONDS: '2', ORPHAN_GRACE_SECONDS: '3' })).toMatchObject({
      intervalMs: 2000,
      orphanGraceMs: 3000,
    });
    expect(new ReconcilerConfig({ ORPHAN_GRACE_SECONDS: '0' }).orphanGraceMs).toBe(0);
    expect(new ReconcilerConfig({ ORPHAN_GRACE_SECONDS: '-1' }).orphanGraceMs).toBeUndefined();
  });

  it('ignores variables that are not settings', () => {
    expect(settings.read({ HOME: '/root', PORTS: 'x' })).toEqual(settings.read({}));
  });

  it('returns a frozen configuration', () => {
    const config = settings.read({});

    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.get(HttpConfig))).toBe(true);
    expect(() => Object.assign(config.get(ServiceConfig), { name: 'another' })).toThrow(TypeError);
  });
});
