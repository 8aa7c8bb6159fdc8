import type { components } from './schema';

type Schema = components['schemas']['Problem'];

/** The problem document of every error (RFC 9457); further members depend on its `code`. */
export interface Problem extends Schema {
  readonly [member: string]: unknown;
}

/** The service rejected a request or failed to execute it. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** The value of `Retry-After`; undefined if absent. */
    readonly retryAfterSeconds?: number,
  ) {
    super(problem.detail);
    this.name = 'ProblemError';
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Whether the same request can succeed later. */
  get retryable(): boolean {
    return this.problem.retryable;
  }

  get requestId(): string {
    return this.problem.requestId;
  }
}

interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Type of `data` in a successful call. */
export type DataOf<R> = R extends { readonly error?: never; readonly data: infer Data } ? Data : never;

/**
 * The data of a call, or throws its problem: `const { flavors } = await unwrap(client.GET('/api/v1/compute/flavors'))`.
 * @throws {ProblemError}
 */
export function unwrap<R extends Result>(call: Promise<R>): Promise<DataOf<R>>;
export async function unwrap(call: Promise<Result>): Promise<unknown> {
  const { data, error, response } = await readable(call);
  if (!response.ok) throw toProblemError(response, error);
  return data;
}

/** Replaces the error of a body that is not JSON, which does not say where it came from. */
async function readable(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    const isMalformed = error instanceof Error && error.name === 'SyntaxError';
    throw isMalformed ? new Error('the response is not from the compute service: it is not JSON') : error;
  }
}

/** Converts an error response; one without a problem document came from an intermediary. */
export function toProblemError(response: Response, body: unknown): ProblemError {
  const retryAfter = Number(response.headers.get('retry-after') ?? '');
  const problem = isProblem(body) ? body : problemOf(response);
  return retryAfter > 0 ? new ProblemError(problem, retryAfter) : new ProblemError(problem);
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'detail' in body &&
    typeof body.code === 'string' &&
    typeof body.detail === 'string'
  );
}

const PASSING = [429, 502, 503, 504];

function problemOf({ status, statusText, url, headers }: Response): Problem {
  const detail = `The response (${status}) is not from the compute service`;
  return {
    type: 'about:blank',
    title: statusText,
    status,
    detail,
    instance: url === '' ? '' : new URL(url).pathname,
    code: 'unexpected_response',
    retryable: PASSING.includes(status),
    requestId: headers.get('x-request-id') ?? '',
    error: detail,
    message: detail,
  };
}
