import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { contextOf } from '../common/http/request-context';

/** Whether the caller of a tenant's route is an operator too, and may see what is not the tenant's. */
export const IsOperator = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean =>
    contextOf(context.switchToHttp().getRequest<Request>()).isOperator === true,
);
