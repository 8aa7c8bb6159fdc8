import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Request } from 'express';
import { ValidationFailedError } from '../validation/shape.pipe';
import { namesDryRun } from './dry-run';

const API_PREFIX = '/api/v1/';

/**
 * Refuses query parameters on routes that take none: a filter or an option that is ignored makes the answer wrong.
 * Routes with a query DTO are checked by the `ShapePipe`. Health checks and metrics may be asked with anything.
 */
@Injectable()
export class UnknownQueryGuard implements CanActivate {
  /** @throws {ValidationFailedError} */
  canActivate(context: ExecutionContext): boolean {
    const { path, query } = context.switchToHttp().getRequest<Request>();
    // Every route of the API understands it, or refuses it in words of its own.
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
