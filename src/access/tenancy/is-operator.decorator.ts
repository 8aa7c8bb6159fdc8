import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { contextOf } from '../../platform/http/server/request-context';

/** Whether the caller of a tenant route is also an operator and may see more than the tenant's data. */
export const IsOperator = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean =>
    contextOf(context.switchToHttp().getRequest<Request>()).isOperator === true,
);
