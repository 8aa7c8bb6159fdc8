import { setTimeout as delay } from 'node:timers/promises';

/** Sleeps; returns early if the signal aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Capped exponential backoff. Its upper half is random, so that tasks that fail together do not retry together. */
export function backoffMs(attempt: number, { firstMs, lastMs }: { firstMs: number; lastMs: number }): number {
  const most = Math.min(lastMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(most / 2 + (Math.random() * most) / 2);
}
