import { boundedBy } from '../common/bounded';
import type { ComputeDriver, Listing } from '../drivers';

const DISCARD_TIMEOUT_MS = 30_000;

/** Of a kind, in one round: a mistake must not empty an engine before somebody notices. */
export const MOST_DISCARDED = 100;

export type ListingDriver = ComputeDriver & Listing;

/** Has the engine remove what it holds under an id. @returns why that failed; undefined where it is done. */
export async function discarded(
  driver: ListingDriver,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    await boundedBy({ timeoutMs: DISCARD_TIMEOUT_MS, signal }, (limit) => driver.discard(id, limit));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return { error };
  }
}
