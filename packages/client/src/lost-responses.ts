import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from './problem';

/** Delays before a request whose response was lost is repeated. */
const RETRY_MS = [200, 800, 2000];

/** Whether `fetch` failed without a response. */
export function isConnectionError(error: unknown): error is TypeError {
  // Not `instanceof`: `fetch` may belong to another realm.
  const isError = typeof error === 'object' && error !== null && 'name' in error && 'cause' in error;
  return isError && error.name === 'TypeError';
}

/** Repeats a request with an idempotency key while its outcome is unknown, a few times at most. */
export async function repeatingIfLost<T>(
  request: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const waitMs of RETRY_MS) {
    try {
      return await request();
    } catch (error) {
      if (signal?.aborted === true || !isLost(error)) throw error;
    }
    await delay(waitMs, undefined, signal && { signal });
  }
  return request();
}

/** Whether there was no response, or one from an intermediary, or the first request is still in progress. */
function isLost(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return isConnectionError(error);
  return error.retryable && ['idempotency_key_in_use', 'unexpected_answer'].includes(error.code);
}
