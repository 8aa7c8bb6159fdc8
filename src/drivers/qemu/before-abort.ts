import { reasonOf } from '../../common/bounded';

/** The result of work that goes on for others, or the reason of the abort as soon as there is one. */
export async function beforeAbort<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    void result.then(resolve, reject).then(() => signal.removeEventListener('abort', abort));
  });
}
