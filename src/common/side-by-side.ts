/**
 * Does work for each item, for so many at the same time, in their order. Rejects with the first failure; work that is
 * under way then is not waited for. What is taken out of the array meanwhile is not begun.
 */
export async function sideBySide<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // Shared by all: each takes the next that nobody has taken.
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
