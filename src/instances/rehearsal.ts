import type { HttpResult } from '../common/http/http-result';
import type { Outlook } from '../quotas';
import { TRANSITIONS, type Action } from './transitions';

export interface Rehearsal {
  readonly action: Action;
  /** JSON texts of the instances as they would be right after the request. */
  readonly documents: readonly string[];
  readonly isList?: boolean;
  /** Set if the action uses quota and capacity. */
  readonly outlook?: Outlook;
}

/** Response of a dry run: 200 with the instance as it would be. */
export function rehearsalAnswer({ action, documents, isList = false, outlook }: Rehearsal): HttpResult {
  const { to } = TRANSITIONS[action];
  const facts = JSON.stringify({ dryRun: true, action, becomes: to === 'gone' ? 'deleted' : to, ...outlook });
  const shown = isList ? `"instances":[${documents.join(',')}]` : `"instance":${documents.join('')}`;
  return { status: 200, headers: {}, body: `${facts.slice(0, -1)},${shown}}` };
}
