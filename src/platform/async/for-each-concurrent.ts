/**
 * Runs `work` for the items in order, up to `atOnce` at a time. Rejects with the first failure without waiting for work
 * in progress. Items removed from the array in the meantime are skipped.
 */
export async function forEachConcurrent<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // All workers share the iterator, so each takes the next free item.
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
