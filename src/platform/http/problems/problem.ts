import { STATUS_CODES } from 'node:http';
import type { AppError } from '../../errors/app.error';

/** The page that explains the error codes; each code is an anchor on it. */
export const ERRORS_PATH = 'api/errors';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** An RFC 9457 problem document; `error` and `message` repeat `detail` for clients that read those. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  /** Whether the same request can succeed later; the response then has a `Retry-After`. */
  readonly retryable: boolean;
  readonly requestId: string;
  readonly error: string;
  readonly message: string;
  readonly [extension: string]: unknown;
}

export interface ProblemPlace {
  /** The path of the request, without its query. */
  readonly path: string;
  readonly requestId: string;
}

const MAX_FIELD_ERRORS = 50;
const MAX_PATH = 512;

export function toProblem(error: AppError, place: ProblemPlace): Problem {
  const { status, code, message, details } = error;
  return {
    ...details.extensions,
    type: `/${ERRORS_PATH}#${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    instance: place.path.slice(0, MAX_PATH),
    code,
    retryable: error.retryAfterSeconds !== undefined,
    requestId: place.requestId,
    error: message,
    message,
    ...(details.errors && { errors: details.errors.slice(0, MAX_FIELD_ERRORS) }),
  };
}
