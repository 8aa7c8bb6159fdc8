import { isHandedOver } from '../compute-driver.port';

/** So long a request that makes something goes on after an abort: what it makes would come after the undo. */
export const SETTLE_MS = 2000;

/** Aborts a while after the other one; at once where nothing is to be undone. */
export function settled(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  const end = (): void => {
    if (isHandedOver(signal)) late.abort(signal.reason);
    else setTimeout(() => late.abort(signal.reason), SETTLE_MS).unref();
  };
  if (signal.aborted) late.abort(signal.reason);
  else signal.addEventListener('abort', end, { once: true });
  return late.signal;
}
