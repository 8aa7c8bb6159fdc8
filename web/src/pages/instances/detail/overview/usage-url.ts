import type { Instance } from 'uim-compute-client';

/** The page of an instance at the service that keeps its usage for longer; undefined if none is configured. */
export function usageUrlOf(
  template: string | null,
  { id, tenantId }: Pick<Instance, 'id' | 'tenantId'>,
): string | undefined {
  return template === null
    ? undefined
    : template
        .replaceAll('{instanceId}', encodeURIComponent(id))
        .replaceAll('{tenantId}', encodeURIComponent(tenantId));
}
