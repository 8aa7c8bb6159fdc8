import type { CatalogueGroup } from './entry';

/** Errors that depend on the state of an instance, a flavor or an operation. */
export const INSTANCE_ERRORS = {
  invalid_flavor: {
    status: 400,
    example: 'Invalid flavor',
    retryable: false,
    meaning: 'There is no flavor of this name.',
    remedy: 'Take one of `acceptedFlavors`; `GET /flavors` describes them.',
  },
  image_required: {
    status: 400,
    example: 'imageId is required; GET /images lists the available images',
    retryable: false,
    meaning:
      'The request has no `imageId`, and the engine for this type cannot create an instance without an image.',
    remedy: 'Set `imageId` to one of `acceptedImages`; `GET /images` lists the images in the catalog.',
  },
  image_not_found: {
    status: 400,
    example: 'Image not found',
    retryable: false,
    meaning:
      'There is no image of this id that the tenant may use, or none that the engine for this type can take.',
    remedy: 'Take one of `acceptedImages`; `GET /images` lists those of the catalogue.',
  },
  flavor_too_small: {
    status: 400,
    example: 'Flavor is too small for the image: 10 diskGB, 20 needed',
    retryable: false,
    meaning: 'The image needs more than the flavor has: `minimal` says how much.',
    remedy: 'Take a larger flavor; `GET /flavors` describes them.',
  },
  flavor_not_found: {
    status: 404,
    example: 'Flavor not found',
    retryable: false,
    meaning: 'There is no flavor of this name.',
    remedy: '`GET /flavors` lists them.',
  },
  instance_not_found: {
    status: 404,
    example: 'Instance not found',
    retryable: false,
    meaning: 'There is no instance of this id, or not any more.',
    remedy: 'Look it up with `GET /instances`. After a delete this is what success looks like.',
  },
  operation_not_found: {
    status: 404,
    example: 'Operation not found',
    retryable: false,
    meaning: 'There is no operation of this id, or it ended more than `HISTORY_RETENTION_DAYS` ago.',
    remedy: 'Look it up with `GET /operations`.',
  },
  instance_not_running: {
    status: 400,
    example: 'Instance is not running',
    retryable: false,
    meaning: 'Only a running instance can be stopped or measured; `currentStatus` says what this one is.',
    remedy:
      'Nothing, where it was to be stopped and is. Where `operationId` is there, wait for that operation first.',
  },
  console_unsupported: {
    status: 400,
    example: 'The driver simulated keeps nothing of what its instances print',
    retryable: false,
    meaning: 'The engine that this instance is at keeps no log and no serial console.',
    remedy: 'Nothing here; what the instance itself sends elsewhere is not lost.',
  },
  stats_unsupported: {
    status: 400,
    example: 'The driver simulated does not measure its instances',
    retryable: false,
    meaning: 'The engine that this instance is at cannot tell what it uses.',
    remedy: 'Measure inside the instance.',
  },
  instance_not_stopped: {
    status: 400,
    example: 'Instance is not stopped',
    retryable: false,
    meaning: 'Only a stopped instance can be started or restarted; `currentStatus` says what this one is.',
    remedy: 'Stop it first. Where `operationId` is there, wait for that operation first.',
  },
  instance_not_settled: {
    status: 400,
    example: 'Instance is neither running nor stopped',
    retryable: false,
    meaning: 'Networks and volumes are attached and detached while an instance is running or stopped.',
    remedy: 'Wait until it has one of `acceptedStatuses`. One in `error` can only be deleted.',
  },
  instance_running: {
    status: 400,
    example: 'Cannot delete running instance',
    retryable: false,
    meaning: 'A running instance is not deleted by accident.',
    remedy: 'Stop it first, or say `force=true`.',
  },
  instance_exists: {
    status: 400,
    example: 'Instance exists already',
    retryable: false,
    meaning: 'An instance is created once.',
    remedy: 'Read the one that is there.',
  },
  too_many_attachments: {
    status: 400,
    example: 'An instance has at most 32 volumes; detach one first',
    retryable: false,
    meaning: 'The instance has as many networks or volumes as `limit` allows.',
    remedy: 'Detach one first.',
  },
  instance_busy: {
    status: 409,
    example: 'Instance is busy',
    retryable: true,
    meaning: 'Another operation is at work on the instance; `operationId` names it.',
    remedy: 'Repeat after `Retry-After`. A delete need not wait: it overtakes what is at work.',
  },
  instance_contended: {
    status: 409,
    example: 'The instance changes too often just now; try again',
    retryable: true,
    meaning: 'Others changed the instance again and again while this request was decided. Nothing was done.',
    remedy: 'Repeat after `Retry-After`.',
  },
  operation_superseded: {
    status: 409,
    example: 'The instance is being deleted',
    retryable: false,
    meaning: 'A delete overtook the operation that this request had started.',
    remedy: 'Nothing: the instance goes.',
  },
  version_mismatch: {
    status: 412,
    example:
      'The version of the instance does not meet If-Match or If-None-Match; read it again and repeat with its ETag',
    retryable: false,
    meaning:
      'The instance has the version `version`, which `If-Match` does not name or `If-None-Match` rules out. Nothing was done.',
    remedy: 'Read the instance again, decide again, and send its new `ETag`.',
  },
  deletion_protected: {
    status: 409,
    example: 'The instance is protected from deletion; patch deletionProtection to false first',
    retryable: false,
    meaning: 'Somebody has said that this instance must stay.',
    remedy: '`PATCH` it with `{"deletionProtection": false}`, then delete it.',
  },
  wait_timeout: {
    status: 408,
    example: 'Not reached within 30 s; ask again to go on waiting',
    retryable: true,
    meaning: 'What was waited for has not come within `timeoutSeconds`; `currentStatus` says how it is.',
    remedy: 'Ask again: nothing is lost between two waits.',
  },
  instance_failed: {
    status: 409,
    example: 'The instance is in error: create failed: no memory left on the host',
    retryable: false,
    meaning:
      'The instance is in `error`, so that what was waited for will not come; `statusReason` says why.',
    remedy: 'Delete it, and create it anew once the reason is mended.',
  },
  instance_deleted: {
    status: 409,
    example: 'The instance was deleted',
    retryable: false,
    meaning: 'It was deleted while something else was waited for.',
    remedy: 'Nothing, unless it was to stay; `GET /instances/{id}/events` says who deleted it.',
  },
  quota_exceeded: {
    status: 403,
    example: 'Quota exceeded: 4 vcpus asked for, 6 of 8 in use',
    retryable: false,
    meaning:
      'The tenant would have more than it may have: `resource`, `limit`, `used` and `requested` say of what.',
    remedy:
      'Take one of `fittingFlavors`, delete what is not needed, or ask an operator for more (`GET /quotas`).',
  },
  insufficient_capacity: {
    status: 409,
    example:
      'Insufficient capacity: 4 vcpus asked for, 62 of 64 in use, 2 free; take one of small, medium, or try again when others have gone',
    retryable: false,
    meaning:
      'The engine has no room for this flavor now: `resource`, `limit`, `used`, `free` and `requested` say of what.',
    remedy: 'Take one of `fittingFlavors`, or ask again when others have gone (`GET /capacity`).',
  },
  flavor_exists: {
    status: 409,
    example: 'There is, or was, a flavor gpu-large; choose another name',
    retryable: false,
    meaning: 'A name stands for one size for ever, also when its flavor is retired.',
    remedy: 'Choose another name.',
  },
  creation_contended: {
    status: 503,
    example: 'Quota or capacity changes too often just now; try again',
    retryable: true,
    meaning: 'Others take and give back so fast that it could not be said whether there is room.',
    remedy: 'Try again.',
  },
} as const satisfies CatalogueGroup;
