import { resolve } from 'node:path';
import { cleanEnv, str, type CleanedEnv, type ReporterOptions } from 'envalid';
import type { AppConfig, LogFormat, OperationsConfig } from './app-config';
import { AUTH_ENVIRONMENT, authProblems, toAuthConfig } from './auth.environment';
import { ConfigurationError } from './configuration.error';
import { RECONCILER_ENVIRONMENT, toReconciler } from './reconciler.environment';
import { PLATFORM_SERVICES_ENVIRONMENT, toPlatformServices, toOutbox } from './platform-services.environment';
import { DOCKER_ENVIRONMENT, dockerProblems, toDockerConfig } from './docker.environment';
import { QEMU_ENVIRONMENT, toQemu } from './qemu.environment';
import { HTTP_ENVIRONMENT, STREAMS_ENVIRONMENT, toHttp, toStreams } from './http.environment';
import { QUOTA_ENVIRONMENT, SIMULATED_ENVIRONMENT, toLimits, toSimulated } from './resources.environment';
import { renameWarnings, withCurrentNames } from './renamed-settings';
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
    desc: 'Minimum log level: fatal, error, warn, info, debug, trace or silent',
  }),
  LOG_FORMAT: str<LogFormat>({
    choices: ['auto', 'json', 'pretty'],
    default: 'auto',
    desc: 'Format of log lines: json, pretty, or auto, which is pretty if standard output is a terminal',
  }),
  DATABASE_URL: postgresUrl({
    default: '',
    desc: 'PostgreSQL 15 or newer; empty means the embedded database in DATA_DIR',
  }),
  DATA_DIR: path({
    default: './data',
    desc: 'Directory of the embedded database; only one process can use it',
  }),
  DATABASE_POOL_SIZE: integer(
    1,
    500,
  )({ default: 10, desc: 'Maximum number of connections to PostgreSQL; one more is used for notifications' }),
  DATABASE_CONNECT_TIMEOUT_MS: integer(
    100,
    60_000,
  )({ default: 10_000, desc: 'Time limit for waiting for a free connection; then the response is 503' }),
  DATABASE_QUERY_TIMEOUT_MS: integer(100, 600_000)({ default: 10_000, desc: 'Time limit for one statement' }),
  TENANT_HEADER: matching(
    /^[A-Za-z0-9-]{1,64}$/,
    'an HTTP header name',
  )({
    default: 'X-Tenant-ID',
    desc: 'Header that contains the tenant',
  }),
  TENANT_REQUIRED: flag({
    default: false,
    desc: 'Reject requests without a tenant instead of using "default": true or false',
  }),
  ...AUTH_ENVIRONMENT,
  RATE_LIMIT_PER_MINUTE: integer(
    0,
    1_000_000,
  )({
    default: 0,
    desc: 'Maximum number of requests per tenant and minute, over all replicas; 0 means no limit',
  }),
  ...QUOTA_ENVIRONMENT,
  DRIVER_VM: str({ default: 'simulated', desc: 'Driver for instances of type vm' }),
  DRIVER_CONTAINER: str({ default: 'simulated', desc: 'Driver for instances of type container' }),
  IMAGES_FILE: path({
    default: '',
    desc: 'JSON file with the image catalog; empty means no catalog',
  }),
  IMAGES_REGISTRIES: registries({
    default: 'docker.io',
    desc: 'Registries whose images tenants may name, separated by commas; DOCKER_REGISTRY is added; * means any',
  }),
  DEPLOYMENT_NAME: matching(
    /^[a-z0-9-]{1,64}$/,
    'up to 64 of a-z, 0-9 and "-"',
  )({
    default: 'default',
    desc: 'Name in the tags of everything that this service creates at engines; an id of the database is appended',
  }),
  ...SIMULATED_ENVIRONMENT,
  ...DOCKER_ENVIRONMENT,
  ...QEMU_ENVIRONMENT,
  POWER_WAIT_SECONDS: integer(
    0,
    600,
  )({
    default: 30,
    desc: 'Time that start, stop and delete wait for the engine before they respond with 202',
  }),
  WORKER_CONCURRENCY: integer(
    1,
    10_000,
  )({
    default: 8000,
    desc: 'Maximum number of operations per driver that this replica holds at once, most of them waiting; limits memory',
  }),
  ENGINE_CONCURRENCY: integer(
    1,
    10_000,
  )({
    default: 128,
    desc: 'Maximum number of operations per real engine (docker, qemu) that this replica runs at once',
  }),
  WORKER_LEASE_SECONDS: integer(
    1,
    3600,
  )({ default: 15, desc: 'Time after which the operations of a crashed replica are taken over' }),
  WORKER_POLL_MS: integer(
    50,
    60_000,
  )({ default: 500, desc: 'Interval for polling the queue, in case a notification is lost' }),
  OPERATION_TIMEOUT_SECONDS: integer(
    1,
    86_400,
  )({
    default: 600,
    desc: 'Time limit for an operation, including retries and the delays between them',
  }),
  OPERATION_MAX_ATTEMPTS: integer(
    1,
    1000,
  )({ default: 10, desc: 'Maximum number of attempts of an operation' }),
  ...PLATFORM_SERVICES_ENVIRONMENT,
  HISTORY_RETENTION_DAYS: integer(1, 3650)({ default: 90, desc: 'Days that finished operations are kept' }),
  EVENT_RETENTION_DAYS: integer(1, 3650)({ default: 90, desc: 'Days that events of instances are kept' }),
  EVENT_HEARTBEAT_SECONDS: integer(
    1,
    3600,
  )({ default: 15, desc: 'Interval of the heartbeats in event streams' }),
  ...STREAMS_ENVIRONMENT,
  FOLLOW_POLL_SECONDS: integer(
    1,
    3600,
  )({
    default: 5,
    desc: 'Interval at which waits and event streams poll the database, in case a notification is lost',
  }),
  IDEMPOTENCY_KEY_HOURS: integer(
    1,
    720,
  )({ default: 24, desc: 'Hours that a request can be repeated with its Idempotency-Key' }),
  ...RECONCILER_ENVIRONMENT,
  SHUTDOWN_GRACE_SECONDS: integer(
    0,
    600,
  )({ default: 20, desc: 'Time after SIGTERM to finish work in progress' }),
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

/** Warnings about settings with deprecated names, and variables that are probably misspelled settings. */
export function settingWarnings(variables: NodeJS.ProcessEnv = process.env): readonly string[] {
  return [...renameWarnings(variables), ...unknownSettings(variables, Object.keys(ENVIRONMENT))];
}

function freeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) freeze(member);
  return Object.freeze(value);
}

function parse(variables: NodeJS.ProcessEnv): Environment {
  // An empty value means "not set", because compose files pass optional variables that way.
  const given = Object.fromEntries(
    Object.entries(withCurrentNames(variables)).filter(([, value]) => value !== ''),
  );
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
    logFormat: env.LOG_FORMAT,
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
    platformServices: toPlatformServices(env),
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
