import { resolve } from 'node:path';
import { cleanEnv, str, type CleanedEnv, type ReporterOptions } from 'envalid';
import type { AppConfig, OperationsConfig } from './app-config';
import { AUTH_ENVIRONMENT, authProblems, toAuthConfig } from './auth.environment';
import { ConfigurationError } from './configuration.error';
import { RECONCILER_ENVIRONMENT, toReconciler } from './reconciler.environment';
import { NEIGHBOURS_ENVIRONMENT, toNeighbours, toOutbox } from './neighbours.environment';
import { DOCKER_ENVIRONMENT, dockerProblems, toDockerConfig } from './docker.environment';
import { QEMU_ENVIRONMENT, toQemu } from './qemu.environment';
import { HTTP_ENVIRONMENT, STREAMS_ENVIRONMENT, toHttp, toStreams } from './http.environment';
import { QUOTA_ENVIRONMENT, SIMULATED_ENVIRONMENT, toLimits, toSimulated } from './resources.environment';
import { unknownSettings } from './unknown-settings';
import { flag, integer, listOf, logLevel, matching, path, postgresUrl, registries } from './validators';

const HOUR_MS = 3_600_000;

/**
 * Every environment variable of the service: its parser, default and description. `.env.example` repeats this list for
 * readers; a test keeps them in sync.
 */
export const ENVIRONMENT = {
  ...HTTP_ENVIRONMENT,
  SERVICE_NAME: matching(
    /^[\w.-]{1,64}$/,
    'up to 64 letters, digits, "_", "." or "-"',
  )({
    default: 'compute-service',
    desc: 'Name of this service in logs and metrics',
  }),
  LOG_LEVEL: logLevel({
    default: 'info',
    desc: 'Least severe log line that is written: fatal, error, warn, info, debug, trace or silent',
  }),
  DATABASE_URL: postgresUrl({
    default: '',
    desc: 'PostgreSQL 15 or newer; empty means the embedded database in DATA_DIR',
  }),
  DATA_DIR: path({ default: './data', desc: 'Directory of the embedded database, used by one process only' }),
  DATABASE_POOL_SIZE: integer(
    1,
    500,
  )({ default: 10, desc: 'Connections to PostgreSQL, one more than these is kept for notifications' }),
  DATABASE_CONNECT_TIMEOUT_MS: integer(
    100,
    60_000,
  )({ default: 10_000, desc: 'How long a request waits for a free connection before it is answered 503' }),
  DATABASE_QUERY_TIMEOUT_MS: integer(
    100,
    600_000,
  )({ default: 10_000, desc: 'How long one statement may run' }),
  TENANT_HEADER: matching(
    /^[A-Za-z0-9-]{1,64}$/,
    'an HTTP header name',
  )({
    default: 'X-Tenant-ID',
    desc: 'Header in which the gateway names the tenant',
  }),
  TENANT_REQUIRED: flag({
    default: false,
    desc: 'Refuse a request that names no tenant, instead of taking "default": true or false',
  }),
  ...AUTH_ENVIRONMENT,
  RATE_LIMIT_PER_MINUTE: integer(
    0,
    1_000_000,
  )({
    default: 0,
    desc: 'Requests that a tenant may make in a minute, at all replicas together; 0 is no limit',
  }),
  ...QUOTA_ENVIRONMENT,
  DRIVER_VM: str({ default: 'simulated', desc: 'Driver for instances of type vm' }),
  DRIVER_CONTAINER: str({ default: 'simulated', desc: 'Driver for instances of type container' }),
  IMAGES_FILE: path({
    default: '',
    desc: 'Catalogue of the images that instances start from, a JSON file; empty is no catalogue',
  }),
  IMAGES_REGISTRIES: registries({
    default: 'docker.io',
    desc: 'Registries that tenants may name images of, separated by commas; DOCKER_REGISTRY is added; * is any',
  }),
  DEPLOYMENT_NAME: matching(
    /^[a-z0-9-]{1,64}$/,
    'up to 64 of a-z, 0-9 and "-"',
  )({
    default: 'default',
    desc: 'Marks what this service makes at engines, with an id of its database behind it',
  }),
  ...SIMULATED_ENVIRONMENT,
  ...DOCKER_ENVIRONMENT,
  ...QEMU_ENVIRONMENT,
  POWER_WAIT_SECONDS: integer(
    0,
    600,
  )({ default: 30, desc: 'How long start, stop and delete wait for the engine before they answer 202' }),
  WORKER_CONCURRENCY: integer(
    1,
    10_000,
  )({
    default: 8000,
    desc: 'Operations of one driver that this replica holds at once, most of them waiting: a limit on memory',
  }),
  ENGINE_CONCURRENCY: integer(
    1,
    10_000,
  )({
    default: 128,
    desc: 'Operations of one real engine (docker, qemu) that this replica runs at once',
  }),
  WORKER_LEASE_SECONDS: integer(
    1,
    3600,
  )({ default: 15, desc: 'Time after which the operations of a dead replica are taken over' }),
  WORKER_POLL_MS: integer(
    50,
    60_000,
  )({ default: 500, desc: 'How often the queue is looked at without being notified' }),
  OPERATION_TIMEOUT_SECONDS: integer(
    1,
    86_400,
  )({
    default: 600,
    desc: 'Working time of an operation, retries and the delays between them included, before it fails',
  }),
  OPERATION_MAX_ATTEMPTS: integer(
    1,
    1000,
  )({ default: 10, desc: 'Attempts after which an operation is given up' }),
  ...NEIGHBOURS_ENVIRONMENT,
  HISTORY_RETENTION_DAYS: integer(1, 3650)({ default: 90, desc: 'How long finished operations are kept' }),
  EVENT_RETENTION_DAYS: integer(1, 3650)({ default: 90, desc: 'How long the events of instances are kept' }),
  EVENT_HEARTBEAT_SECONDS: integer(
    1,
    3600,
  )({ default: 15, desc: 'How often an event stream shows that it is alive' }),
  ...STREAMS_ENVIRONMENT,
  FOLLOW_POLL_SECONDS: integer(
    1,
    3600,
  )({ default: 5, desc: 'How often waits and event streams look at the database without being notified' }),
  IDEMPOTENCY_KEY_HOURS: integer(
    1,
    720,
  )({ default: 24, desc: 'How long a request may be repeated with its Idempotency-Key' }),
  ...RECONCILER_ENVIRONMENT,
  SHUTDOWN_GRACE_SECONDS: integer(
    0,
    600,
  )({ default: 20, desc: 'Time after SIGTERM to finish what is at work' }),
};

