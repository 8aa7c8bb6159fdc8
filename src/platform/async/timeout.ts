/** The call timed out. */
export class TimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`no response within ${timeoutMs} ms`);
  }
}

export interface Deadline {
  readonly timeoutMs: number;
  /** Optional caller signal; aborting it aborts the work. */
  readonly signal?: AbortSignal;
}

export interface Bounds extends Deadline {
  /** Grace tick: work that reacts to the signal at once may reject first, because its own error is more specific. */
  readonly graceTick?: boolean;
}

/**
 * Runs work with a signal that aborts after `timeoutMs` or with the caller's signal, and waits until the work ends. The
 * timer and the listener keep the signal alive; `AbortSignal.any` can lose a timeout to garbage collection on Node 20.
 */
export async function abortOnTimeout<T>(
  { timeoutMs, signal: caller }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller?.throwIfAborted();
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new TimeoutError(timeoutMs)), timeoutMs);
  const forward = (): void => own.abort(caller?.reason);
  caller?.addEventListener('abort', forward, { once: true });
  try {
    return await work(own.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', forward);
  }
}

/**
 * Like `withTimeout`, but does not wait for work that ignores its signal.
 * @throws {TimeoutError} or the abort reason of the caller's signal.
 */
export async function withTimeout<T>(
  { graceTick = false, ...deadline }: Bounds,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return abortOnTimeout(deadline, (signal) => {
    const over = new Promise<never>((_, reject) => {
      const end = (): void => reject(reasonOf(signal));
      signal.addEventListener('abort', graceTick ? () => setImmediate(end) : end);
    });
    return Promise.race([work(signal), over]);
  });
}

/** The abort reason of a signal, as an error. */
function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}

/** Rejects with the abort reason as soon as the signal aborts. The work itself continues for its other callers. */
export async function raceAbort<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    void result.then(resolve, reject).then(() => signal.removeEventListener('abort', abort));
  });
}
