import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../errors/app.error';
import { ValidationFailedError } from '../validation/shape.pipe';
import { preferencesOf } from './prefer';

/** The query parameter, and how people misspell it. */
const DRY_RUN = /^dry[-_]?run/i;

/** Asked what a request would do that can only be done. */
export class DryRunUnsupportedError extends AppError {
  constructor() {
    super('unsupported', 'dry_run_unsupported', 'This request cannot be tried; nothing was done');
  }
}

/**
 * Whether it is only to be said what would happen: by `Prefer: dry-run` or, for clients that set no headers,
 * by the query. What is neither yes nor no, or misspelt, is not taken for no.
 * @throws {ValidationFailedError}
 */
export function isDryRun(request: Request): boolean {
  if (preferencesOf(request.headers['prefer']).dryRun) return true;
  const name = Object.keys(request.query).find(namesDryRun);
  if (name === undefined) return false;
  const asked: unknown = name === 'dryRun' ? request.query[name] : undefined;
  if (asked === 'true' || asked === 'false') return asked === 'true';
  throw new ValidationFailedError([{ field: 'dryRun', message: 'dryRun must be true or false' }]);
}

/** Whether a query parameter is one that `isDryRun` accepts or refuses. */
export function namesDryRun(parameter: string): boolean {
  return DRY_RUN.test(parameter);
}

/** For routes that cannot be tried: somebody who wants to try one must not find it done. */
@Injectable()
export class NoDryRunGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.method !== 'GET' && isDryRun(request)) throw new DryRunUnsupportedError();
    return true;
  }
}
