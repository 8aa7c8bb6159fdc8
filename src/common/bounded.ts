export interface Bounds {
  readonly ms: number;
  /** Aborts the call, too. */
  readonly signal: AbortSignal;
}

/** Makes a call that ends in time, also where what is called takes no notice of its signal. */
export async function bounded<T>(call: (signal: AbortSignal) => Promise<T>, bounds: Bounds): Promise<T> {
  const { ms, signal } = bounds;
  signal.throwIfAborted();
  const limit = new AbortController();
  let end = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    end = () => {
      const error = new Error(signal.aborted ? 'ended' : `no answer within ${ms / 1000} s`);
      limit.abort(error);
      reject(error);
    };
  });
  const timer = setTimeout(end, ms);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([call(limit.signal), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
