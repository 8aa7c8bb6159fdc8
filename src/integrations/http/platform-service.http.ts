import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpService } from '@nestjs/axios';
import type { AxiosRequestConfig } from 'axios';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleWhen,
  retry,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { withTimeout, TimeoutError } from '../../platform/async/timeout';
import { AppError, messageOf } from '../../platform/errors/app.error';
import { FairSemaphore, QueueFullError } from '../../platform/async/fair-semaphore';
import type { IntegrationState, Service } from '../integration';
import {
  readResponse,
  UnexpectedResponseError,
  type Call,
  type PartialContext,
  type RawResponse,
  type RequestParts,
} from './call';
import { PlatformServiceError } from '../integration.errors';

export interface PlatformServiceOptions {
  readonly service: Service;
  /** Base URL without a path, from the environment. */
  readonly url: string;
  /** Maximum duration of one call, including retries. */
  readonly timeoutMs: number;
  /** Consecutive failures that open the circuit breaker, and how long it stays open. */
  readonly circuit: { readonly failures: number; readonly openMs: number };
}

/** Concurrent calls to one platform service, and how many may be queued; tenants take turns. */
const AT_ONCE = 64;
const WAITING = 512;
/** A network or volume takes a few hundred bytes. Parsing cannot be interrupted, so larger responses are not read. */
const MAX_ANSWER_BYTES = 131_072;
/** Enough for the list of a tenant with about ten thousand volumes. */
const MAX_LIST_BYTES = 16_777_216;
const REPEATS = { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) };
const PROBE_TIMEOUT_MS = 1500;

