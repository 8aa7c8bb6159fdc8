import type { components } from './schema';

/** Result of a dry run. */
export type Rehearsal = components['schemas']['RehearsalDto'];

/** Distinguishes the result of a dry run from the response to the request itself. */
export function isRehearsal(answer: object): answer is Rehearsal {
  return 'dryRun' in answer;
}
