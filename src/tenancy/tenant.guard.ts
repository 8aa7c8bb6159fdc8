import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../common/errors/app.error';
import { contextOf } from '../common/http/request-context';
import { AppConfig } from '../config';
import { PUBLIC } from './public.decorator';

const TENANT = /^[A-Za-z0-9._:-]{1,128}$/;

export class InvalidTenantError extends AppError {
  constructor(header: string) {
    super('invalid', 'invalid_tenant', `${header} must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -`);
  }
}

/**
 * Finds the tenant of a request before any handler sees it. Global, so that a new route is
 * behind it unless it says `@Public()`.
 */
@Injectable()
export class TenantGuard implements CanActivate {
  constructor(
    private readonly config: AppConfig,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<Request>();
    contextOf(request).tenantId = this.read(request);
    return true;
  }

  /** Repeated headers arrive joined by ", ", which no valid tenant contains: they are refused, not guessed at. */
  private read(request: Request): string {
    const { header, defaultTenant } = this.config.tenancy;
    const value = request.headers[header.toLowerCase()];
    if (value === undefined || value === '') return defaultTenant;
    if (typeof value !== 'string' || !TENANT.test(value)) throw new InvalidTenantError(header);
    return value;
  }
}

/** @throws {Error} where the guard did not run: a route without a tenant must never reach a tenant's data. */
export function tenantOf(request: Request): string {
  const { tenantId } = contextOf(request);
  if (tenantId === undefined) throw new Error('a handler asked for the tenant of a public route');
  return tenantId;
}
