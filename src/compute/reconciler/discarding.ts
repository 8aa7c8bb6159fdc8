import { withTimeout } from '../../platform/async/timeout';
import type { ComputeDriver, Inventory } from '../../drivers';
import type { ReachedHost } from '../hosts';

const DISCARD_TIMEOUT_MS = 30_000;

/** Limit per driver, kind and round, so that a mistake can be noticed before it empties an engine. */
export const MOST_DISCARDED = 100;

/** A driver that lists what its engine holds. */
export type InventoryDriver = ComputeDriver & { readonly abilities: { readonly inventory: Inventory } };

/** A host whose driver does. */
export interface InventoryHost {
  readonly id: string;
  readonly driver: InventoryDriver;
}

/** Undefined if its driver does not list what is there. */
export function asInventoryHost({ id, driver }: ReachedHost): InventoryHost | undefined {
  return hasInventory(driver) ? { id, driver } : undefined;
}

function hasInventory(driver: ComputeDriver): driver is InventoryDriver {
  return driver.abilities.inventory !== undefined;
}

export type DiscardOutcome =
  | { readonly kind: 'removed' }
  /** Nothing was left to remove: for example, another replica was faster. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Makes the engine remove what it holds for an instance. @throws the signal's reason if it aborts */
export async function discard(
  driver: InventoryDriver,
  id: string,
  signal: AbortSignal,
): Promise<DiscardOutcome> {
  try {
    const isRemoved = await withTimeout({ timeoutMs: DISCARD_TIMEOUT_MS, signal }, (limit) =>
      driver.abilities.inventory.discard(id, limit),
    );
    return { kind: isRemoved ? 'removed' : 'absent' };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', error };
  }
}
