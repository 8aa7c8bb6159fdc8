import type { HttpResult } from '../../../platform/http/responses/http-result';
import type { QuotaForecast } from '../../quotas';
import { TRANSITIONS, type Action } from '../actions/transitions';

export interface DryRunResult {
  readonly action: Action;
  /** JSON texts of the instances as they would be right after the request. */
  readonly documents: readonly string[];
  readonly isList?: boolean;
  /** Set if the action uses quota and capacity. */
  readonly forecast?: QuotaForecast;
}

/** Response of a dry run: 200 with the instance as it would be. */
export function dryRunResponse({ action, documents, isList = false, forecast }: DryRunResult): HttpResult {
  const { to } = TRANSITIONS[action];
  const facts = JSON.stringify({
    dryRun: true,
    action,
    becomes: to === 'gone' ? 'deleted' : to,
    ...forecast,
  });
  const shown = isList ? `"instances":[${documents.join(',')}]` : `"instance":${documents.join('')}`;
  return { status: 200, headers: {}, body: `${facts.slice(0, -1)},${shown}}` };
}
