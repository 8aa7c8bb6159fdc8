import { STATUS_CODES } from 'node:http';
import type { ErrorDetails } from './app.error';
import type { ErrorCode } from './catalogue';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** An RFC 9457 problem document; `error` and `message` repeat `detail` for clients that read those. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
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

export function toProblem(
  { status, code, detail, details = {} }: ProblemSource,
  place: ProblemPlace,
): Problem {
  return {
    ...details.extensions,
    type: `urn:uim-iaas-compute:error:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: place.path.slice(0, MAX_PATH),
    code,
    requestId: place.requestId,
    error: detail,
    message: detail,
    ...(details.errors && { errors: details.errors.slice(0, MAX_FIELD_ERRORS) }),
  };
}
