import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { contextOf } from '../../platform/http/server/request-context';
import { ACCESS, type Access } from './access.decorator';
import { Authentication, type Identity } from './authentication';

/**
 * Authenticates the caller before any handler runs. Global, so that a new route is a tenant route unless it has
 * `@Public()` or `@Operator()`.
 */
@Injectable()
export class TenantGuard implements CanActivate {
  constructor(
    private readonly authentication: Authentication,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const identity =
      access === 'operator' ? this.authentication.operator(request) : this.authentication.tenant(request);
    return identity instanceof Promise
      ? identity.then((found) => admit(request, found))
      : admit(request, identity);
  }
}

function admit(request: Request, identity: Identity): true {
  Object.assign(contextOf(request), identity);
  return true;
}
