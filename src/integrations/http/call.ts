import type { Service } from '../integration';
import { NeighbourRefusedError } from './neighbour.error';

/** Who calls; a report of this service itself has no tenant. */
export interface Caller {
  readonly tenantId?: string;
  readonly requestId?: string;
  readonly traceparent?: string | null;
  readonly signal: AbortSignal;
}

export interface Call<T> {
  /** For people, e.g. `attach volume 4711`. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the root of the service, its parts percent-encoded. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  /** Whether doing it twice ends in the same state: then it is tried again where it failed. */
  readonly isRepeatable: boolean;
  /** Whether the answer is a list, and may be as long as one. */
  readonly isList?: boolean;
  /**
   * Reads the answer: its status, the parsed JSON body or undefined if there is none, and when it was given,
   * in Unix milliseconds by the service's own clock, whole seconds; by ours if the answer has no date.
   * @throws {AppError} that says what the neighbour refused.
   * @throws {UnexpectedAnswer} for anything that it should not have answered.
   */
  readonly read: (status: number, body: unknown, atMs: number) => T;
}

/** The neighbour answered what its contract does not know; read() throws it, and it counts as a failure. */
export class UnexpectedAnswer extends Error {}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** See `Call.read`. */
  readonly atMs: number;
}

export type RequestParts = Pick<Call<unknown>, 'method' | 'path' | 'body' | 'isList'>;

/** With a reason in the neighbour's own words, these refuse the request itself: it would be refused again. */
const REFUSALS = new Set([400, 409, 422]);
const MAX_REFUSAL = 200;

/** What the call makes of an answer; where it does not know it, and it is a refusal, that refusal. */
export function readAnswer<T>(service: Service, call: Call<T>, { status, text, atMs }: RawAnswer): T {
  const body = parse(text);
  try {
    return call.read(status, body, atMs);
  } catch (error) {
    const refusal = REFUSALS.has(status) ? refusalIn(body) : undefined;
    if (refusal === undefined || !(error instanceof UnexpectedAnswer)) throw error;
    throw new NeighbourRefusedError(service, call.what, refusal);
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
    throw new UnexpectedAnswer('its answer is no JSON', { cause: error });
  }
}
