import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';

/** Errors of event streams: of the console, and of changes of instances. */
export const STREAM_ERRORS = defineErrors({
  event_streams_disabled: {
    status: 400,
    example: 'Event streams are disabled; read GET /instances/{id}/events instead',
    retryable: false,
    meaning:
      'Event streams are disabled (`EVENT_STREAMS=off`), for example because the gateway cannot forward them.',
    remedy:
      'Read `GET /instances/{id}/events` or `GET /instances/{id}/console` repeatedly, or wait with `/wait`.',
  },
  too_many_streams: {
    status: 503,
    example: 'Too many event streams are open; try again',
    retryable: true,
    meaning: 'The tenant, or this replica, has reached its limit of open streams.',
    remedy: 'Close some streams: one stream of `GET /events` covers all instances of a tenant.',
  },
});

/** @param instead the request that returns the same data without a stream */
export class EventStreamsDisabledError extends AppError {
  constructor(instead: string) {
    const message = `Event streams are disabled; read ${instead} instead`;
    super(STREAM_ERRORS.event_streams_disabled, { message });
  }
}

export class TooManyStreamsError extends AppError {
  constructor() {
    super(STREAM_ERRORS.too_many_streams, { retryAfterSeconds: 5 });
  }
}
