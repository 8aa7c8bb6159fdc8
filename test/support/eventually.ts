import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

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
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(LOOK_EVERY_MS);
    }
  }
}
