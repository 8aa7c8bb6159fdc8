import { AppError } from './app.error';

/** The resource exists but belongs to another tenant. */
export class AccessDeniedError extends AppError {
  constructor() {
    super('forbidden', 'access_denied', 'Access denied');
  }
}
