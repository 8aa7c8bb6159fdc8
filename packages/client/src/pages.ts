import type { ListOptions } from './types';

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
