import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../../platform/errors/app.error';
import { IDEMPOTENCY_KEY } from './idempotency-key';

/** The route stores no responses, so a repeated request would not be recognized. */
class IdempotencyKeyUnsupportedError extends AppError {
  constructor() {
    super(
      'unsupported',
      'idempotency_key_unsupported',
      'This request does not support Idempotency-Key; nothing was changed',
    );
  }
}

/** Refuses keys on writes that would ignore them. */
@Injectable()
export class NoIdempotencyKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    if (headers[IDEMPOTENCY_KEY] !== undefined) throw new IdempotencyKeyUnsupportedError();
    return true;
  }
}
