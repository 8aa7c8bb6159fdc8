import { setTimeout as delay } from 'node:timers/promises';
import { EventStreamError } from './event-stream';
import { ProblemError } from './problem';

const FIRST_MS = 500;
const LAST_MS = 15_000;

export function isStopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Whether a new connection would fail in the same way. */
export function isFinal(error: unknown): boolean {
  return error instanceof EventStreamError || (error instanceof ProblemError && !error.retryable);
}

/** Waits before a stream is opened again; longer after each failure. Resolves early if the signal aborts. */
export async function pauseBeforeReconnect(failures: number, signal: AbortSignal | undefined): Promise<void> {
  const ms = Math.min(FIRST_MS * 2 ** failures, LAST_MS);
  await delay(ms, undefined, signal && { signal }).catch(() => undefined);
}
