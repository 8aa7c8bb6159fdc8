import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';

export const REBUILD_ERRORS = defineErrors({
  instance_never_created: {
    status: 409,
    example: 'The creation of the instance has failed, so there is nothing to rebuild',
    retryable: false,
    meaning:
      'The instance is in `error` because its creation has failed. It holds no quota, and what was created for it has been removed. Nothing was changed.',
    remedy: 'Delete the instance and create a new one.',
  },
});

/** The instance holds no quota. */
export class InstanceNeverCreatedError extends AppError {
  constructor() {
    super(REBUILD_ERRORS.instance_never_created);
  }
}
