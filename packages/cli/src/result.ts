import { isDryRunResult, type DryRunResult } from 'uim-compute-client';

/** Rules out a dry-run result, which would be a bug of the service: commands never ask for one. */
export function resultOf<T extends object>(answer: T | DryRunResult): T {
  if (isDryRunResult(answer)) throw new Error('the service returned a dry-run result');
  return answer;
}
