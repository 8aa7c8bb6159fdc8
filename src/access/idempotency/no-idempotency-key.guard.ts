import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { IDEMPOTENCY_KEY } from './idempotency-key';
import { IdempotencyKeyUnsupportedError } from './idempotency.errors';

/** Refuses keys on writes that would ignore them. */
@Injectable()
export class NoIdempotencyKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (headers[IDEMPOTENCY_KEY] !== undefined) throw new IdempotencyKeyUnsupportedError();
    return true;
  }
}
