import { inspect, types } from 'node:util';
import type { ErrorCode } from './catalogue';

/** What went wrong in terms of the caller; the problem filter alone turns it into an HTTP status. */
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
  /** One entry a wrong member of the input. */
  readonly errors?: readonly FieldError[];
  /** Seconds after which the same request can succeed; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What a caller without credentials needs: scheme and parameters, sent as `WWW-Authenticate`. */
  readonly challenge?: string;
  /** The methods that a path takes, sent as `Allow`. */
  readonly allowedMethods?: readonly string[];
  /** Further members of the problem document, e.g. the id of the operation that is in the way. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal or failure that the caller is told about. The catalogue says what `code` means, the message is for people. */
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

/** The text of anything that was thrown; never empty, and never "[object Object]". */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  if (error instanceof Error || types.isNativeError(error))
    return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : inspect(error, { breakLength: Infinity, depth: 1 });
}
