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
    yield* items;
    pageToken = nextPageToken;
  } while (pageToken !== undefined);
}

export function limitOf({ pageSize }: ListOptions): { readonly limit?: number } {
  return pageSize === undefined ? {} : { limit: pageSize };
}
