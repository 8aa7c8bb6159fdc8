import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemError } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { placeRefusal } from './form/refusal';
import { countOf, requestOf } from './form/request';
import type { CreateForm } from './form/state';
import type { FieldErrors } from './form/validate';

export interface Create {
  readonly submit: (form: CreateForm) => void;
  readonly isBusy: boolean;
  /** The form that was refused. */
  readonly failedForm: CreateForm | undefined;
  /** Its messages for fields. */
  readonly errors: FieldErrors;
  /** What no field shows. */
  readonly failure: unknown;
}

const NO_ERRORS: FieldErrors = new Map();

/** Creates what a form says, once: the same form is always sent with the same idempotency key. */
export function useCreate({ onCreated }: { onCreated: (ids: readonly string[]) => void }): Create {
  const compute = useCompute();
  const queries = useQueryClient();
  const sent = useRef({ body: '', key: '' });
  const mutation = useMutation({
    mutationFn: async (form: CreateForm): Promise<readonly string[]> => {
      const request = requestOf(form);
      const count = countOf(form);
      const body = JSON.stringify([request, count]);
      if (sent.current.body !== body) sent.current = { body, key: crypto.randomUUID() };
      const options = { idempotencyKey: sent.current.key };
      if (count === 1) return [(await compute.create(request, options)).id];
      return (await compute.createMany({ ...request, count }, options)).instances.map(({ id }) => id);
    },
    onSuccess: (ids) => {
      void queries.invalidateQueries({ queryKey: keys.instances });
      onCreated(ids);
    },
  });
  const { error, variables } = mutation;
  const placed =
    error instanceof ProblemError && variables ? placeRefusal(error.problem, variables) : undefined;
  return {
    submit: (form) => mutation.mutate(form),
    isBusy: mutation.isPending,
    failedForm: error ? variables : undefined,
    errors: placed?.fields ?? NO_ERRORS,
    failure: placed?.isComplete === true ? undefined : error,
  };
}
