import { delay } from './delay';
import { EventStreamError, readMessages, type StreamMessage } from './event-stream';
import { ProblemError } from './problem';
import { IdleTimeout, IDLE_TIMEOUT_MS } from './idle-timeout';

const FIRST_MS = 500;
const LAST_MS = 15_000;

export interface ReconnectOptions {
  readonly signal?: AbortSignal | undefined;
  /** Time in ms without data until a connection counts as lost; default 60,000. The service sends heartbeats. */
  readonly idleTimeoutMs?: number | undefined;
  /** Called after each connection is opened. */
  readonly onOpen?: (() => void) | undefined;
  /** Called after each connection ends, before the next one is opened. */
  readonly onLost?: (() => void) | undefined;
}

export interface StreamSource<T> {
  /** Opens a connection, which ends with the signal. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
  /** Yields the items of one connection. Returns whether the stream is complete, so that no reconnect follows. */
  readonly read: (messages: AsyncIterable<StreamMessage>) => AsyncGenerator<T, boolean>;
}

/**
 * The items of a stream that reconnects after each end and each failure. The delay before a reconnect grows while the
 * stream cannot be opened. Ends when the stream is complete or the signal aborts.
 * @throws {ProblemError} if the service refuses permanently
 * @throws {EventStreamError} if the stream is malformed
 * @throws any error of `open` for the first connection
 */
export async function* reconnecting<T>(
  { signal, idleTimeoutMs = IDLE_TIMEOUT_MS, onOpen, onLost }: ReconnectOptions,
  source: StreamSource<T>,
): AsyncGenerator<T, void, undefined> {
  let hasBegun = false;
  for (let failures = 0; !isStopped(signal); failures++) {
    let failure: unknown;
    const idleTimeout = new IdleTimeout(idleTimeoutMs, signal);
    try {
      const bytes = await source.open(idleTimeout.signal);
      hasBegun = true;
      failures = 0;
      notify(onOpen);
      if (yield* source.read(readMessages(idleTimeout.watching(bytes)))) return;
    } catch (error) {
      if (error instanceof CallbackError) throw error.cause;
      if (isStopped(signal)) return;
      if (!hasBegun || isFinal(error)) throw error;
      failure = error;
    } finally {
      idleTimeout.stop();
    }
    onLost?.();
    await pause(pauseMs(failures, failure), signal);
  }
}

function isStopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Whether a reconnect would fail in the same way. */
function isFinal(error: unknown): boolean {
  return error instanceof EventStreamError || (error instanceof ProblemError && !error.retryable);
}

/** An error that a callback of the caller has thrown: reconnecting would hide it. */
class CallbackError extends Error {}

/** Calls a callback from code whose other errors lead to a reconnect. */
export function notify(callback: (() => void) | undefined): void {
  try {
    callback?.();
  } catch (cause) {
    throw new CallbackError('a callback failed', { cause });
  }
}

/** With jitter, so that the clients of a replica that stops do not all return at once. */
function pauseMs(failures: number, failure: unknown): number {
  const backoff = Math.min(FIRST_MS * 2 ** failures, LAST_MS) * (0.5 + Math.random() / 2);
  const asked = failure instanceof ProblemError ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(backoff, asked);
}

/** Resolves early if the signal aborts. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, signal).catch(() => undefined);
}
