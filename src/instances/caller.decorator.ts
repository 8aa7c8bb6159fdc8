import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isDryRun } from '../common/http/dry-run';
import { preconditionOf } from '../common/http/etag';
import { preferencesOf } from '../common/http/prefer';
import { contextOf } from '../common/http/request-context';
import { keyOf } from '../idempotency';
import { tenantOf } from '../tenancy';
import type { Caller as CallerOf } from './instance-actions';

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
