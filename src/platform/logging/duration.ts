/** A duration for the log: to 0.1 ms, from 100 ms on to 1 ms. */
export function roundedMs(ms: number): number {
  return ms >= 100 ? Math.round(ms) : Math.round(ms * 10) / 10;
}
