import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { DryRunResult, ProblemError } from 'uim-compute-client';
import { quotaQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { placeRefusal } from './form/refusal';
import { countOf, requestOf } from './form/request';
import type { CreateForm } from './form/state';
import { invalidFields, type FieldErrors } from './form/validate';
import { dryRunQuery } from './queries';

/** Result of a dry run of the current form. */
export type RequestCheck = {
  readonly result?: DryRunResult | undefined;
  /** Messages for fields. */
  readonly errors: FieldErrors;
} & (
  | { readonly kind: 'incomplete' | 'checking' | 'failed' | 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: ProblemError; readonly isPlaced: boolean }
);

const DELAY_MS = 400;
const NO_ERRORS: FieldErrors = new Map();

/** Asks the service with a dry run, some time after the last change. */
export function useRequestCheck(form: CreateForm): RequestCheck {
  const compute = useCompute();
  const quota = useQuery(quotaQuery(compute));
  const [settled] = useDebouncedValue(form, DELAY_MS);
  const isComplete = invalidFields(settled).size === 0;
  const checked = isComplete ? { request: requestOf(settled), count: countOf(settled) } : undefined;
  const answer = useQuery(dryRunQuery(compute, checked, quota.data?.usage));
  if (!isComplete) return { kind: 'incomplete', errors: NO_ERRORS };
  if (answer.error) return { kind: 'failed', errors: NO_ERRORS };
  if (!answer.data) return { kind: 'checking', errors: NO_ERRORS };
  if ('result' in answer.data) return { kind: 'accepted', result: answer.data.result, errors: NO_ERRORS };
  const { refusal } = answer.data;
  const { fields, isComplete: isPlaced } = placeRefusal(refusal.problem, settled);
  return { kind: 'refused', refusal, isPlaced, errors: fields };
}