/** The service was not reached, so it cannot have done anything. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

interface Failed {
  readonly reason: string;
  readonly isOutcomeKnown: boolean;
  readonly cause?: unknown;
}

/** A failed attempt due to the service or the connection to it; counted by the circuit breaker. */
class Fault extends Error implements Failed {
  constructor(
    readonly reason: string,
    readonly isOutcomeKnown: boolean,
    /** A timeout leaves no time for a retry. */
    readonly isTimeout: boolean,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** A failed attempt although the service is healthy: its response exceeds the size limit. */
class TooMuch extends Error implements Failed {
  readonly isOutcomeKnown = true;

  constructor(readonly reason: string) {
    super(reason);
  }
}

const isFault = handleWhen((error) => error instanceof Fault);
const isQuickFault = handleWhen((error) => error instanceof Fault && !error.isTimeout);

/**
 * HTTP client of one platform service, with keep-alive connections, one timeout per call, retries
 * with jitter for idempotent calls, a circuit breaker, and a concurrency limit.
 *
 * Calls use our own signal instead of the one from cockatiel, because a half-open breaker would start
 * a call without any. A context's abort cancels only GET requests: after sending a change, the context
 * must learn its outcome.
 */
export class PlatformServiceHttp {
  private readonly breaker: CircuitBreakerPolicy;
  private readonly repeat = retry(isQuickFault, REPEATS);
  private readonly semaphore = new FairSemaphore({ atOnce: AT_ONCE, mayWait: WAITING });
  private openedAt = -Infinity;
  private readonly agents = {
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: AT_ONCE }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: AT_ONCE }),
  };

  constructor(
    private readonly http: HttpService,
    private readonly options: PlatformServiceOptions,
  ) {
    const { circuit } = options;
    this.breaker = circuitBreaker(isFault, {
      halfOpenAfter: circuit.openMs,
      breaker: new ConsecutiveBreaker(circuit.failures),
    });
    this.breaker.onBreak(() => {
      this.openedAt = performance.now();
    });
  }

  /** @throws {PlatformServiceError} if the call failed, or what `call.read` throws if it was rejected. */
  async call<T>(context: PartialContext, call: Call<T>): Promise<T> {
    const isTakenBack = call.method === 'GET';
    try {
      context.signal.throwIfAborted();
      return await withTimeout(
        {
          timeoutMs: this.options.timeoutMs,
          graceTick: true,
          ...(isTakenBack && { signal: context.signal }),
        },
        (signal) =>
          this.semaphore.run(context.tenantId ?? '', signal, () => this.attempts(context, call, signal)),
      );
    } catch (error) {
      throw this.explain(error, call, context.signal);
    }
  }

  /** Probes the service, unless its circuit breaker is open. */
  async state(): Promise<IntegrationState> {
    const { openMs } = this.options.circuit;
    if (this.breaker.state === CircuitState.Open && performance.now() - this.openedAt < openMs) {
      return {
        status: 'circuit_open',
        detail: 'circuit open after repeated failures',
      };
    }
    try {
      // Through the breaker: after `openMs`, a successful probe closes it.
      return await withTimeout({ timeoutMs: PROBE_TIMEOUT_MS, graceTick: true }, (signal) =>
        this.breaker.execute(async () => {
          const { status } = await this.send({ signal }, { method: 'GET', path: '/health' }, signal);
          if (status >= 500) throw new Fault(`it returns status ${status}`, true, false);
          return { status: 'up' } as const;
        }),
      );
    } catch (error) {
      return { status: 'down', detail: messageOf(error) };
    }
  }

  /** Closes keep-alive connections. */
  close(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }

  private attempts<T>(context: PartialContext, call: Call<T>, signal: AbortSignal): Promise<T> {
    const attempt = (): Promise<T> => this.breaker.execute(() => this.attempt(context, call, signal));
    return call.isRepeatable ? this.repeat.execute(attempt, signal) : attempt();
  }

  private async attempt<T>(context: PartialContext, call: Call<T>, signal: AbortSignal): Promise<T> {
    const answer = await this.send(context, call, signal);
    const { status } = answer;
    if (status >= 500 || status === 408 || status === 429) {
      throw new Fault(`it returned status ${status}`, status === 429 || status === 503, false);
    }
    try {
      return readResponse(this.options.service, call, answer);
    } catch (error) {
      if (error instanceof UnexpectedResponseError) throw new Fault(error.message, false, false, error);
      throw error;
    }
  }

  private async send(context: PartialContext, call: RequestParts, signal: AbortSignal): Promise<RawResponse> {
    try {
      const { status, data, headers } = await this.http.axiosRef.request<string>({
        ...this.requestOf(context, call),
        signal,
      });
      const dateMs = Date.parse(String(headers['date']));
      return { status, text: data, atMs: Number.isNaN(dateMs) ? Date.now() : dateMs };
    } catch (error) {
      throw this.toFailed(error, signal);
    }
  }

  private requestOf(
    { tenantId, requestId, traceparent }: PartialContext,
    { method, path, body, isList = false }: RequestParts,
  ): AxiosRequestConfig<string> {
    return {
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
      proxy: false,
      maxRedirects: 0,
      maxContentLength: isList ? MAX_LIST_BYTES : MAX_ANSWER_BYTES,
      responseType: 'text',
      // Left unparsed, so that invalid JSON can be detected.
      transformRequest: [(data: string) => data],
      transformResponse: [(data: string) => data],
      validateStatus: () => true,
    };
  }

  private toFailed(error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) {
      // A context's abort is not a failure of the service.
      return signal.reason instanceof TimeoutError
        ? new Fault(signal.reason.message, false, true)
        : signal.reason;
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = code === '' ? messageOf(error) : code;
    if (messageOf(error).startsWith('maxContentLength')) return new TooMuch('the response is too large');
    // The Axios error is not kept as the cause, because it references the whole request.
    return new Fault(reason, NEVER_SENT.has(code), false);
  }

  private explain(error: unknown, { what, method }: Call<unknown>, signal: AbortSignal): unknown {
    if (error instanceof AppError) return error;
    const { service } = this.options;
    const failed =
      toFailure(error) ?? (signal.aborted ? notBegun('no time was left for the call') : undefined);
    if (!failed) return error;
    if (signal.aborted && signal.reason instanceof AppError) return signal.reason;
    const isOutcomeKnown = failed.isOutcomeKnown || method === 'GET';
    return new PlatformServiceError({
      service,
      call: what,
      reason: failed.reason,
      isOutcomeKnown,
      cause: failed.cause,
    });
  }
}

function toFailure(error: unknown): Failed | undefined {
  if (error instanceof Fault || error instanceof TooMuch) return error;
  if (error instanceof BrokenCircuitError) return notBegun('circuit open after earlier failures');
  if (error instanceof QueueFullError) return notBegun('too many calls are in progress');
  // Timed out in the queue or behind a half-open breaker's trial call; it may have been sent meanwhile.
  if (error instanceof TimeoutError) return { reason: error.message, isOutcomeKnown: false };
  return undefined;
}

function notBegun(reason: string): Failed {
  return { reason, isOutcomeKnown: true };
}
