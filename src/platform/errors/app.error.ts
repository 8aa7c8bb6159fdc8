import { inspect, types } from 'node:util';
import type { ErrorDefinition } from './define-errors';

/** `Retry-After` of retryable errors that do not set their own. */
const USUAL_RETRY_SECONDS = 1;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** For people; by default the example of the definition. */
  readonly message?: string;
  /** One entry per invalid member of the input. */
  readonly errors?: readonly FieldError[];
  /** Seconds after which the unchanged request can succeed, if it differs from the usual time. */
  readonly retryAfterSeconds?: number;
  /** Scheme and parameters for a caller without credentials, sent as `WWW-Authenticate`. */
  readonly challenge?: string;
  /** The methods that a path accepts, sent as `Allow`. */
  readonly allowedMethods?: readonly string[];
  /** Further members of the problem document, e.g. the id of the conflicting operation. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal or failure reported to the caller, with a declared code. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  /** Seconds after which the unchanged request can succeed, sent as `Retry-After`; undefined if it cannot. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    { code, status, retryable, example }: ErrorDefinition,
    readonly details: ErrorDetails = {},
  ) {
    super(details.message ?? example, { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = details.retryAfterSeconds ?? (retryable ? USUAL_RETRY_SECONDS : undefined);
  }
}

/** The message of any thrown value; never empty, and never "[object Object]". */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  if (error instanceof Error || types.isNativeError(error))
    return error.message === '' ? error.name : error.message;
  return typeof error === 'string' ? error : inspect(error, { breakLength: Infinity, depth: 1 });
}
