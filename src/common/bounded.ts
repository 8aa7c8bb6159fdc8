/** The time of a call is over. */
export class TimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`it did not answer within ${timeoutMs} ms`);
  }
}

export interface Bounds {
  readonly timeoutMs: number;
  /** Whoever asked, where the work ends with his interest in it. */
  readonly signal?: AbortSignal;
  /** Whether the work, which notices its end at once, is heard first: what it says of that may say more. */
  readonly isHeardOut?: boolean;
}

/**
 * Does work that ends when its time is over or when the caller goes away, even where it does not
 * react to the signal that tells it so; nothing of it stays behind on the caller's signal.
 * @throws {TimedOut} or the reason of the caller's signal.
 */
export async function boundedBy<T>(
  { timeoutMs, signal: caller, isHeardOut = false }: Bounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted();
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new TimedOut(timeoutMs)), timeoutMs);
  const forward = (): void => own.abort(caller?.reason);
  caller?.addEventListener('abort', forward, { once: true });
  const over = new Promise<never>((_, reject) => {
    const end = (): void => reject(reasonOf(own.signal));
    own.signal.addEventListener('abort', isHeardOut ? () => setImmediate(end) : end);
  });
  try {
    return await Promise.race([work(own.signal), over]);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', forward);
  }
}

/** Why a signal is aborted, as an error. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
