import { queryOptions } from '@tanstack/react-query';
import {
  ProblemError,
  type ComputeClient,
  type CreateInstance,
  type DryRunResult,
  type Snapshot,
} from 'uim-compute-client';
import { keys } from '../../../api/queries';

/** Response to a dry run; a refusal is a result, too. */
export type DryRunOutcome = { readonly result: DryRunResult } | { readonly refusal: ProblemError };

export const sourceSnapshotQuery = (compute: ComputeClient, id: string | null) =>
  queryOptions({
    queryKey: [...keys.snapshots, 'source', id],
    queryFn: ({ signal }): Promise<Snapshot> => compute.snapshots.get(id ?? '', { signal }),
    enabled: id !== null,
  });

/** @param usage of the tenant: when it changes, so may the answer */
export const dryRunQuery = (
  compute: ComputeClient,
  checked: { readonly request: CreateInstance; readonly count: number } | undefined,
  usage: unknown,
) =>
  queryOptions({
    queryKey: ['dry-run', checked, usage],
    queryFn: async ({ signal }): Promise<DryRunOutcome | undefined> => {
      if (!checked) return undefined;
      const { request, count } = checked;
      try {
        const result = await compute.dryRun.create(request, { signal, ...(count > 1 && { count }) });
        return { result };
      } catch (error) {
        if (error instanceof ProblemError) return { refusal: error };
        throw error;
      }
    },
    enabled: checked !== undefined,
    // Each is only for the moment, and may contain much user data.
    gcTime: 0,
    retry: false,
    placeholderData: (previous) => previous,
  });
