import { AppError } from './app.error';

/** The thing exists, and belongs to another tenant. */
export class AccessDeniedError extends AppError {
  constructor() {
    super('forbidden', 'access_denied', 'Access denied');
  }
}
