import { AppError } from '../../platform/errors/app.error';
import { defineErrors, findError, type ErrorDefinition } from '../../platform/errors/define-errors';
import { OPERATION_ERRORS, type Failure, type Operation } from '../operations';
import { MAX_METADATA_PAIRS, type InstanceState } from './instance';
import { ValidationFailedError } from '../../platform/errors/service.errors';
import { isMet, type Precondition } from '../../platform/values/precondition';

export const INSTANCE_ERRORS = defineErrors({
  instance_not_found: {
    status: 404,
    example: 'Instance not found',
    retryable: false,
    meaning: 'No instance has this id, or it has been deleted. A retained one is shown with `deleted=true`.',
    remedy: 'Check the id with `GET /instances`. After a delete, this response means success.',
  },
  instance_not_running: {
    status: 400,
    example: 'Instance is not running',
    retryable: false,
    meaning:
      'Only a running instance can be paused, and only a running or paused one stopped or measured; `currentStatus` is its current status.',
    remedy:
      'If you wanted to stop it, no action is needed. If `operationId` is present, wait for that operation first.',
  },
  instance_not_stopped: {
    status: 400,
    example: 'Instance is not stopped',
    retryable: false,
    meaning: 'Only a stopped instance can be started or restarted; `currentStatus` is its current status.',
    remedy:
      'Stop it first; resume it if it is paused. If `operationId` is present, wait for that operation first.',
  },
  instance_not_paused: {
    status: 400,
    example: 'Instance is not paused',
    retryable: false,
    meaning: 'Only a paused instance can be resumed; `currentStatus` is its current status.',
    remedy: 'If it runs, no action is needed. If it is stopped, start it.',
  },
  instance_not_settled: {
    status: 400,
    example: 'Instance is neither running nor stopped',
    retryable: false,
    meaning:
      'Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in `error` can be rebuilt or restored.',
    remedy:
      'Wait until it has one of `acceptedStatuses`. If it is in `error`, rebuild it; if its creation has failed, delete it.',
  },
  instance_running: {
    status: 400,
    example: 'Cannot delete running instance',
    retryable: false,
    meaning: 'A running or paused instance is not deleted unless the request forces it.',
    remedy: 'Stop the instance first, or pass `force=true`.',
  },
  instance_not_deleted: {
    status: 409,
    example: 'Instance is not deleted',
    retryable: false,
    meaning:
      'Only a deleted instance that is retained can be restored. If its deletion is in progress, `operationId` identifies that.',
    remedy: 'If `operationId` is present, wait for that operation first. Otherwise, no action is needed.',
  },
  instance_exists: {
    status: 400,
    example: 'Instance exists already',
    retryable: false,
    meaning: 'The instance has already been created.',
    remedy: 'Read the existing instance.',
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
  creation_contended: {
    status: 503,
    example: 'Quota or capacity is changing too often at the moment; try again',
    retryable: true,
    meaning:
      'Quota or capacity changed too often for the request to be admitted or refused. Nothing was created.',
    remedy: 'Repeat after `Retry-After`.',
  },
  instance_failed: {
    status: 409,
    example: 'The instance is in error: create failed: no memory left on the host',
    retryable: false,
    meaning:
      'The instance is in `error`, so it will not reach the requested status; `statusReason` contains the cause.',
    remedy:
      'Fix the cause, then rebuild the instance; if its creation has failed, delete it and create it again.',
  },
  instance_not_ready: {
    status: 409,
    example: 'not ready after 300 s: GET /health was answered with 503',
    retryable: false,
    meaning:
      'The instance runs, but its guest did not become ready in the time of its `readiness`; `detail` has the reason.',
    remedy: 'Find the cause in the guest or its console. The next start or reboot begins to probe again.',
  },
  instance_deleted: {
    status: 409,
    example: 'The instance was deleted',
    retryable: false,
    meaning: 'The instance was deleted while the request waited for another status.',
    remedy: 'If the deletion was not intended, `GET /instances/{id}/events` shows who requested it.',
  },
});

/** Usual duration of an operation in seconds, for `Retry-After` if one is in progress. */
const USUAL_WAIT_SECONDS = 1;
/** The service has used up its own retries, so another request is worthwhile only later. */
const FAILED_WAIT_SECONDS = 30;

export class InstanceNotFoundError extends AppError {
  constructor() {
    super(INSTANCE_ERRORS.instance_not_found);
  }
}

/** The status does not allow the action; the document lists the statuses that do. */
export class IllegalStateError extends AppError {
  constructor(
    refusal: ErrorDefinition,
    { status, openOperation }: Pick<InstanceState, 'status' | 'openOperation'>,
    accepted: readonly string[],
  ) {
    super(refusal, {
      extensions: {
        currentStatus: status,
        acceptedStatuses: accepted,
        ...(openOperation && { operationId: openOperation.id }),
      },
      ...(openOperation && { retryAfterSeconds: USUAL_WAIT_SECONDS }),
    });
  }
}

/** An operation is in progress; the document names it, so that the caller can follow it. */
export class InstanceBusyError extends AppError {
  constructor(operationId: string) {
    super(INSTANCE_ERRORS.instance_busy, {
      retryAfterSeconds: USUAL_WAIT_SECONDS,
      extensions: { operationId },
    });
  }
}

class PreconditionFailedError extends AppError {
  constructor(version: number, what: string) {
    super(INSTANCE_ERRORS.version_mismatch, {
      message: `The version of the ${what} does not satisfy If-Match or If-None-Match; read it again and repeat the request with its ETag`,
      extensions: { version },
    });
  }
}

/** @throws {PreconditionFailedError} */
export function assertMet(precondition: Precondition, version: number, what = 'instance'): void {
  if (!isMet(precondition, version)) throw new PreconditionFailedError(version, what);
}

export class DeletionProtectedError extends AppError {
  constructor() {
    super(INSTANCE_ERRORS.deletion_protected);
  }
}

/** Concurrent requests kept changing the instance between read and write. */
export class InstanceContendedError extends AppError {
  constructor() {
    super(INSTANCE_ERRORS.instance_contended);
  }
}

/** Concurrent requests kept taking and releasing the remaining quota or capacity. */
export class CreationContendedError extends AppError {
  constructor() {
    super(INSTANCE_ERRORS.creation_contended);
  }
}

export class TooMuchMetadataError extends ValidationFailedError {
  constructor() {
    super([{ field: 'metadata', message: `metadata must have at most ${MAX_METADATA_PAIRS} pairs` }]);
  }
}

/** The instance went into `error` instead of reaching the awaited state. */
export class InstanceFailedError extends AppError {
  constructor(statusReason: string | null) {
    super(INSTANCE_ERRORS.instance_failed, {
      message: `The instance is in error${statusReason === null ? '' : `: ${statusReason}`}`,
      extensions: { statusReason },
    });
  }
}

/** The guest did not become ready in its time. */
export class InstanceNotReadyError extends AppError {
  constructor(statusReason: string | null) {
    super(INSTANCE_ERRORS.instance_not_ready, {
      message: statusReason ?? 'the guest is not ready',
      extensions: { statusReason },
    });
  }
}

export class InstanceDeletedError extends AppError {
  constructor() {
    super(INSTANCE_ERRORS.instance_deleted);
  }
}

const FAILED = OPERATION_ERRORS.operation_failed;
const NO_REASON: Failure = { code: FAILED.code, message: 'no reason was recorded' };

/** Statuses that a failed operation can result in: wrong request, inaccessible resource, conflict, or failure on our side. */
const OUTCOMES = [400, 403, 409, FAILED.status];

/** The operation that the request waited for failed after all its attempts. */
export class OperationFailedError extends AppError {
  constructor({ id: operationId, type, error: failure }: Operation) {
    const { message, code, ...known }: Failure = failure ?? NO_REASON;
    const error = outcomeOf(code);
    const isOurs = error.status === FAILED.status;
    const retryAfterSeconds = known.retryAfterSeconds ?? (isOurs ? FAILED_WAIT_SECONDS : undefined);
    super(error, {
      message: isOurs ? `${type} failed: ${message}` : message,
      extensions: { operationId },
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
}

/** An unknown stored code may come from another version or from a bug; it is reported as a plain failure. */
function outcomeOf(code: string): ErrorDefinition {
  const error = findError(code);
  return error && OUTCOMES.includes(error.status) ? error : FAILED;
}
