/**
 * Calls `sweep`, which removes a batch and returns its size, until nothing is left or the signal aborts.
 * @returns how many were removed
 */
export async function sweepAll(signal: AbortSignal, sweep: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let batch = -1; batch !== 0 && !signal.aborted; removed += batch) batch = await sweep();
  return removed;
}
