import { isLeaseLost } from '../../port/driver-call';

/** Create requests continue this long after an abort; otherwise their result could appear after the undo. */
export const SETTLE_MS = 2000;

/** Aborts `SETTLE_MS` after the given signal, or at once if no undo will follow. */
export function settled(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  const end = (): void => {
    if (isLeaseLost(signal)) late.abort(signal.reason);
    else setTimeout(() => late.abort(signal.reason), SETTLE_MS).unref();
  };
  if (signal.aborted) late.abort(signal.reason);
  else signal.addEventListener('abort', end, { once: true });
  return late.signal;
}
