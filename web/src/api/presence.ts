/** How often the page looks whether its computer has slept, and how long an interval then was at least. */
const TICK_MS = 5000;
const SLEPT_MS = TICK_MS * 3;
/** A page that is hidden for longer needs no connection. */
const AWAY_MS = 30_000;

/** What a page has to know of the browser; in tests, something else. */
export interface Surroundings {
  readonly window: EventTarget;
  readonly document: EventTarget & Pick<Document, 'visibilityState'>;
}

export interface PresenceOptions {
  /** The page has been hidden for a while. */
  readonly onAway: () => void;
  /** It is shown again after that, the network is back, or the computer was asleep. */
  readonly onReturn: () => void;
}

/**
 * Watches whether anyone can see the page. Browsers open six connections to an HTTP/1.1 server for all tabs together, so
 * that hidden tabs must not keep theirs.
 * @returns a function that ends it
 */
export function watchPresence(
  { onAway, onReturn }: PresenceOptions,
  { window, document }: Surroundings = globalThis,
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let isAway = false;
  let awayTimer: ReturnType<typeof setTimeout> | undefined;
  let lastTick = Date.now();

  const leave = (): void => {
    isAway = true;
    onAway();
  };
  const check = (): void => {
    const now = Date.now();
    const hasSlept = now - lastTick > SLEPT_MS;
    lastTick = now;
    // Browsers slow down the timers of hidden pages, which is not sleep.
    if (hasSlept && document.visibilityState === 'visible') onReturn();
  };
  const onVisibility = (): void => {
    clearTimeout(awayTimer);
    if (document.visibilityState === 'hidden') {
      awayTimer = setTimeout(leave, AWAY_MS);
      return;
    }
    if (!isAway) {
      check();
      return;
    }
    isAway = false;
    lastTick = Date.now();
    onReturn();
  };
  const onOnline = (): void => {
    if (!isAway) onReturn();
  };

  const ticks = setInterval(check, TICK_MS);
  window.addEventListener('online', onOnline, { signal });
  document.addEventListener('visibilitychange', onVisibility, { signal });
  return () => {
    clearInterval(ticks);
    clearTimeout(awayTimer);
    ended.abort();
  };
}
