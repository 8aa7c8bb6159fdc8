import { AppError } from './app.error';

/** The awaited status was not reached in time; repeating the request continues the wait. */
export class WaitTimeoutError extends AppError {
  constructor(timeoutMs: number, currentStatus: string) {
    super(
      'timeout',
      'wait_timeout',
      `Not reached within ${timeoutMs / 1000} s; repeat the request to keep waiting`,
      {
        extensions: { currentStatus },
      },
    );
  }
}

export class TooManyWaitsError extends AppError {
  constructor() {
    super('unavailable', 'too_many_waits', 'Too many requests are already waiting; try again', {
      retryAfterSeconds: 1,
    });
  }
}

/** Too many lists are being read, so this one was not started. */
export class TooManyListsError extends AppError {
  constructor() {
    super('unavailable', 'too_many_lists', 'Too many lists are being read; try again', {
      retryAfterSeconds: 1,
    });
  }
}

export class ShuttingDownError extends AppError {
  constructor() {
    super('unavailable', 'shutting_down', 'This replica is shutting down; try again', {
      retryAfterSeconds: 1,
    });
  }
}

/** @param instead the request that returns the same data without a stream */
export class EventStreamsDisabledError extends AppError {
  constructor(instead: string) {
    super('unsupported', 'event_streams_disabled', `Event streams are disabled; read ${instead} instead`);
  }
}

export class TooManyStreamsError extends AppError {
  constructor() {
    super('unavailable', 'too_many_streams', 'Too many event streams are open; try again', {
      retryAfterSeconds: 5,
    });
  }
}
