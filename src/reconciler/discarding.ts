import { boundedBy } from '../common/bounded';
import type { ComputeDriver, Listing } from '../drivers';

const DISCARD_TIMEOUT_MS = 30_000;

/** Of a kind, in one round: a mistake must not empty an engine before somebody notices. */
export const MOST_DISCARDED = 100;

export type ListingDriver = ComputeDriver & Listing;

export type DiscardOutcome =
  | { readonly kind: 'removed' }
  /** There was nothing: e.g. another replica was faster. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Has the engine remove what it holds for an instance. @throws the reason of the signal, if that aborts */
export async function discard(
  driver: ListingDriver,
  id: string,
  signal: AbortSignal,
): Promise<DiscardOutcome> {
  try {
    const isRemoved = await boundedBy({ timeoutMs: DISCARD_TIMEOUT_MS, signal }, (limit) =>
      driver.discard(id, limit),
    );
    return { kind: isRemoved ? 'removed' : 'absent' };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', error };
  }
}
