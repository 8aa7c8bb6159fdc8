import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * For routes whose body has only optional members. Replaces a missing body by an empty one, also `null`, which the
 * platform's gateway sends with every bodyless POST.
 */
@Injectable()
export class OptionalBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    request.body ??= {};
    return true;
  }
}
