import { delay } from './delay';
import { ProblemError } from './problem';

/** Delays before a request whose response was lost is repeated. */
const RETRY_MS = [200, 800, 2000];

/** Messages of `fetch` in Chromium, Firefox and Safari. */
const OF_BROWSERS = /^(Failed to fetch|NetworkError when|Load failed)/;

/** Whether `fetch` failed without a response. */
export function isConnectionError(error: unknown): error is TypeError {
  // Not `instanceof`: `fetch` may belong to another realm.
  const isError = typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
  if (!isError || error.name !== 'TypeError') return false;
  // Node.js adds the cause; a TypeError without one is a mistake in a program, except in browsers.
  return 'cause' in error || OF_BROWSERS.test(String(error.message));
}

/** Repeats a request with an idempotency key while its outcome is unknown, a few times at most. */
export async function repeatingIfLost<T>(
  request: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const waitMs of RETRY_MS) {
    let asked: number;
    try {
      return await request();
    } catch (error) {
      if (signal?.aborted === true || !isLost(error)) throw error;
      asked = error instanceof ProblemError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    }
    await delay(Math.max(waitMs, asked), signal);
  }
  return request();
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** Whether there was no response, or one from an intermediary, or the first request is still in progress. */
function isLost(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return isConnectionError(error) || isTimeout(error);
  return error.retryable && ['idempotency_key_in_use', 'unexpected_response'].includes(error.code);
}
