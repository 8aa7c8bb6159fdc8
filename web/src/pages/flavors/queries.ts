import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { unwrap, type ComputeClient, type Flavor } from 'uim-compute-client';
import { flavorsQuery, keys } from '../../api/queries';
import { useCompute } from '../../session/session';

/** Also finds a retired flavor, which lists leave out. */
const flavorQuery = (compute: ComputeClient, name: string) =>
  queryOptions({
    queryKey: [...keys.flavors, name],
    queryFn: ({ signal }): Promise<Flavor> =>
      unwrap(compute.routes.GET('/api/v1/compute/flavors/{name}', { params: { path: { name } }, signal })),
  });

/** Finds the flavors of these names, also retired ones that instances still have. */
export function useFlavorLookup(names: readonly string[]): (name: string) => Flavor | undefined {
  const compute = useCompute();
  const listed = useQuery(flavorsQuery(compute)).data;
  const missing = listed ? names.filter((name) => !listed.some((flavor) => flavor.name === name)) : [];
  const retired = useQueries({ queries: missing.map((name) => flavorQuery(compute, name)) });
  const found = [...(listed ?? []), ...retired.flatMap(({ data }) => data ?? [])];
  return (name) => found.find((flavor) => flavor.name === name);
}
