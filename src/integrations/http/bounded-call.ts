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
}

/**
 * Runs work that ends when its time is over or when the caller goes away, even where it does not
 * react to the signal that tells it so; nothing of it stays behind on the caller's signal.
 * @throws {TimedOut} or the reason of the caller's signal.
 */
export async function boundedBy<T>(
  { timeoutMs, signal: caller }: Bounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new TimedOut(timeoutMs)), timeoutMs);
  const forward = (): void => own.abort(caller?.reason);
  if (caller?.aborted === true) forward();
  caller?.addEventListener('abort', forward, { once: true });
  const over = new Promise<never>((_, reject) => {
    // Later than the work itself notices: what that says of its end says more.
    own.signal.addEventListener('abort', () => setImmediate(() => reject(toError(own.signal.reason))));
  });
  try {
    return await Promise.race([work(own.signal), over]);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', forward);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
