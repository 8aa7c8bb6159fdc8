import type { Instance } from 'uim-compute-client';

export interface FailureGroup {
  /** Null if the service does not know why. */
  readonly reason: string | null;
  readonly instances: number;
  /** Tenants with such instances, those with the most first. */
  readonly tenants: readonly { readonly tenantId: string; readonly instances: number }[];
}

/** Reasons of the same failure differ in such IDs only. */
const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{12,64}\b/gi;

type Failing = Pick<Instance, 'tenantId' | 'statusReason'>;

/** Failing instances by reason, the most frequent first. */
export function groupByReason(instances: readonly Failing[]): readonly FailureGroup[] {
  const groups = new Map<string | null, Map<string, number>>();
  for (const { tenantId, statusReason } of instances) {
    const reason = statusReason?.replace(ID, '…') ?? null;
    const tenants = groups.get(reason) ?? new Map<string, number>();
    tenants.set(tenantId, (tenants.get(tenantId) ?? 0) + 1);
    groups.set(reason, tenants);
  }
  return [...groups]
    .map(([reason, counts]) => {
      const tenants = [...counts]
        .map(([tenantId, count]) => ({ tenantId, instances: count }))
        .sort((a, b) => b.instances - a.instances);
      return { reason, tenants, instances: tenants.reduce((sum, { instances: count }) => sum + count, 0) };
    })
    .sort((a, b) => b.instances - a.instances);
}
