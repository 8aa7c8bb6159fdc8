import { AppError } from '../errors/app.error';
import { defineErrors } from '../errors/define-errors';
import { EngineError, EngineLostError, EngineOverloadedError } from './embedded/engine-protocol';

export const DATABASE_ERRORS = defineErrors({
  database_unavailable: {
    status: 503,
    example: 'The database is unavailable; try again',
    retryable: true,
    meaning: 'The database did not answer. A write may have been committed nevertheless.',
    remedy: 'Repeat after `Retry-After`; use an `Idempotency-Key` for creates.',
  },
  too_many_lists: {
    status: 503,
    example: 'Too many lists are being read; try again',
    retryable: true,
    meaning:
      'A replica reads only a few list pages at once, and tenants take turns. The queue was full, so this list was not read.',
    remedy: 'Repeat after `Retry-After`, with fewer concurrent lists. To follow changes, use `GET /events`.',
  },
});

export class DatabaseUnavailableError extends AppError {
  constructor(cause: unknown, message?: string) {
    super(DATABASE_ERRORS.database_unavailable, { cause, ...(message !== undefined && { message }) });
  }
}

/** The database refused a write: it is read-only, a standby, or has run out of disk space. */
export class DatabaseReadOnlyError extends DatabaseUnavailableError {
  constructor(cause: unknown) {
    super(cause, 'The database is read-only at the moment; try again');
  }
}

/** A deadlock or serialization failure: PostgreSQL aborted this statement. */
export class DatabaseConflictError extends DatabaseUnavailableError {}

/** Too many lists are being read, so this one was not started. */
export class TooManyListsError extends AppError {
  constructor() {
    super(DATABASE_ERRORS.too_many_lists);
  }
}

/**
 * SQLSTATE classes for which the statement is not at fault: connection failure (08), server shutting down or
 * starting (57P), user refused (28), database missing (3D), out of connections or memory (53), statement timeout
 * (57014), and deadlock or serialization failure (40). The same statement may succeed later.
 */
const TRANSIENT_STATE = /^(08|28|3D|57P|53|40|57014)/;

/** Deadlock or serialization failure: the database is available, but two statements conflicted. */
const CONFLICT_STATE = /^40/;

/** Read-only transaction, disk full, I/O error: reads may succeed, writes do not. */
const NO_WRITES_STATE = /^(25006|53100|58030)$/;

/** PostgreSQL reports some failed writes, such as WAL writes, as internal errors. */
const DISK_FULL_MESSAGE = /No space left on device/;

const TRANSIENT_CODE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const OVERLOADED = 'The embedded database is overloaded; try again';
export const RESTARTING = 'The embedded database is restarting; try again';

/** pg sets no code on these: the connection ended during a query, or the pool or server did not respond in time. */
const TRANSIENT_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|timeout expired|Cannot use a pool after calling end)/;

/** Wraps errors of an unavailable database; returns all others, such as programming errors, unchanged. */
export function toDatabaseError(error: unknown): unknown {
  if (isServerError(error)) {
    const state = error.code ?? '';
    if (CONFLICT_STATE.test(state)) return new DatabaseConflictError(error);
    if (NO_WRITES_STATE.test(state) || DISK_FULL_MESSAGE.test(error.message)) {
      return new DatabaseReadOnlyError(error);
    }
  }
  if (error instanceof EngineLostError || (error instanceof EngineError && error.isFatal))
    return new DatabaseUnavailableError(error, RESTARTING);
  if (error instanceof EngineOverloadedError) return new DatabaseUnavailableError(error, OVERLOADED);
  return isTransient(error) ? new DatabaseUnavailableError(error) : error;
}

/** Whether a statement waited longer for a lock than `lock_timeout` allows. */
export function isLockTimeout(error: unknown): boolean {
  return isServerError(error) && error.code === '55P03';
}

/** Whether PostgreSQL reported it; the class of pg is not loaded if the database is embedded. */
function isServerError(error: unknown): error is Error & { readonly code?: string } {
  return error instanceof EngineError || (error instanceof Error && 'severity' in error);
}

function isTransient(error: unknown): boolean {
  if (isServerError(error)) return TRANSIENT_STATE.test(error.code ?? '');
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  if (!(error instanceof Error)) return false;
  if ('code' in error && TRANSIENT_CODE.has(String(error.code))) return true;
  return TRANSIENT_MESSAGE.test(error.message);
}
