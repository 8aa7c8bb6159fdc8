import type { components } from './schema';

/** Result of a dry run. */
export type DryRunResult = components['schemas']['DryRunResult'];

/** Distinguishes the result of a dry run from the response to the request itself. */
export function isDryRunResult(answer: object): answer is DryRunResult {
  return 'dryRun' in answer;
}
