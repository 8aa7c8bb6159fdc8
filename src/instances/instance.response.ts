import type { Response } from 'express';
import { etagOf } from '../common/http/etag';
import { sendJson } from '../common/http/send';
import { operationPath } from '../operations';
import type { InstanceDocument } from './instance';
import type { Started } from './power.service';

export interface InstanceAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Nothing where there is no operation to follow. */
export function operationHeader(operationId: string | null): Record<string, string> {
  return operationId === null ? {} : { 'Operation-Location': operationPath(operationId) };
}

export function sendInstance(
  response: Response,
  { document, version }: InstanceDocument,
  { status = 200, headers }: InstanceAnswer = {},
): void {
  sendJson(response, document, { status, headers: { ETag: etagOf(version), ...headers } });
}

/** 200 where it is done, 202 where it goes on. */
export function sendStarted(response: Response, { instance, operationId, isDone }: Started): void {
  sendInstance(response, instance, { status: isDone ? 200 : 202, headers: operationHeader(operationId) });
}
