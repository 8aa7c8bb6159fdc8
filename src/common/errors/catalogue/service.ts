import type { CatalogueGroup } from './entry';

/** Failures of the service itself. */
export const SERVICE_ERRORS = {
  internal_error: {
    status: 500,
    example: 'Something went wrong here; the request id finds it in the log',
    retryable: false,
    meaning: 'A mistake in this service. Whether the request was carried out is not known.',
    remedy: 'Look at what it was about before you repeat it, and report the `requestId`.',
  },
  database_unavailable: {
    status: 503,
    example: 'The database cannot be reached; try again',
    retryable: true,
    meaning: 'The database did not answer. A write may have been carried out all the same.',
    remedy: 'Repeat after `Retry-After`.',
  },
  not_ready: {
    status: 503,
    example: 'Not ready: database down',
    retryable: true,
    meaning: 'This replica cannot serve requests; `checks` says what it lacks.',
    remedy: 'Send requests to another replica. Whoever runs it looks at what is down.',
  },
  engine_unavailable: {
    status: 503,
    example: 'The engine docker is not available (connect ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The engine that the instance is at is away, or too slow to answer. The instance may be well.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` says how the engines are.',
  },
  engine_failed: {
    status: 503,
    example: 'start failed: no memory left on the host',
    retryable: true,
    meaning: 'The engine did not do what it was asked to, in `detail` are its words.',
    remedy: 'Look at the instance: it may be in `error` now. Otherwise repeat after `Retry-After`.',
  },
  engine_refused: {
    status: 409,
    example: 'console failed: the log is kept elsewhere',
    retryable: false,
    meaning: 'The engine answers and does not tell this of the instance, in `detail` are its words.',
    remedy: 'Look at the instance and at what `detail` says; to repeat it helps only when that has changed.',
  },
  operation_timeout: {
    status: 503,
    example: 'stop failed: it was not done within the time an operation has',
    retryable: true,
    meaning: 'The operation was at work for `OPERATION_TIMEOUT_SECONDS` and then given up.',
    remedy: 'Look at the instance: it may be in `error` now. Otherwise repeat after `Retry-After`.',
  },
  operation_given_up: {
    status: 503,
    example: 'stop failed: given up after 10 attempts that never ended',
    retryable: true,
    meaning: 'Whoever worked on the operation died of it, as often as `OPERATION_MAX_ATTEMPTS` allows.',
    remedy: 'Report it with the `operationId`: something brings the service down.',
  },
  operation_failed: {
    status: 503,
    example: 'start failed: no reason was recorded',
    retryable: true,
    meaning: 'The operation failed for a reason that only the log of the service has.',
    remedy: 'Repeat after `Retry-After`; where that does not help, report the `operationId`.',
  },
} as const satisfies CatalogueGroup;

/** Errors of background work, which only reach the log, and temporary refusals of an overloaded or stopping replica. */
export const BACKGROUND_ERRORS = {
  operation_interrupted: {
    status: 409,
    example: 'interrupted: shutdown',
    retryable: true,
    meaning: 'A replica stopped working on an operation: it shuts down, or a delete overtook the operation.',
    remedy: 'Nothing: another one goes on.',
  },
  operation_lost: {
    status: 409,
    example: 'the operation belongs to another worker',
    retryable: true,
    meaning: 'A replica was too slow to renew its hold on an operation, and another one has it now.',
    remedy: 'Nothing, where it is rare. Often: the database or the machine is overloaded.',
  },
  metric_refused: {
    status: 503,
    example: 'Monitoring answered 400',
    retryable: true,
    meaning: 'The Monitoring service did not take a metric; it is offered again.',
    remedy: 'Look at the log of the Monitoring service.',
  },
  monitoring_refused: {
    status: 400,
    example: 'The Monitoring service refused to report health: unknown status',
    retryable: false,
    meaning: 'The Monitoring service does not take what it was told, and said why.',
    remedy: 'Compare the versions of the two services.',
  },
  monitoring_unavailable: {
    status: 503,
    example: 'The Monitoring service is not available (report health: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Monitoring service is away; what it should know waits in the outbox.',
    remedy: 'Nothing here: it is delivered when the service is back.',
  },
  too_many_waits: {
    status: 503,
    example: 'Too many requests wait already; try again',
    retryable: true,
    meaning: 'This replica holds as many waiting requests as it may, of this tenant or of all.',
    remedy: 'End some of them or follow GET /events instead; another replica may have room.',
  },
  too_many_lists: {
    status: 503,
    example: 'Too many lists are being read; try again',
    retryable: true,
    meaning:
      'A replica reads a few pages of lists at once, and tenants take turns. So many wait that this one was not read.',
    remedy: 'Ask again, for fewer pages at once. To follow changes, use `GET /events` instead of lists.',
  },
  too_many_unread_answers: {
    status: 503,
    example: 'Clients leave too many answers unread here; try again',
    retryable: true,
    meaning:
      'This replica holds as many bytes as it may of answers that clients have not taken yet, of this tenant or of all.',
    remedy: 'Repeat it; another replica may have room. Ask for smaller pages, and read answers at once.',
  },
  shutting_down: {
    status: 503,
    example: 'This replica is shutting down; ask again',
    retryable: true,
    meaning: 'The replica that the request waited at is about to end.',
    remedy: 'Repeat it: another replica answers.',
  },
  jwks_unavailable: {
    status: 503,
    example: 'The keys that bearer tokens are checked with cannot be fetched; try again',
    retryable: true,
    meaning: 'Without the keys of the issuer no token can be believed.',
    remedy: 'Try again. Operators look at `JWT_JWKS_URL` and the issuer.',
  },
  too_many_streams: {
    status: 503,
    example: 'Too many event streams are open; try again',
    retryable: true,
    meaning: 'The tenant, or this replica, has as many streams open as it may.',
    remedy: 'Close some: one stream of `GET /events` shows all instances of a tenant.',
  },
} as const satisfies CatalogueGroup;
