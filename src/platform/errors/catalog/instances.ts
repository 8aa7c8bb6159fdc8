import type { CatalogGroup } from './entry';

/** Errors that depend on the state of an instance, a flavor or an operation. */
export const INSTANCE_ERRORS = {
  invalid_flavor: {
    status: 400,
    example: 'Invalid flavor',
    retryable: false,
    meaning: 'No flavor has this name.',
    remedy: 'Use one of `acceptedFlavors`; `GET /flavors` describes them.',
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
    meaning: 'No image has this id, the tenant may not use it, or the engine for this type cannot run it.',
    remedy: 'Use one of `acceptedImages`; `GET /images` lists the images in the catalog.',
  },
  flavor_too_small: {
    status: 400,
    example: 'Flavor is too small for the image: 10 diskGB, 20 needed',
    retryable: false,
    meaning: 'The image needs more than the flavor offers; `minimal` contains the minimum.',
    remedy: 'Use a larger flavor; `GET /flavors` describes them.',
  },
  flavor_not_found: {
    status: 404,
    example: 'Flavor not found',
    retryable: false,
    meaning: 'No flavor has this name.',
    remedy: 'Use a name that `GET /flavors` lists.',
  },
  instance_not_found: {
    status: 404,
    example: 'Instance not found',
    retryable: false,
    meaning: 'No instance has this id, or it has been deleted.',
    remedy: 'Check the id with `GET /instances`. After a delete, this response means success.',
  },
  operation_not_found: {
    status: 404,
    example: 'Operation not found',
    retryable: false,
    meaning: 'No operation has this id, or it finished more than `HISTORY_RETENTION_DAYS` days ago.',
    remedy: 'Check the id with `GET /operations`.',
  },
  instance_not_running: {
    status: 400,
    example: 'Instance is not running',
    retryable: false,
    meaning: 'Only a running instance can be stopped or measured; `currentStatus` is its current status.',
    remedy:
      'If you wanted to stop it, no action is needed. If `operationId` is present, wait for that operation first.',
  },
  console_unsupported: {
    status: 400,
    example: 'The driver simulated does not store console output',
    retryable: false,
    meaning: "The instance's driver does not store console output.",
    remedy: 'Send the output from inside the instance to a log service.',
  },
  stats_unsupported: {
    status: 400,
    example: 'The driver simulated does not measure its instances',
    retryable: false,
    meaning: "The instance's driver does not measure resource usage.",
    remedy: 'Measure inside the instance.',
  },
  instance_not_stopped: {
    status: 400,
    example: 'Instance is not stopped',
    retryable: false,
    meaning: 'Only a stopped instance can be started or restarted; `currentStatus` is its current status.',
    remedy: 'Stop it first. If `operationId` is present, wait for that operation first.',
  },
  instance_not_settled: {
    status: 400,
    example: 'Instance is neither running nor stopped',
    retryable: false,
    meaning:
      'Networks and volumes can be attached and detached only while the instance is running or stopped.',
    remedy: 'Wait until it has one of `acceptedStatuses`. If it is in `error`, delete it.',
  },
  instance_running: {
    status: 400,
    example: 'Cannot delete running instance',
    retryable: false,
    meaning: 'A running instance is not deleted unless the request forces it.',
    remedy: 'Stop the instance first, or pass `force=true`.',
  },
  instance_exists: {
    status: 400,
    example: 'Instance exists already',
    retryable: false,
    meaning: 'The instance has already been created.',
    remedy: 'Read the existing instance.',
  },
  too_many_attachments: {
    status: 400,
    example: 'An instance has at most 32 volumes; detach one first',
    retryable: false,
    meaning: 'The instance has the maximum number of networks or volumes, `limit`.',
    remedy: 'Detach one first.',
  },
  instance_busy: {
    status: 409,
    example: 'Instance is busy',
    retryable: true,
    meaning: 'Another operation of this instance is in progress; `operationId` identifies it.',
    remedy: 'Repeat after `Retry-After`. A delete does not have to wait: it cancels the operation.',
  },
  instance_contended: {
    status: 409,
    example: 'The instance is changing too often at the moment; try again',
    retryable: true,
    meaning: 'Other requests kept changing the instance while this one was processed. Nothing was changed.',
    remedy: 'Repeat after `Retry-After`.',
  },
  operation_superseded: {
    status: 409,
    example: 'The instance is being deleted',
    retryable: false,
    meaning: 'A delete cancelled the operation that this request had started.',
    remedy: 'No action needed; the instance is being deleted.',
  },
  version_mismatch: {
    status: 412,
    example:
      'The version of the instance does not satisfy If-Match or If-None-Match; read it again and repeat the request with its ETag',
    retryable: false,
    meaning:
      'The instance has version `version`, which does not match `If-Match`, or is excluded by `If-None-Match`. Nothing was changed.',
    remedy:
      'Read the instance again, and repeat the request with its new `ETag` if the change still applies.',
  },
  deletion_protected: {
    status: 409,
    example: 'The instance is protected from deletion; patch deletionProtection to false first',
    retryable: false,
    meaning: 'Deletion protection is enabled for this instance.',
    remedy: '`PATCH` it with `{"deletionProtection": false}`, then delete it.',
  },
  wait_timeout: {
    status: 408,
    example: 'Not reached within 30 s; repeat the request to keep waiting',
    retryable: true,
    meaning:
      'The instance or operation did not reach the requested status within `timeoutSeconds`; `currentStatus` is its current status.',
    remedy: 'Repeat the request; a change between two waits is not missed.',
  },
  instance_failed: {
    status: 409,
    example: 'The instance is in error: create failed: no memory left on the host',
    retryable: false,
    meaning:
      'The instance is in `error`, so it will not reach the requested status; `statusReason` contains the cause.',
    remedy: 'Delete the instance, fix the cause, and create it again.',
  },
  instance_deleted: {
    status: 409,
    example: 'The instance was deleted',
    retryable: false,
    meaning: 'The instance was deleted while the request waited for another status.',
    remedy: 'If the deletion was not intended, `GET /instances/{id}/events` shows who requested it.',
  },
  quota_exceeded: {
    status: 403,
    example: 'Quota exceeded: 4 vcpus requested, 6 of 8 in use',
    retryable: false,
    meaning: "The request would exceed the tenant's quota; see `resource`, `limit`, `used` and `requested`.",
    remedy:
      'Use one of `fittingFlavors`, delete instances that you do not need, or ask an operator for a higher quota (`GET /quotas`).',
  },
  insufficient_capacity: {
    status: 409,
    example:
      'Insufficient capacity: 4 vcpus requested, 62 of 64 in use, 2 free; use one of small, medium, or try again when other instances are deleted',
    retryable: false,
    meaning:
      'The engine has no capacity for this flavor at the moment; see `resource`, `limit`, `used`, `free` and `requested`.',
    remedy: 'Use one of `fittingFlavors`, or repeat the request when `GET /capacity` shows that it fits.',
  },
  flavor_exists: {
    status: 409,
    example: 'Flavor gpu-large exists or existed; choose another name',
    retryable: false,
    meaning:
      'A flavor with this name exists or existed. A name always means the same size, even after its flavor is retired.',
    remedy: 'Choose another name.',
  },
  creation_contended: {
    status: 503,
    example: 'Quota or capacity is changing too often at the moment; try again',
    retryable: true,
    meaning:
      'Quota or capacity changed too often for the request to be admitted or refused. Nothing was created.',
    remedy: 'Repeat after `Retry-After`.',
  },
} as const satisfies CatalogGroup;
