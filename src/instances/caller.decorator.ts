import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { contextOf } from '../common/http/request-context';
import type { Caller as CallerOf } from './instance-actions';

/** The request at work, as operations and history name it. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerOf => {
  const { requestId, traceparent = null } = contextOf(context.switchToHttp().getRequest<Request>());
  return { requestId, traceparent };
});