type Environment = CleanedEnv<typeof ENVIRONMENT>;

/**
 * Parses the environment into the configuration.
 * @throws {ConfigurationError} that names every invalid key and its expected value.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): AppConfig {
  const environment = parse(variables);
  const problems = [...authProblems(environment), ...dockerProblems(environment)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return freeze(toConfig(environment, variables['PATH']));
}

/** Warnings about variables that are probably misspelled settings. */
export function settingWarnings(variables: NodeJS.ProcessEnv = process.env): readonly string[] {
  return unknownSettings(variables, Object.keys(ENVIRONMENT));
}

function freeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) freeze(member);
  return Object.freeze(value);
}

function parse(variables: NodeJS.ProcessEnv): Environment {
  // An empty value means "not set", because compose files pass optional variables that way.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  return cleanEnv(given, ENVIRONMENT, { reporter: refuse });
}

function refuse({ errors }: ReporterOptions<unknown>): void {
  const problems = Object.entries<Error | undefined>(errors).flatMap(([key, error]) =>
    error ? [`${key} ${error.message}`] : [],
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function toConfig(env: Environment, searchPath: string | undefined): AppConfig {
  return {
    serviceName: env.SERVICE_NAME,
    logLevel: env.LOG_LEVEL,
    http: toHttp(env),
    database: {
      url: env.DATABASE_URL || undefined,
      dataDir: resolve(env.DATA_DIR),
      poolSize: env.DATABASE_POOL_SIZE,
      connectTimeoutMs: env.DATABASE_CONNECT_TIMEOUT_MS,
      queryTimeoutMs: env.DATABASE_QUERY_TIMEOUT_MS,
    },
    tenancy: { header: env.TENANT_HEADER, defaultTenant: 'default', isRequired: env.TENANT_REQUIRED },
    auth: toAuthConfig(env),
    rateLimit: { perMinute: env.RATE_LIMIT_PER_MINUTE },
    quotas: { limits: toLimits(env) },
    drivers: { vm: env.DRIVER_VM, container: env.DRIVER_CONTAINER },
    images: {
      file: env.IMAGES_FILE === '' ? undefined : resolve(env.IMAGES_FILE),
      registries: [...listOf(env.IMAGES_REGISTRIES), ...listOf(env.DOCKER_REGISTRY)],
    },
    simulated: toSimulated(env),
    deployment: env.DEPLOYMENT_NAME,
    docker: toDockerConfig(env),
    qemu: toQemu(env, { dataDir: env.DATA_DIR, searchPath }),
    operations: toOperations(env),
    idempotency: {
      retentionMs: env.IDEMPOTENCY_KEY_HOURS * HOUR_MS,
      maxKeys: env.QUOTA_IDEMPOTENCY_KEYS,
    },
    events: {
      pollMs: env.FOLLOW_POLL_SECONDS * 1000,
      heartbeatMs: env.EVENT_HEARTBEAT_SECONDS * 1000,
      retentionMs: env.EVENT_RETENTION_DAYS * 24 * HOUR_MS,
      streams: toStreams(env),
    },
    neighbours: toNeighbours(env),
    outbox: toOutbox(env),
    reconciler: toReconciler(env),
    shutdownGraceMs: env.SHUTDOWN_GRACE_SECONDS * 1000,
  };
}

function toOperations(env: Environment): OperationsConfig {
  return {
    concurrency: env.WORKER_CONCURRENCY,
    engineConcurrency: env.ENGINE_CONCURRENCY,
    leaseMs: env.WORKER_LEASE_SECONDS * 1000,
    pollMs: env.WORKER_POLL_MS,
    timeoutMs: env.OPERATION_TIMEOUT_SECONDS * 1000,
    maxAttempts: env.OPERATION_MAX_ATTEMPTS,
    maxPending: env.QUOTA_PENDING_OPERATIONS,
    powerWaitMs: env.POWER_WAIT_SECONDS * 1000,
    retentionMs: env.HISTORY_RETENTION_DAYS * 24 * HOUR_MS,
  };
}
