import type { CatalogGroup } from './entry';

/** Failures of the service itself. */
export const SERVICE_ERRORS = {
  internal_error: {
    status: 500,
    example: 'Internal error; find it in the log by its request id',
    retryable: false,
    meaning: 'The service has a bug. The request may or may not have been processed.',
    remedy: 'Check the resource before you repeat the request, and report the `requestId`.',
  },
  database_unavailable: {
    status: 503,
    example: 'The database is unavailable; try again',
    retryable: true,
    meaning: 'The database did not answer. A write may have been committed nevertheless.',
    remedy: 'Repeat after `Retry-After`; use an `Idempotency-Key` for creates.',
  },
  not_ready: {
    status: 503,
    example: 'Not ready: database down',
    retryable: true,
    meaning: 'This replica cannot serve requests; `checks` contains the cause.',
    remedy: 'Send requests to another replica. Operators: fix the failed checks.',
  },
  engine_unavailable: {
    status: 503,
    example: 'The engine docker is unavailable (connect ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The engine of the instance is unreachable or too slow. The instance itself may be healthy.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the engines.',
  },
  engine_failed: {
    status: 503,
    example: 'start failed: no memory left on the host',
    retryable: true,
    meaning: 'The engine failed to carry out the operation; `detail` contains its message.',
    remedy: 'Check the status of the instance. If it is not in `error`, repeat after `Retry-After`.',
  },
  engine_refused: {
    status: 409,
    example: 'console failed: the log is kept elsewhere',
    retryable: false,
    meaning: 'The engine is reachable but cannot provide this data; `detail` contains its message.',
    remedy: 'Fix the cause in `detail`; otherwise the request will fail again.',
  },
  operation_timeout: {
    status: 503,
    example: 'stop failed: the operation timed out',
    retryable: true,
    meaning: 'The operation did not finish within `OPERATION_TIMEOUT_SECONDS` and was stopped.',
    remedy: 'Check the status of the instance. If it is not in `error`, repeat after `Retry-After`.',
  },
  operation_given_up: {
    status: 503,
    example: 'stop failed: given up after 10 attempts that never finished',
    retryable: true,
    meaning: 'The worker crashed while processing this operation, `OPERATION_MAX_ATTEMPTS` times.',
    remedy: 'Report the `operationId`: this operation may be crashing the service.',
  },
  operation_failed: {
    status: 503,
    example: 'start failed: no reason was recorded',
    retryable: true,
    meaning: 'The operation failed; the cause is only in the log of the service.',
    remedy: 'Repeat after `Retry-After`; if it fails again, report the `operationId`.',
  },
  too_many_waits: {
    status: 503,
    example: 'Too many requests are already waiting; try again',
    retryable: true,
    meaning: 'This replica has reached its limit of waiting requests, for this tenant or in total.',
    remedy: 'Close some of them, or follow `GET /events` instead; another replica may have capacity.',
  },
  too_many_lists: {
    status: 503,
    example: 'Too many lists are being read; try again',
    retryable: true,
    meaning:
      'A replica reads only a few list pages at once, and tenants take turns. The queue was full, so this list was not read.',
    remedy: 'Repeat after `Retry-After`, with fewer concurrent lists. To follow changes, use `GET /events`.',
  },
  too_many_unread_answers: {
    status: 503,
    example: 'Too many responses are unread by clients; try again',
    retryable: true,
    meaning:
      'This replica has reached its limit of response bytes that clients have not read, for this tenant or in total.',
    remedy:
      'Read responses promptly, request smaller pages, and repeat after `Retry-After`; another replica may have capacity.',
  },
  too_many_streams: {
    status: 503,
    example: 'Too many event streams are open; try again',
    retryable: true,
    meaning: 'The tenant, or this replica, has reached its limit of open streams.',
    remedy: 'Close some streams: one stream of `GET /events` covers all instances of a tenant.',
  },
  shutting_down: {
    status: 503,
    example: 'This replica is shutting down; try again',
    retryable: true,
    meaning: 'The replica that held the request is shutting down.',
    remedy: 'Repeat the request; another replica answers.',
  },
  jwks_unavailable: {
    status: 503,
    example: 'The keys for verifying bearer tokens cannot be fetched; try again',
    retryable: true,
    meaning: "The issuer's keys could not be fetched, so the bearer token could not be verified.",
    remedy: 'Repeat after `Retry-After`. Operators: check `JWT_JWKS_URL` and the issuer.',
  },
} as const satisfies CatalogGroup;

/** Errors of background work, which appear only in the log. */
export const BACKGROUND_ERRORS = {
  operation_interrupted: {
    status: 409,
    example: 'interrupted: shutdown',
    retryable: true,
    meaning:
      'A replica stopped processing an operation because it is shutting down, or because a delete cancelled the operation.',
    remedy: 'No action needed; another replica continues.',
  },
  operation_lost: {
    status: 409,
    example: 'another worker has taken over the operation',
    retryable: true,
    meaning: 'A replica did not renew its lease of an operation in time, and another replica has taken over.',
    remedy: 'No action needed if it is rare. If it is frequent, the database or the machine is overloaded.',
  },
  metric_refused: {
    status: 503,
    example: 'Monitoring returned status 400',
    retryable: true,
    meaning: 'The Monitoring service rejected a metric or a health report; it is sent again later.',
    remedy: 'Check the log of the Monitoring service.',
  },
  monitoring_unavailable: {
    status: 503,
    example: 'The Monitoring service is unavailable (report health: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Monitoring service is unavailable; metrics are kept in the outbox.',
    remedy: 'No action needed; they are delivered when the service is available again.',
  },
} as const satisfies CatalogGroup;
