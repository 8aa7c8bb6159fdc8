import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { tenantOf } from './tenant.guard';

/** The tenant that the request acts for, as set by the guard. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  tenantOf(context.switchToHttp().getRequest<Request>()),
);
