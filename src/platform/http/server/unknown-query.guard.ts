import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Request } from 'express';
import { namesDryRun } from '../requests/dry-run';
import { ValidationFailedError } from '../../errors/service.errors';

const API_PREFIX = '/api/v1/';

/**
 * Rejects query parameters on routes that take none: silently ignoring a filter or option would make the response
 * wrong. Routes with a query DTO are checked by `StrictValidationPipe`. Health checks and metrics accept any query.
 */
@Injectable()
export class UnknownQueryGuard implements CanActivate {
  /** @throws {ValidationFailedError} */
  canActivate(context: ExecutionContext): boolean {
    const { path, query } = context.switchToHttp().getRequest<Request>();
    // Every API route either supports this parameter or rejects it with its own error.
    const unknown = Object.keys(query).filter((name) => !namesDryRun(name));
    if (unknown.length === 0 || !path.startsWith(API_PREFIX) || takesQuery(context)) return true;
    throw new ValidationFailedError(
      unknown.map((name) => {
        const field = name.slice(0, 200);
        return { field, message: `property ${field} should not exist` };
      }),
    );
  }
}

function takesQuery(context: ExecutionContext): boolean {
  const parameters: unknown = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  );
  if (typeof parameters !== 'object' || parameters === null) return false;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
