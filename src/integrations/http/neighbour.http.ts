import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpService } from '@nestjs/axios';
import type { AxiosRequestConfig } from 'axios';
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  isTaskCancelledError,
  retry,
  timeout,
  wrap,
  type CircuitBreakerPolicy,
  type IPolicy,
} from 'cockatiel';
import { AppError, messageOf } from '../../common/errors/app.error';
import type { IntegrationState, Service } from '../integration';
import { NeighbourError } from './neighbour.error';

export interface NeighbourOptions {
  readonly service: Service;
  /** Without a path; from the environment. */
  readonly url: string;
  /** Longest time of one call, its repetitions included. */
  readonly timeoutMs: number;
  /** Failures in a row after which the neighbour is left alone, and for how long. */
  readonly circuit: { readonly failures: number; readonly openMs: number };
}

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
  /**
   * Reads the answer, with the parsed JSON body or undefined where there is none.
   * @throws {AppError} that says what the neighbour refused.
   * @throws {UnexpectedAnswer} for anything that it should not have answered.
   */
  readonly read: (status: number, body: unknown) => T;
}

/** The neighbour answered what its contract does not know; read() throws it, and it counts as a failure. */
export class UnexpectedAnswer extends Error {}

/** Calls of one neighbour at the same time, and those that may wait for their turn. */
const AT_ONCE = 64;
const WAITING = 512;
const MAX_ANSWER_BYTES = 8_388_608;
const REPEATS = { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) };
const PROBE_TIMEOUT_MS = 1500;

/** Nothing reached the neighbour: it cannot have done anything. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** One attempt that failed for reasons of the neighbour or of the way to it. */
class Fault extends Error {
  constructor(
    message: string,
    readonly isOutcomeKnown: boolean,
    /** A time-out has used up the time that a repetition would need. */
    readonly isTimeout: boolean,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

const isFault = handleWhen((error) => error instanceof Fault);
const isQuickFault = handleWhen((error) => error instanceof Fault && !error.isTimeout);

/**
 * HTTP to one neighbour: kept-alive connections, one time-out for the whole of a call, repetition
 * with jitter where that is safe, a circuit breaker, and a bound on what is under way.
 */
export class NeighbourHttp {
  private readonly breaker: CircuitBreakerPolicy;
  private readonly once: IPolicy;
  private readonly repeatedly: IPolicy;
  private readonly agents = {
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: AT_ONCE }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: AT_ONCE }),
  };

  constructor(
    private readonly http: HttpService,
    private readonly options: NeighbourOptions,
  ) {
    const { circuit, timeoutMs } = options;
    this.breaker = circuitBreaker(isFault, {
      halfOpenAfter: circuit.openMs,
      breaker: new ConsecutiveBreaker(circuit.failures),
    });
    const room = bulkhead(AT_ONCE, WAITING);
    // The time of a call begins when it is asked for: waiting for room counts.
    const total = timeout(timeoutMs, TimeoutStrategy.Cooperative);
    this.once = wrap(total, room, this.breaker);
    this.repeatedly = wrap(total, room, retry(isQuickFault, REPEATS), this.breaker);
  }

  /** @throws {NeighbourError} where it failed; what `read` throws where it was refused. */
  async call<T>(caller: Caller, call: Call<T>): Promise<T> {
    const policy = call.isRepeatable ? this.repeatedly : this.once;
    try {
      return await policy.execute(({ signal }) => this.attempt(caller, call, signal), caller.signal);
    } catch (error) {
      throw this.explain(error, call.what, caller.signal);
    }
  }

  /** Asks the neighbour how it is, past the circuit breaker, and says what that one thinks of it. */
  async state(): Promise<IntegrationState> {
    if (this.breaker.state === CircuitState.Open) {
      return {
        status: 'circuit_open',
        detail: 'it failed several times in a row and is left alone for a while',
      };
    }
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    try {
      const { status } = await this.send({ signal }, { method: 'GET', path: '/health' }, signal);
      return status < 500 ? { status: 'up' } : { status: 'down', detail: `it answers ${status}` };
    } catch (error) {
      return { status: 'down', detail: messageOf(error) };
    }
  }

  /** Ends kept-alive connections. */
  close(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  private async attempt<T>(caller: Caller, call: Call<T>, signal: AbortSignal): Promise<T> {
    const { status, text } = await this.send(caller, call, signal);
    if (status >= 500 || status === 408 || status === 429) {
      throw new Fault(`it answered ${status}`, status === 429 || status === 503, false);
    }
    try {
      return call.read(status, parse(text));
    } catch (error) {
      if (error instanceof UnexpectedAnswer)
        throw new Fault(error.message, call.method === 'GET', false, error);
      throw error;
    }
  }

  private async send(
    { tenantId, requestId, traceparent }: Caller,
    { method, path, body }: Pick<Call<unknown>, 'method' | 'path' | 'body'>,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const request: AxiosRequestConfig<string> = {
      method,
      url: `${this.options.url}${path}`,
      headers: {
        Accept: 'application/json',
        ...(tenantId !== undefined && { 'X-Tenant-ID': tenantId }),
        ...(requestId !== undefined && { 'X-Request-ID': requestId }),
        ...(traceparent && { traceparent }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { data: body }),
      ...this.agents,
      signal,
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: 'text',
      // As it came: what is no JSON must be told from what is.
      transformRequest: [(data: string) => data],
      transformResponse: [(data: string) => data],
      validateStatus: () => true,
    };
    try {
      const { status, data } = await this.http.axiosRef.request<string>(request);
      return { status, text: data };
    } catch (error) {
      throw this.toFault(error, signal);
    }
  }

  private toFault(error: unknown, signal: AbortSignal): Fault {
    if (signal.aborted) {
      return new Fault(`it did not answer within ${this.options.timeoutMs} ms`, false, true, error);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return new Fault(code === '' ? messageOf(error) : code, NEVER_SENT.has(code), false, error);
  }

  private explain(error: unknown, call: string, signal: AbortSignal): unknown {
    const notBegun = (reason: string): NeighbourError =>
      new NeighbourError({ service: this.options.service, call, reason, isOutcomeKnown: true });
    // Whoever called does not want it any more: that is not the neighbour's fault.
    if (signal.aborted && !(error instanceof AppError)) return signal.reason;
    if (error instanceof Fault) {
      const { message: reason, isOutcomeKnown, cause } = error;
      return new NeighbourError({ service: this.options.service, call, reason, isOutcomeKnown, cause });
    }
    if (error instanceof BrokenCircuitError)
      return notBegun('it failed before and is left alone for a while');
    if (error instanceof BulkheadRejectedError) return notBegun('too many calls are under way');
    if (isTaskCancelledError(error))
      return notBegun(`its turn did not come within ${this.options.timeoutMs} ms`);
    return error;
  }
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
