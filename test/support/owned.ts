import type { Instance } from '../../src/compute/instances';
import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';

/** What one tenant has. */
export interface Owned {
  readonly instance: Instance;
  readonly webhook: Webhook;
  readonly delivery: Delivery;
  readonly operations: readonly Operation[];
  readonly snapshots: readonly Snapshot[];
  readonly image: { readonly id: string };
}

/**
 * The owner's resource ID for each path prefix that ends in a parameter. The test fails until a new
 * parameter is added here.
 */
const RESOURCES: Readonly<Record<string, (owned: Owned) => string | undefined>> = {
  '/api/v1/compute/instances/{id}': ({ instance }) => instance.id,
  '/api/v1/compute/instances/{id}/networks/{networkId}': ({ instance }) => instance.networkIds[0],
  '/api/v1/compute/instances/{id}/volumes/{volumeId}': ({ instance }) => instance.volumeIds[0],
  '/api/v1/compute/snapshots/{id}': ({ snapshots }) => snapshots[0]?.id,
  '/api/v1/compute/images/{id}': ({ image }) => image.id,
  '/api/v1/compute/flavors/{name}': ({ instance }) => instance.flavor,
  '/api/v1/compute/warm-pools/{name}': () => 'web',
  '/api/v1/compute/quotas/{tenantId}': ({ instance }) => instance.tenantId,
  '/api/v1/compute/operations/{id}': ({ operations }) => operations[0]?.id,
  '/api/v1/compute/webhooks/{id}': ({ webhook }) => webhook.id,
  '/api/v1/compute/webhooks/{id}/deliveries/{deliveryId}': ({ delivery }) => delivery.id,
};

/** The path with the ids of what the tenant has. */
export function fill(path: string, owned: Owned): string {
  return path.replaceAll(/\{\w+\}/g, (parameter, offset: number) => {
    const prefix = path.slice(0, offset) + parameter;
    const id = RESOURCES[prefix]?.(owned);
    if (id === undefined) throw new Error(`say in RESOURCES which resource of the owner ${prefix} is`);
    return id;
  });
}
