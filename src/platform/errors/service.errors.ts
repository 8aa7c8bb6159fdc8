import { AppError, type FieldError } from './app.error';
import { defineErrors } from './define-errors';

const MAX_MESSAGE_FIELDS = 5;

/** Errors that any part of the service can report. */
export const SERVICE_ERRORS = defineErrors({
  internal_error: {
    status: 500,
    example: 'Internal error; find it in the log by its request id',
    retryable: false,
    meaning: 'The service has a bug. The request may or may not have been processed.',
    remedy: 'Check the resource before you repeat the request, and report the `requestId`.',
  },
  shutting_down: {
    status: 503,
    example: 'This replica is shutting down; try again',
    retryable: true,
    meaning: 'The replica that held the request is shutting down.',
    remedy: 'Repeat the request; another replica answers.',
  },
  too_many_waits: {
    status: 503,
    example: 'Too many requests are already waiting; try again',
    retryable: true,
    meaning: 'This replica has reached its limit of waiting requests, for this tenant or in total.',
    remedy: 'Close some of them, or follow `GET /events` instead; another replica may have capacity.',
  },
  access_denied: {
    status: 403,
    example: 'Access denied',
    retryable: false,
    meaning: 'The resource exists and belongs to another tenant.',
    remedy: 'Act as the tenant that owns it, or correct the id.',
  },
  validation_failed: {
    status: 400,
    example: 'name must be text of 1 to 255 characters',
    retryable: false,
    meaning:
      'The body or the query does not match the schema of this route. Unknown members are also rejected.',
    remedy: 'Correct each member that `errors` names.',
  },
  invalid_page_token: {
    status: 400,
    example: 'pageToken must be the nextPageToken of an earlier response',
    retryable: false,
    meaning: 'The page token was not issued by this service, or is truncated.',
    remedy: 'Pass `nextPageToken` unchanged, or start again without a token.',
  },
});

/** The resource exists but belongs to another tenant. */
export class AccessDeniedError extends AppError {
  constructor() {
    super(SERVICE_ERRORS.access_denied);
  }
}

export class TooManyWaitsError extends AppError {
  constructor() {
    super(SERVICE_ERRORS.too_many_waits);
  }
}

export class ShuttingDownError extends AppError {
  constructor() {
    super(SERVICE_ERRORS.shutting_down);
  }
}

export class ValidationFailedError extends AppError {
  constructor(errors: readonly FieldError[]) {
    const shown = errors.slice(0, MAX_MESSAGE_FIELDS).map(({ message }) => message);
    super(SERVICE_ERRORS.validation_failed, { message: shown.join('; '), errors });
  }
}

export class InvalidPageTokenError extends AppError {
  constructor() {
    super(SERVICE_ERRORS.invalid_page_token);
  }
}
