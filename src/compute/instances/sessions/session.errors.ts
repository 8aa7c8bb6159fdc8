import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';

export const SESSION_ERRORS = defineErrors({
  session_ticket_invalid: {
    status: 403,
    example: 'The ticket is not valid for this session',
    retryable: false,
    meaning: 'No session has this ticket, or it belongs to another session, instance or tenant.',
    remedy: 'Use the `url` of `POST /instances/{id}/console-sessions` unchanged.',
  },
  session_ticket_expired: {
    status: 410,
    example: 'The ticket has expired',
    retryable: false,
    meaning: 'The ticket was not used within 30 seconds.',
    remedy: 'Create another session, and connect at once.',
  },
  session_ticket_used: {
    status: 410,
    example: 'The ticket has been used',
    retryable: false,
    meaning: 'A ticket opens one connection, and this one has been used, even if the connection failed.',
    remedy: 'Create another session.',
  },
  origin_not_allowed: {
    status: 403,
    example: 'Pages of https://evil.example may not connect',
    retryable: false,
    meaning:
      'The browser page that connects is neither of the same origin as this service nor listed in `CORS_ORIGINS`.',
    remedy: 'Add the origin of the page to `CORS_ORIGINS`.',
  },
  too_many_sessions: {
    status: 503,
    example: 'Too many console and exec sessions are open; try again',
    retryable: true,
    meaning:
      'The tenant has reached `SESSIONS_PER_TENANT`, or this replica `SESSIONS_PER_REPLICA`. Unused tickets count until they expire.',
    remedy: 'Close some sessions.',
  },
});

export class TicketInvalidError extends AppError {
  constructor() {
    super(SESSION_ERRORS.session_ticket_invalid);
  }
}

export class TicketExpiredError extends AppError {
  constructor() {
    super(SESSION_ERRORS.session_ticket_expired);
  }
}

export class TicketUsedError extends AppError {
  constructor() {
    super(SESSION_ERRORS.session_ticket_used);
  }
}

export class OriginNotAllowedError extends AppError {
  constructor(origin: string) {
    super(SESSION_ERRORS.origin_not_allowed, { message: `Pages of ${origin.slice(0, 200)} may not connect` });
  }
}

export class TooManySessionsError extends AppError {
  constructor() {
    super(SESSION_ERRORS.too_many_sessions, { retryAfterSeconds: 5 });
  }
}
