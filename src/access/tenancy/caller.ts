import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { contextOf } from '../../platform/http/server/request-context';

/** Who sends a request and with which request: for authorization, history, logs and further calls. */
export interface Caller {
  readonly tenantId: string;
  /** For audit records: `tenant:<id>`, `operator`, or `user:<subject>` of a token. */
  readonly actor: string;
  /** May see more than the tenant's data. */
  readonly isOperator: boolean;
  readonly requestId: string;
  /** W3C trace context; null if not given. */
  readonly traceparent: string | null;
}

/** @throws {Error} if the guard did not run: a route without a tenant must never reach a tenant's data. */
export function callerOf(request: Request): Caller {
  const { tenantId, requestId, traceparent = null, actor, isOperator = false } = contextOf(request);
  if (tenantId === undefined) throw new Error('a handler requested the caller on a route without a tenant');
  return { tenantId, actor: actor ?? `tenant:${tenantId}`, isOperator, requestId, traceparent };
}

/** The caller of a tenant route, as the guard found it. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
