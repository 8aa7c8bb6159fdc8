import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { DryRunUnsupportedError } from '../http.errors';
import { preferencesOf } from './prefer';
import { ValidationFailedError } from '../../errors/service.errors';

/** The query parameter and its common misspellings. */
const DRY_RUN = /^dry[-_]?run/i;

/**
 * Whether the client asks for a dry run: by `Prefer: dry-run` or, if it cannot set headers, by the query. An invalid or
 * misspelled value never counts as no.
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

/** Whether a query parameter is the dry-run parameter or a misspelling of it. */
export function namesDryRun(parameter: string): boolean {
  return DRY_RUN.test(parameter);
}

/** For routes without dry-run support: a request meant as a dry run must not be executed. */
@Injectable()
export class NoDryRunGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.method !== 'GET' && isDryRun(request)) throw new DryRunUnsupportedError();
    return true;
  }
}
