import { queryOptions } from '@tanstack/react-query';
import { unwrap, type ComputeClient, type paths, type Snapshot } from 'uim-compute-client';
import { keys, type PageRequest } from '../../api/queries';

export type SnapshotQuery = NonNullable<paths['/api/v1/compute/snapshots']['get']['parameters']['query']>;

export interface SnapshotPage {
  readonly snapshots: readonly Snapshot[];
  readonly nextPageToken?: string | undefined;
}

/** One page, newest first. */
export const snapshotsQuery = (compute: ComputeClient, filter: SnapshotQuery, page: PageRequest) =>
  queryOptions({
    queryKey: [...keys.snapshots, filter, page],
    queryFn: ({ signal }): Promise<SnapshotPage> => {
      const { limit, pageToken } = page;
      const query = { ...filter, limit, ...(pageToken !== undefined && { pageToken }) };
      return unwrap(compute.routes.GET('/api/v1/compute/snapshots', { params: { query }, signal }));
    },
    placeholderData: (previous) => previous,
  });
