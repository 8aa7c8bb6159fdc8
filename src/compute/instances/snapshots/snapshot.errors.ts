import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';
import type { Resources } from '../../../drivers/port/resources';

export const SNAPSHOT_ERRORS = defineErrors({
  snapshot_not_found: {
    status: 404,
    example: 'Snapshot not found',
    retryable: false,
    meaning: 'The tenant has no snapshot with this id, or it is a snapshot of another instance.',
    remedy: 'Check the id with `GET /snapshots`. After a delete, this response means success.',
  },
  snapshot_not_available: {
    status: 409,
    example: 'The snapshot is creating; only an available one can be used',
    retryable: false,
    meaning: 'Instances are restored and created only from `available` snapshots; see `currentStatus`.',
    remedy:
      'If it is `creating`, wait for its operation. If it is in `error`, delete it and take another one.',
  },
  snapshot_in_use: {
    status: 409,
    example: 'An operation uses the snapshot',
    retryable: true,
    meaning:
      'The snapshot is being taken, or an instance is being restored or created from it; `operationId` identifies the operation.',
    remedy: 'Repeat when that operation has finished.',
  },
  snapshot_published: {
    status: 409,
    example: 'The snapshot was published as the image web-golden',
    retryable: false,
    meaning: 'An image refers to the snapshot; `imageId` identifies one.',
    remedy: 'Delete its images first.',
  },
  snapshot_contended: {
    status: 409,
    example: 'The snapshot is changing too often at the moment; try again',
    retryable: true,
    meaning:
      'Other requests kept changing or using the snapshot while this one was processed. Nothing was changed.',
    remedy: 'Repeat after `Retry-After`.',
  },
  memory_needs_running_instance: {
    status: 409,
    example: 'Only a running or paused instance has memory; this one is stopped',
    retryable: false,
    meaning:
      'Memory can be stored (`includeMemory`) only while the instance is running or paused. Nothing was changed.',
    remedy: 'Start the instance, or take the snapshot without `includeMemory`.',
  },
  quiesce_unavailable: {
    status: 409,
    example: 'The guest cannot be quiesced: its image has no guest agent',
    retryable: false,
    meaning:
      'A guest can be quiesced (`quiesce`) only while the instance is running and the guest can be asked to write its data to the disk; `detail` has what is missing. Nothing was changed.',
    remedy: 'Take the snapshot without `quiesce`, as after a power failure, or stop the instance before.',
  },
  snapshot_without_memory: {
    status: 409,
    example: 'The snapshot does not contain the memory of the guest',
    retryable: false,
    meaning:
      'A guest can go on from memory (`resume`) only with a snapshot that was taken with `includeMemory`. Nothing was changed.',
    remedy: 'Send the request without `resume`: the guest boots.',
  },
  memory_size_differs: {
    status: 409,
    example: 'The memory in the snapshot is that of a guest with 2 vcpus and 4 ramGB',
    retryable: false,
    meaning:
      'A guest can go on from memory (`resume`) only with the virtual CPUs and the memory that it had; `required` has them. Nothing was changed.',
    remedy: 'Use such a flavor, or send the request without `resume`: the guest boots.',
  },
  flavor_too_small_for_snapshot: {
    status: 400,
    example: 'The disk in the snapshot needs 40 diskGB; the flavor has 10',
    retryable: false,
    meaning: 'The disk of the flavor is smaller than that of the snapshot; `minimal` has the minimum.',
    remedy: 'Use a larger flavor; `GET /flavors` describes them.',
  },
});

const USUAL_WAIT_SECONDS = 1;

export class SnapshotNotFoundError extends AppError {
  constructor() {
    super(SNAPSHOT_ERRORS.snapshot_not_found);
  }
}

export class SnapshotNotAvailableError extends AppError {
  constructor(currentStatus: string) {
    super(SNAPSHOT_ERRORS.snapshot_not_available, {
      message: `The snapshot is ${currentStatus}; only an available one can be used`,
      extensions: { currentStatus },
    });
  }
}

/** An operation is in progress; the document names it. */
export class SnapshotInUseError extends AppError {
  constructor(operationId: string) {
    super(SNAPSHOT_ERRORS.snapshot_in_use, {
      retryAfterSeconds: USUAL_WAIT_SECONDS,
      extensions: { operationId },
    });
  }
}

/** An image refers to it; the document names one. */
export class SnapshotPublishedError extends AppError {
  constructor(imageId: string) {
    super(SNAPSHOT_ERRORS.snapshot_published, {
      message: `The snapshot was published as the image ${imageId}`,
      extensions: { imageId },
    });
  }
}

export class SnapshotContendedError extends AppError {
  constructor() {
    super(SNAPSHOT_ERRORS.snapshot_contended);
  }
}

export class MemoryNeedsRunningInstanceError extends AppError {
  constructor(currentStatus: string) {
    super(SNAPSHOT_ERRORS.memory_needs_running_instance, {
      message: `Only a running or paused instance has memory; this one is ${currentStatus}`,
      extensions: { currentStatus },
    });
  }
}

export class QuiesceUnavailableError extends AppError {
  constructor(why: string) {
    super(SNAPSHOT_ERRORS.quiesce_unavailable, { message: `The guest cannot be quiesced: ${why}` });
  }
}

export class SnapshotWithoutMemoryError extends AppError {
  constructor() {
    super(SNAPSHOT_ERRORS.snapshot_without_memory);
  }
}

export class MemorySizeDiffersError extends AppError {
  constructor({ vcpus, ramGB }: Pick<Resources, 'vcpus' | 'ramGB'>) {
    super(SNAPSHOT_ERRORS.memory_size_differs, {
      message: `The memory in the snapshot is that of a guest with ${vcpus} vcpus and ${ramGB} ramGB`,
      extensions: { required: { vcpus, ramGB } },
    });
  }
}

export class FlavorTooSmallForSnapshotError extends AppError {
  constructor(flavor: Pick<Resources, 'diskGB'>, { diskGB }: Pick<Resources, 'diskGB'>) {
    super(SNAPSHOT_ERRORS.flavor_too_small_for_snapshot, {
      message: `The disk in the snapshot needs ${diskGB} diskGB; the flavor has ${flavor.diskGB}`,
      extensions: { minimal: { diskGB } },
    });
  }
}
