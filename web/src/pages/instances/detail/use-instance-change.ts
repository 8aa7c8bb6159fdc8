import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { ComputeClient } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';

/** A change of an instance. Everything that it may affect is read again when it has ended, however that was. */
export function useInstanceChange<Input = void>(
  id: string,
  change: (compute: ComputeClient, input: Input) => Promise<unknown>,
  onSuccess?: () => void,
): UseMutationResult<unknown, Error, Input> {
  const compute = useCompute();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(compute, input),
    onSuccess: () => onSuccess?.(),
    onSettled: () => {
      for (const queryKey of [keys.instance(id), keys.instances, keys.operations, keys.snapshots])
        void queries.invalidateQueries({ queryKey });
    },
  });
}
