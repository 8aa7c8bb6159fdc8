import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { preferencesOf } from '../common/http/prefer';
import { contextOf } from '../common/http/request-context';
import { ValidationFailedError } from '../common/validation/shape.pipe';
import { keyOf } from '../idempotency';
import { tenantOf } from '../tenancy';
import type { Caller as CallerOf } from './instance-actions';

/** The request at work, as operations and history name it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerOf => {
  const request = context.switchToHttp().getRequest<Request>();
  const tenantId = tenantOf(request);
  const { requestId, traceparent = null, actor = `tenant:${tenantId}` } = contextOf(request);
  const { waitSeconds, dryRun } = preferencesOf(request.headers['prefer']);
  const waitMs = waitSeconds === null ? null : waitSeconds * 1000;
  const isDryRun = dryRun || isAskedFor(request.query['dryRun']);
  return { tenantId, requestId, traceparent, actor, key: keyOf(request), waitMs, isDryRun };
});

/** For clients that set no headers. What is neither yes nor no must not be taken for no. */
function isAskedFor(dryRun: unknown): boolean {
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun === 'true') return true;
  throw new ValidationFailedError([{ field: 'dryRun', message: 'dryRun must be true or false' }]);
}
