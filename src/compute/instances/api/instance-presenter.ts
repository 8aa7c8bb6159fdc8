import type { HeadOf } from '../../../access/idempotency';
import { etagOf } from '../../../platform/http/responses/etag';
import type { HttpResult } from '../../../platform/http/responses/http-result';
import { operationPath } from '../../operations';
import type { ActionForecast, ActionResult, DeletionResult } from '../actions/instance-actions';
import { outcomeOf } from '../actions/actions';
import type { CreationResult } from '../create/provisioning.service';
import { instancePath, type InstanceDocument } from '../instance';
import type { InstanceDetails } from '../instances.service';

/** The responses to changes of instances; repeats of a request get them from here, too. */

/** Head of the response to an action that does not wait for its operation. */
export const headOfAction: HeadOf = ({ operationId }) => ({
  status: 200,
  headers: operationHeader(operationId),
});

/** Head of the response to a creation; a list has no single instance and operation. */
export const headOfCreation: HeadOf = ({ operationId, resourceId }) => ({
  status: 201,
  headers: {
    ...(resourceId !== null && { Location: instancePath(resourceId) }),
    ...operationHeader(operationId),
  },
});

export function presentInstance({ document, version }: InstanceDocument): HttpResult {
  return { status: 200, headers: { ETag: etagOf(version) }, body: document };
}

/** The instance with more members. */
export function presentDetails({
  document,
  version,
  abilities,
  activity,
  hasSnapshotSchedule,
  retention,
}: InstanceDetails): HttpResult {
  const more = JSON.stringify({ ...retention, abilities, activity, hasSnapshotSchedule });
  return presentInstance({ document: `${document.slice(0, -1)},${more.slice(1)}`, version });
}

export function presentCreation(created: CreationResult): HttpResult {
  if (created.kind === 'list') {
    return { ...headOfCreation({ operationId: null, resourceId: null }), body: created.document };
  }
  return withHeaders(
    presentInstance(created.instance),
    headOfCreation({ operationId: created.operationId, resourceId: created.instanceId }),
  );
}

/** 200 if done, 202 if still in progress. */
export function presentAction({ instance, operationId, isDone }: ActionResult): HttpResult {
  const headers = operationHeader(operationId);
  return withHeaders(presentInstance(instance), { status: isDone ? 200 : 202, headers });
}

/** 204 if gone or retained, 202 if the deletion is still in progress. */
export function presentDeletion({ operationId, remaining }: DeletionResult): HttpResult {
  const headers = operationHeader(operationId);
  if (remaining) return withHeaders(presentInstance(remaining), { status: 202, headers });
  return { status: 204, headers, body: null };
}

/** 200 with the instances as they would be. */
export function presentForecast({
  action,
  documents,
  isList = false,
  becomes = outcomeOf(action),
  forecast,
}: ActionForecast): HttpResult {
  const facts = JSON.stringify({
    dryRun: true,
    action,
    becomes,
    ...forecast,
  });
  const shown = isList ? `"instances":[${documents.join(',')}]` : `"instance":${documents.join('')}`;
  return { status: 200, headers: {}, body: `${facts.slice(0, -1)},${shown}}` };
}

function withHeaders(result: HttpResult, { status, headers }: Omit<HttpResult, 'body'>): HttpResult {
  return { ...result, status, headers: { ...result.headers, ...headers } };
}

/** Empty without an operation to follow. */
function operationHeader(operationId: string | null): Record<string, string> {
  return operationId === null ? {} : { 'Operation-Location': operationPath(operationId) };
}
