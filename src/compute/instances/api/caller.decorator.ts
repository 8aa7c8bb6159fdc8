import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isDryRun } from '../../../platform/http/requests/dry-run';
import { preconditionOf } from '../../../platform/http/responses/etag';
import { preferencesOf } from '../../../platform/http/requests/prefer';
import { contextOf } from '../../../platform/http/server/request-context';
import { keyOf } from '../../../access/idempotency';
import { tenantOf } from '../../../access/tenancy';
import type { Caller as CallerOf } from '../actions/instance-actions';

/** The current request, as recorded in operations and events. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerOf => {
  const request = context.switchToHttp().getRequest<Request>();
  const tenantId = tenantOf(request);
  const { requestId, traceparent = null, actor = `tenant:${tenantId}` } = contextOf(request);
  const { waitSeconds } = preferencesOf(request.headers['prefer']);
  const waitMs = waitSeconds === null ? null : waitSeconds * 1000;
  return {
    tenantId,
    requestId,
    traceparent,
    actor,
    key: keyOf(request),
    waitMs,
    precondition: preconditionOf(request.headers),
    isDryRun: isDryRun(request),
  };
});
