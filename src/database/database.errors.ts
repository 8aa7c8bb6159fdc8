import { DatabaseError } from 'pg';
import { DatabaseConflictError, DatabaseReadOnlyError, DatabaseUnavailableError } from './database';
import { EngineError, EngineLostError, EngineOverloadedError } from './embedded/engine-protocol';

/**
 * SQLSTATE classes in which nothing is wrong with the statement: connection trouble (08), a server that
 * shuts down or starts (57P), refuses the user (28) or has no such database (3D) just now, is out of
 * connections or memory (53), a statement that ran out of time (57014), and deadlock or serialization
 * failure (40), after which the same statement may succeed.
 */
const TRANSIENT_STATE = /^(08|28|3D|57P|53|40|57014)/;

/** Deadlock or serialization failure: the database is available, but two statements collided. */
const CONFLICT_STATE = /^40/;

/** Read-only transaction, disk full, I/O error: reads may go on, writes do not. */
const NO_WRITES_STATE = /^(25006|53100|58030)$/;

/** PostgreSQL reports some failed writes, such as those of the WAL, as internal errors. */
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

/** pg gives these no code: the connection ended under a query, the pool or the server did not answer in time. */
const TRANSIENT_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|timeout expired|Cannot use a pool after calling end)/;

/** Wraps the error of a database that cannot do this now; returns any other error, such as a mistake of ours, as it is. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseError || error instanceof EngineError) {
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

function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseError || error instanceof EngineError)
    return TRANSIENT_STATE.test(error.code ?? '');
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  if (!(error instanceof Error)) return false;
  if ('code' in error && TRANSIENT_CODE.has(String(error.code))) return true;
  return TRANSIENT_MESSAGE.test(error.message);
}
