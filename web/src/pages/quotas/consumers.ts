import type { Flavor } from 'uim-compute-client';

export interface Consumer {
  readonly flavor: string;
  readonly instances: number;
  /** Total usage of the instances; undefined while the size of the flavor is unknown. */
  readonly vcpus: number | undefined;
  readonly ramGB: number | undefined;
  readonly diskGB: number | undefined;
}

export interface FlavorCount {
  readonly name: string;
  readonly instances: number;
}

/** Flavors in use, those first whose instances take the most memory. */
export function consumersOf(
  counts: readonly FlavorCount[],
  sizeOf: (name: string) => Flavor | undefined,
): readonly Consumer[] {
  return counts
    .filter(({ instances }) => instances > 0)
    .map(({ name, instances }) => {
      const size = sizeOf(name);
      return {
        flavor: name,
        instances,
        vcpus: size && size.vcpus * instances,
        ramGB: size && size.ramGB * instances,
        diskGB: size && size.diskGB * instances,
      };
    })
    .sort((a, b) => (b.ramGB ?? 0) - (a.ramGB ?? 0) || b.instances - a.instances);
}

/** Instances of a list by flavor. */
export function countByFlavor(instances: readonly { readonly flavor: string }[]): readonly FlavorCount[] {
  const counts = new Map<string, number>();
  for (const { flavor } of instances) counts.set(flavor, (counts.get(flavor) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, instances: count }));
}
