import { inspect, types } from 'node:util';
import type { ErrorCode } from './catalog/index';

/** The kind of failure from the caller's view; only the problem filter maps it to an HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'timeout'
  | 'conflict'
  | 'precondition'
  | 'unprocessable'
  | 'quota'
  | 'throttled'
  | 'unsupported'
  | 'unavailable';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** One entry per invalid member of the input. */
  readonly errors?: readonly FieldError[];
  /** Seconds after which the unchanged request can succeed; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Scheme and parameters for a caller without credentials, sent as `WWW-Authenticate`. */
  readonly challenge?: string;
  /** The methods that a path accepts, sent as `Allow`. */
  readonly allowedMethods?: readonly string[];
  /** Further members of the problem document, e.g. the id of the conflicting operation. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal or failure reported to the caller. The catalog defines what `code` means; the message is for people. */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
  }
}

/** The message of any thrown value; never empty, and never "[object Object]". */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  if (error instanceof Error || types.isNativeError(error))
    return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : inspect(error, { breakLength: Infinity, depth: 1 });
}
