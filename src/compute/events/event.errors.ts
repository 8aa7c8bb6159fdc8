import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const EVENT_ERRORS = defineErrors({
  invalid_event_id: {
    status: 400,
    example: 'Last-Event-ID must be the id of an event of this stream',
    retryable: false,
    meaning: 'The id was not issued by this service, or comes from another database.',
    remedy: 'Omit it to start with the current events; `GET /instances/{id}/events` returns earlier ones.',
  },
});

export class InvalidEventIdError extends AppError {
  constructor() {
    super(EVENT_ERRORS.invalid_event_id);
  }
}
