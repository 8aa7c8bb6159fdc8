import { setTimeout as delay } from 'node:timers/promises';

const MIN_PAUSE_MS = 20;
const MAX_PAUSE_MS = 200;
/** Pauses grow with the wait: tests wait in parallel, and each look costs processor time that the others need. */
const PAUSE_PER_MS_WAITED = 0.1;

export interface Patience {
  readonly withinMs?: number;
}

/**
 * Repeats an assertion until it passes; after the timeout, fails with its last error. The timeout allows for a busy
 * machine and does not assert speed.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { withinMs = 30_000 }: Patience = {},
): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      const waitedMs = performance.now() - start;
      if (waitedMs > withinMs) throw error;
      await delay(Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, waitedMs * PAUSE_PER_MS_WAITED)));
    }
  }
}
