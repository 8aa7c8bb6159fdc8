import { queryOptions } from '@tanstack/react-query';
import {
  unwrap,
  type Capacity,
  type ComputeClient,
  type Flavor,
  type Image,
  type Instance,
  type InstanceDetails,
  type Operation,
  type paths,
  type Quota,
} from 'uim-compute-client';

/** Names of what is cached. `['instances']` are all pages of lists; `['instance', id]` also its history and so on. */
export const keys = {
  instances: ['instances'],
  instance: (id: string) => ['instance', id],
  operations: ['operations'],
  snapshots: ['snapshots'],
  quota: ['quota'],
  capacity: ['capacity'],
  flavors: ['flavors'],
  images: ['images'],
  webhooks: ['webhooks'],
  /** What operators read of all tenants. */
  operators: ['operators'],
} as const;

/** Filters of a list of instances. */
export type InstanceQuery = NonNullable<paths['/api/v1/compute/instances']['get']['parameters']['query']>;

export interface InstancePage {
  readonly instances: readonly Instance[];
  readonly nextPageToken?: string | undefined;
}

export interface PageRequest {
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** One page, newest first. */
export const instancesQuery = (compute: ComputeClient, filter: InstanceQuery, page: PageRequest) =>
  queryOptions({
    queryKey: [...keys.instances, filter, page],
    queryFn: async ({ signal }): Promise<InstancePage> => {
      const { limit, pageToken } = page;
      const query = { ...filter, limit, ...(pageToken !== undefined && { pageToken }) };
      return unwrap(compute.routes.GET('/api/v1/compute/instances', { params: { query }, signal }));
    },
    placeholderData: (previous) => previous,
  });

export const instanceQuery = (compute: ComputeClient, id: string) =>
  queryOptions({
    queryKey: [...keys.instance(id), 'details'],
    queryFn: ({ signal }): Promise<InstanceDetails> => compute.get(id, { signal, deleted: true }),
  });

export const operationsQuery = (
  compute: ComputeClient,
  filter: { readonly status?: Operation['status']; readonly instanceId?: string },
  most: number,
) =>
  queryOptions({
    queryKey: [...keys.operations, filter, most],
    queryFn: ({ signal }): Promise<readonly Operation[]> =>
      collect(compute.operations(filter, { signal, pageSize: most }), most),
  });

export const quotaQuery = (compute: ComputeClient) =>
  queryOptions({ queryKey: keys.quota, queryFn: ({ signal }): Promise<Quota> => compute.quota({ signal }) });

/** Of the tenant; operators get that of all tenants, and the drivers. */
export const capacityQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: keys.capacity,
    queryFn: ({ signal }): Promise<Capacity> => compute.capacity({ signal }),
  });

export const flavorsQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: keys.flavors,
    queryFn: ({ signal }): Promise<readonly Flavor[]> => compute.flavors({ signal }),
  });

export const imagesQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: keys.images,
    queryFn: ({ signal }): Promise<readonly Image[]> => collect(compute.images({ signal }), 1000),
  });

/** The first items of a list, `most` at most. */
export async function collect<T>(items: AsyncIterable<T>, most: number): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
    if (collected.length >= most) break;
  }
  return collected;
}
