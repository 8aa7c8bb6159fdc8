import { STATUS_CODES } from 'node:http';
import type { ErrorDetails } from '../../errors/app.error';
import { entryOf, type ErrorCode } from '../../errors/catalog/index';

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

export interface ProblemSource {
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly details?: ErrorDetails;
}

export interface ProblemPlace {
  /** The path of the request, without its query. */
  readonly path: string;
  readonly requestId: string;
}

const MAX_FIELD_ERRORS = 50;
const MAX_PATH = 512;

/** `Retry-After` of retryable errors that do not set their own. */
const USUAL_RETRY_SECONDS = 1;

/** The value of `Retry-After`; undefined if the same request would be rejected again. */
export function retryAfterOf({ code, details }: ProblemSource): number | undefined {
  return details?.retryAfterSeconds ?? (entryOf(code).retryable ? USUAL_RETRY_SECONDS : undefined);
}

export function toProblem(source: ProblemSource, place: ProblemPlace): Problem {
  const { status, code, detail, details = {} } = source;
  return {
    ...details.extensions,
    type: `/${ERRORS_PATH}#${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: place.path.slice(0, MAX_PATH),
    code,
    retryable: retryAfterOf(source) !== undefined,
    requestId: place.requestId,
    error: detail,
    message: detail,
    ...(details.errors && { errors: details.errors.slice(0, MAX_FIELD_ERRORS) }),
  };
}
