const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** Probes follow each other after this part of the time since the start. */
const SHARE = 0.1;
/** Guests that need longer are returned between probes. */
const EAGER_SECONDS = 10;

/** `soon`: by the same process. `later`: by any. `never`: the time is up. */
export type NextProbe =
  { readonly kind: 'soon' | 'later'; readonly delayMs: number } | { readonly kind: 'never' };

/** The delay until the next probe of a guest that is not ready this long after its start. */
export function nextProbe(secondsSinceStart: number, timeoutSeconds: number): NextProbe {
  const leftMs = (timeoutSeconds - secondsSinceStart) * 1000;
  if (leftMs <= 0) return { kind: 'never' };
  const delayMs = Math.min(Math.max(secondsSinceStart * 1000 * SHARE, FIRST_MS), LONGEST_MS, leftMs);
  return { kind: secondsSinceStart < EAGER_SECONDS ? 'soon' : 'later', delayMs };
}
