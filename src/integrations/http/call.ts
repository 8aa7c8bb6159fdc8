import type { CallContext, Service } from '../integration';
import { PlatformServiceRefusedError } from '../integration.errors';

/** Health probes have only the signal. */
export type PartialContext = Partial<CallContext> & Pick<CallContext, 'signal'>;

export interface Call<T> {
  /** Human-readable, e.g. `attach volume 4711`. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path from the root of the service, with percent-encoded segments. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  /** Whether the call is idempotent and may be retried after a failure. */
  readonly isRepeatable: boolean;
  /** Whether the response is a list, which has a higher size limit. */
  readonly isList?: boolean;
  /**
   * Reads a response. `body` is the parsed JSON, or undefined if empty. `atMs` is the time of the response in Unix
   * milliseconds, from its Date header (whole seconds) or, without one, from our clock.
   * @throws {AppError} if the service rejected the request.
   * @throws {UnexpectedResponseError} if the response violates the service's contract.
   */
  readonly read: (status: number, body: unknown, atMs: number) => T;
}

/** The response violates the service's contract; thrown by `Call.read`, and counted as a failure. */
export class UnexpectedResponseError extends Error {}

export interface RawResponse {
  readonly status: number;
  readonly text: string;
  /** See `Call.read`. */
  readonly atMs: number;
}

export type RequestParts = Pick<Call<unknown>, 'method' | 'path' | 'body' | 'isList'>;

/** If the response contains an error message, these statuses reject the request itself; a retry would not help. */
const REFUSALS = new Set([400, 409, 422]);
const MAX_REFUSAL = 200;

/** Reads a response with `call.read`; throws `PlatformServiceRefusedError` for a rejection that `read` does not handle. */
export function readResponse<T>(service: Service, call: Call<T>, { status, text, atMs }: RawResponse): T {
  const body = parse(text);
  try {
    return call.read(status, body, atMs);
  } catch (error) {
    const refusal = REFUSALS.has(status) ? refusalIn(body) : undefined;
    if (refusal === undefined || !(error instanceof UnexpectedResponseError)) throw error;
    throw new PlatformServiceRefusedError(service, call.what, refusal);
  }
}

function refusalIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error.slice(0, MAX_REFUSAL) : undefined;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch (error) {
    throw new UnexpectedResponseError('the response is not JSON', { cause: error });
  }
}
