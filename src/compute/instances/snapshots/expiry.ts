import { ValidationFailedError } from '../../../platform/errors/service.errors';

/** @throws {ValidationFailedError} if the time, in ISO 8601, has passed */
export function assertInTheFuture(expiresAt: string): void {
  if (Date.parse(expiresAt) > Date.now()) return;
  throw new ValidationFailedError([{ field: 'expiresAt', message: 'expiresAt must be in the future' }]);
}
