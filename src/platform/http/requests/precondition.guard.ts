import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { PreconditionUnsupportedError } from '../http.errors';

const CONDITIONAL = 'http:conditional';
const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Marks a write that honors `If-Match` and `If-None-Match`. The handler must pass the request's `preconditionOf` to the
 * statement that makes the change.
 */
export const HonorsPreconditions = (): MethodDecorator => SetMetadata(CONDITIONAL, true);

/**
 * Rejects writes with preconditions that their route does not honor: ignoring one would make a change that the client
 * has ruled out. Reads change nothing, so they pass. `If-Modified-Since` and `If-Range` have no meaning for writes (RFC
 * 9110, sections 13.1.3 and 13.1.5).
 */
@Injectable()
export class PreconditionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<Request>();
    if (READS.includes(method)) return true;
    const isConditional = this.reflector.get<true | undefined>(CONDITIONAL, context.getHandler()) === true;
    if (!isConditional && headers['if-match'] !== undefined)
      throw new PreconditionUnsupportedError('If-Match');
    if (!isConditional && headers['if-none-match'] !== undefined)
      throw new PreconditionUnsupportedError('If-None-Match');
    // If-Match takes precedence over it (RFC 9110, section 13.1.4).
    if (headers['if-unmodified-since'] !== undefined && headers['if-match'] === undefined)
      throw new PreconditionUnsupportedError('If-Unmodified-Since');
    return true;
  }
}
