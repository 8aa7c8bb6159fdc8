import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ValidationFailedError } from '../../errors/service.errors';

/**
 * For routes that take no body. The platform's gateway sends the JSON body `null` with every bodyless POST, so `null`
 * and an empty object are accepted; anything else is rejected.
 */
@Injectable()
export class NoBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const body: unknown = context.switchToHttp().getRequest<Request>().body;
    if (body === undefined || body === null) return true;
    if (typeof body === 'object' && !Array.isArray(body) && Object.keys(body).length === 0) return true;
    throw new ValidationFailedError([{ field: 'body', message: 'this request must not have a body' }]);
  }
}
