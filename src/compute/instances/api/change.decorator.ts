import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isDryRun } from '../../../platform/http/requests/dry-run';
import { preconditionOf } from '../../../platform/http/responses/etag';
import { preferencesOf } from '../../../platform/http/requests/prefer';
import { keyOf } from '../../../access/idempotency';
import { callerOf } from '../../../access/tenancy';
import type { ChangeRequest } from '../actions/change-request';

/** The current request, which changes an instance. */
export const Change = createParamDecorator((_: unknown, context: ExecutionContext): ChangeRequest => {
  const request = context.switchToHttp().getRequest<Request>();
  const { waitSeconds } = preferencesOf(request.headers['prefer']);
  return {
    caller: callerOf(request),
    key: keyOf(request),
    waitMs: waitSeconds === null ? null : waitSeconds * 1000,
    precondition: preconditionOf(request.headers),
    isDryRun: isDryRun(request),
  };
});
