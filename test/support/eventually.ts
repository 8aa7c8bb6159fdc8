import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

export interface Patience {
  readonly withinMs?: number;
}

/**
 * Repeats an assertion until it holds; when the time is over, fails with its last error. The time is an outer limit for a
 * busy machine, not a statement about speed.
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
