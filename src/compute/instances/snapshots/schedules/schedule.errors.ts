import { AppError } from '../../../../platform/errors/app.error';
import { defineErrors } from '../../../../platform/errors/define-errors';

export const SCHEDULE_ERRORS = defineErrors({
  schedule_not_found: {
    status: 404,
    example: 'The instance has no snapshot schedule',
    retryable: false,
    meaning: 'No snapshots of this instance are taken by a schedule.',
    remedy: 'Set one with `PUT`. After a delete, this response means success.',
  },
  schedule_invalid: {
    status: 400,
    example: 'The cron expression is invalid, or no time ever matches it',
    retryable: false,
    meaning:
      'A cron expression has five fields (minute, hour, day of the month, month, day of the week) that some time matches. `timeZone` is a name of the IANA database. Nothing was changed.',
    remedy: 'Send an expression such as `0 2 * * *` and a time zone such as `Europe/Berlin`.',
  },
  retention_keeps_nothing: {
    status: 400,
    example: 'At least one of keep.last, keep.daily and keep.weekly must be above 0',
    retryable: false,
    meaning: 'Such a schedule would delete each snapshot that it takes. Nothing was changed.',
    remedy: 'Set one of them to at least 1, or delete the schedule.',
  },
});

export class ScheduleNotFoundError extends AppError {
  constructor() {
    super(SCHEDULE_ERRORS.schedule_not_found);
  }
}

export class ScheduleInvalidError extends AppError {
  constructor() {
    super(SCHEDULE_ERRORS.schedule_invalid);
  }
}

export class RetentionKeepsNothingError extends AppError {
  constructor() {
    super(SCHEDULE_ERRORS.retention_keeps_nothing);
  }
}

/** Another replica has begun the snapshot, or the schedule was changed. */
export class NoLongerDueError extends Error {
  override readonly name = 'NoLongerDueError';
}
