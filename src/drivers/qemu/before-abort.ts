import { reasonOf } from '../../common/bounded';

/** Rejects with the abort reason as soon as the signal aborts. The work itself continues for its other callers. */
export async function beforeAbort<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    void result.then(resolve, reject).then(() => signal.removeEventListener('abort', abort));
  });
}
