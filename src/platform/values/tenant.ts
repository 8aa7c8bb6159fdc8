/** Tenant of requests without one, if these are accepted, and of the metrics of the service itself. */
export const DEFAULT_TENANT = 'default';

/** Has the instances of warm pools until they are handed over; no tenant can have this id. */
export const WARM_POOLS = '@warm-pools';

/** What others learn of something that this tenant has: of what no tenant has yet, nothing. */
export function foreignTo(owner: string): 'foreign' | undefined {
  return owner === WARM_POOLS ? undefined : 'foreign';
}
