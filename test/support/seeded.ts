import { randomInt } from 'node:crypto';

export interface Seeded {
  readonly seed: number;
  /** At least 0 and below 1. */
  readonly next: () => number;
}

/** Random numbers that `TEST_SEED` reproduces (mulberry32). */
export function seeded(seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 32))): Seeded {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next };
}
