import { bound, defineConfig, integer } from '../../platform/config';

const DAY_MS = 86_400_000;

export class OperationsConfig extends defineConfig({
  title: 'Operations',
  variables: {
    POWER_WAIT_SECONDS: integer(0, 600, {
      default: 30,
      desc: 'Time that start, stop and delete wait for the engine before they respond with 202',
    }),
    WORKER_CONCURRENCY: integer(1, 10_000, {
      default: 8000,
      desc: 'Maximum number of operations per driver that this replica holds at once, most of them waiting; limits memory',
    }),
    ENGINE_CONCURRENCY: integer(1, 10_000, {
      default: 128,
      desc: 'Maximum number of operations per real engine that this replica runs at once',
    }),
    WORKER_LEASE_SECONDS: integer(1, 3600, {
      default: 15,
      desc: 'Time after which the operations of a crashed replica are taken over',
    }),
    WORKER_POLL_MS: integer(50, 60_000, {
      default: 500,
      desc: 'Interval for polling the queue, in case a notification is lost',
    }),
    OPERATION_TIMEOUT_SECONDS: integer(1, 86_400, {
      default: 600,
      desc: 'Time limit for an operation, including retries and the delays between them',
    }),
    OPERATION_MAX_ATTEMPTS: integer(1, 1000, {
      default: 10,
      desc: 'Maximum number of attempts of an operation',
    }),
    QUOTA_PENDING_OPERATIONS: bound({
      default: 10_000,
      desc: 'Maximum number of unfinished operations per tenant; further creates are rejected; -1 means no limit',
    }),
    HISTORY_RETENTION_DAYS: integer(1, 3650, {
      default: 90,
      desc: 'Days that finished operations are kept',
    }),
  },
  config: (env) => ({
    /** How long a power request waits for its operation before returning 202. */
    powerWaitMs: env.POWER_WAIT_SECONDS * 1000,
    /** Operations of one driver that a replica holds at once: a limit on memory. */
    concurrency: env.WORKER_CONCURRENCY,
    /** Operations of one real engine that a replica runs at once. */
    engineConcurrency: env.ENGINE_CONCURRENCY,
    /** How long a worker keeps a claimed operation without renewing its lease. */
    leaseMs: env.WORKER_LEASE_SECONDS * 1000,
    /** Poll interval of the queue, a safety net for lost notifications. */
    pollMs: env.WORKER_POLL_MS,
    /** Time from the first attempt, retries included, until an operation fails and its instance goes to `error`. */
    timeoutMs: env.OPERATION_TIMEOUT_SECONDS * 1000,
    /** Claims after which an unfinished operation fails. */
    maxAttempts: env.OPERATION_MAX_ATTEMPTS,
    /** Unfinished operations at which a tenant cannot create more instances; -1 means unlimited. */
    maxPending: env.QUOTA_PENDING_OPERATIONS,
    /** Finished operations older than this are deleted. */
    retentionMs: env.HISTORY_RETENTION_DAYS * DAY_MS,
  }),
}) {}
