import { isRehearsal, type Rehearsal } from '../client';

/** No command asks for a dry run: an answer to one would be a mistake of the service. */
export function done<T extends object>(answer: T | Rehearsal): T {
  if (isRehearsal(answer)) throw new Error('the service only tried it');
  return answer;
}
