import type { HttpResult } from '../../../platform/http/responses/http-result';
import { etagOf } from '../../../platform/http/responses/etag';
import { operationPath } from '../../operations';
import type { InstanceDocument } from '../instance';
import type { DeletionResult, ActionResult } from '../actions/instance-actions';

export interface InstanceResponseOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Empty without an operation to follow. */
export function operationHeader(operationId: string | null): Record<string, string> {
  return operationId === null ? {} : { 'Operation-Location': operationPath(operationId) };
}

export function instanceResponse(
  { document, version }: InstanceDocument,
  { status = 200, headers }: InstanceResponseOptions = {},
): HttpResult {
  return { status, headers: { ETag: etagOf(version), ...headers }, body: document };
}

/** 200 if done, 202 if still in progress. */
export function actionResponse({ instance, operationId, isDone }: ActionResult): HttpResult {
  return instanceResponse(instance, { status: isDone ? 200 : 202, headers: operationHeader(operationId) });
}

/** 204 if gone, 202 if the deletion is still in progress. */
export function deletionResponse({ operationId, remaining }: DeletionResult): HttpResult {
  const headers = operationHeader(operationId);
  if (remaining) return instanceResponse(remaining, { status: 202, headers });
  return { status: 204, headers, body: null };
}
