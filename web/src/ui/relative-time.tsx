import { useSyncExternalStore, type ReactNode } from 'react';

import { texts } from '../texts';

const TICK_MS = 10_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

let now = Math.floor(Date.now() / 1000);
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all times that are shown. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Math.floor(Date.now() / 1000);
  for (const listener of listeners) listener();
}

function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** E.g. "3 minutes ago", with the exact time on hover. @param at Unix seconds */
export function RelativeTime({ at }: { at: number }): ReactNode {
  const seconds = useNow() - at;
  const date = new Date(at * 1000);
  return (
    <time dateTime={date.toISOString()} title={exact.format(date)}>
      {textOf(seconds)}
    </time>
  );
}

function textOf(seconds: number): string {
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return relative.format(-Math.trunc(seconds / size), unit);
  // Seconds would change all the time, and the clocks of browser and service differ.
  return texts.justNow;
}
