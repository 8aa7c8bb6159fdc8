import { DatabaseError } from 'pg';
import { DatabaseConflictError, DatabaseUnavailableError } from './database';

/**
 * SQLSTATE classes in which nothing is wrong with the statement: connection trouble (08), a server that
 * shuts down or starts (57P), refuses the user (28) or has no such database (3D) just now, is out of
 * connections or memory (53) or read-only after a failover (25006), a statement that ran out of time
 * (57014), and deadlock or serialisation failure (40), after which the same statement may succeed.
 */
const TRANSIENT_STATE = /^(08|28|3D|57P|53|40|25006|57014)/;

/** Deadlock, serialisation failure: not the database is away, but two statements collided. */
const CONFLICT_STATE = /^40/;

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

/** pg gives these no code: the connection ended under a query, the pool or the server did not answer in time. */
const TRANSIENT_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|timeout expired|Cannot use a pool after calling end)/;

/** Tells a database that cannot answer now from a mistake of ours, which stays what it is. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseError && CONFLICT_STATE.test(error.code ?? '')) {
    return new DatabaseConflictError(error);
  }
  return isTransient(error) ? new DatabaseUnavailableError(error) : error;
}

function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseError) return TRANSIENT_STATE.test(error.code ?? '');
  if (error instanceof AggregateError) return error.errors.some(isTransient);
  if (!(error instanceof Error)) return false;
  if ('code' in error && TRANSIENT_CODE.has(String(error.code))) return true;
  return TRANSIENT_MESSAGE.test(error.message);
}
