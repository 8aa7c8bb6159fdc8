import type { components } from './schema';

/** What a dry run answers. */
export type Rehearsal = components['schemas']['RehearsalDto'];

/** Tells the answer to a dry run from that to the request itself. */
export function isRehearsal(answer: object): answer is Rehearsal {
  return 'dryRun' in answer;
}
