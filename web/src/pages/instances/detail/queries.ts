import { queryOptions } from '@tanstack/react-query';
import {
  ProblemError,
  unwrap,
  type ComputeClient,
  type InstanceEvent,
  type Snapshot,
  type SnapshotSchedule,
} from 'uim-compute-client';
import { collect, keys } from '../../../api/queries';

const PAGE = 1000;
/** Older events of an instance that has more are not shown. */
const MAX_EVENTS = 5000;
/** Pages that are read to find the newest events: the service lists the oldest first. */
const MAX_PAGES = 20;
const MAX_SNAPSHOTS = 500;

export interface History {
  /** Newest first. */
  readonly events: readonly InstanceEvent[];
  readonly isTruncated: boolean;
}

export const eventsQuery = (compute: ComputeClient, id: string) =>
  queryOptions({
    queryKey: [...keys.instance(id), 'events'],
    queryFn: ({ signal }): Promise<History> => readHistory(compute, id, signal),
  });

async function readHistory(compute: ComputeClient, id: string, signal: AbortSignal): Promise<History> {
  let events: readonly InstanceEvent[] = [];
  let total = 0;
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { limit: PAGE, ...(pageToken !== undefined && { pageToken }) };
    const params = { path: { id }, query };
    const next = await unwrap(
      compute.routes.GET('/api/v1/compute/instances/{id}/events', { params, signal }),
    );
    total += next.events.length;
    events = [...events, ...next.events].slice(-MAX_EVENTS);
    pageToken = next.nextPageToken;
    if (pageToken === undefined) break;
  }
  return { events: events.toReversed(), isTruncated: total > events.length };
}

export const snapshotsOfQuery = (compute: ComputeClient, id: string) =>
  queryOptions({
    queryKey: [...keys.snapshots, 'of', id],
    queryFn: ({ signal }): Promise<readonly Snapshot[]> =>
      collect(compute.snapshots.list({ instanceId: id }, { signal, pageSize: 100 }), MAX_SNAPSHOTS),
  });

/** Null if the schedule was removed since. Its changes are events of the instance. */
export const scheduleQuery = (compute: ComputeClient, id: string) =>
  queryOptions({
    queryKey: [...keys.instance(id), 'schedule'],
    queryFn: async ({ signal }): Promise<SnapshotSchedule | null> => {
      try {
        return await compute.snapshots.schedule(id, { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'schedule_not_found') return null;
        throw error;
      }
    },
  });

/** Not refreshed by events: reading it again while the user reads would move the lines. */
export const consoleLinesQuery = (compute: ComputeClient, id: string) =>
  queryOptions({
    queryKey: ['console-lines', id],
    queryFn: ({ signal }): Promise<readonly string[]> => compute.console(id, { lines: 200, signal }),
    gcTime: 0,
  });
