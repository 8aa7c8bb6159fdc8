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
  image_not_for_instance: {
    status: 409,
    example: 'The image is on another host than the instance, or of another type',
    retryable: false,
    meaning:
      'The image is a snapshot of the tenant. Instances can be rebuilt from it only on the host that has it, and with its type. Nothing was changed.',
    remedy: 'Create a new instance from the image.',
  },
});

/** The instance holds no quota. */
export class InstanceNeverCreatedError extends AppError {
  constructor() {
    super(REBUILD_ERRORS.instance_never_created);
  }
}

/** It is a snapshot, which is on another host, or of an instance of another type. */
export class ImageNotForInstanceError extends AppError {
  constructor() {
    super(REBUILD_ERRORS.image_not_for_instance);
  }
}
