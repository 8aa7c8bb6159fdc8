import { given, only } from './given';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type { AllInstancesFilter, Instance, ListOptions, Operation, OperationFilter } from './types';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** The items of a list that is read page by page, as they are needed. */
export async function* itemsOf<T>(
  read: (page: { readonly pageToken?: string }) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let pageToken: string | undefined;
  do {
    const { items, nextPageToken } = await read(pageToken === undefined ? {} : { pageToken });
    if (!Array.isArray(items))
      throw new Error('the response is not from the compute service: it has no list');
    if (nextPageToken !== undefined && nextPageToken === pageToken)
      throw new Error('the response is not from the compute service: it repeats a page');
    yield* items;
    pageToken = nextPageToken;
    // Servers of others may end a list with null or an empty token.
  } while (typeof pageToken === 'string' && pageToken !== '');
}

export function limitOf({ pageSize }: ListOptions): { readonly limit?: number } {
  return pageSize === undefined ? {} : { limit: pageSize };
}

/** Instances, newest first. Only operators may use the filters of `AllInstancesFilter` that `InstanceFilter` lacks. */
export function instancesOf(
  routes: Routes,
  filter: AllInstancesFilter,
  options: ListOptions,
): AsyncGenerator<Instance, void, undefined> {
  return itemsOf(async (page) => {
    const params = { query: { ...given(filter), ...limitOf(options), ...page } };
    const list = await unwrap(routes.GET('/api/v1/compute/instances', { params, ...only(options) }));
    return { items: list.instances, nextPageToken: list.nextPageToken };
  });
}

/** Operations, newest first. */
export function operationsOf(
  routes: Routes,
  filter: OperationFilter,
  options: ListOptions,
): AsyncGenerator<Operation, void, undefined> {
  return itemsOf(async (page) => {
    const params = { query: { ...given(filter), ...limitOf(options), ...page } };
    const list = await unwrap(routes.GET('/api/v1/compute/operations', { params, ...only(options) }));
    return { items: list.operations, nextPageToken: list.nextPageToken };
  });
}
