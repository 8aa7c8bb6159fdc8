import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const OPERATION_ERRORS = defineErrors({
  operation_not_found: {
    status: 404,
    example: 'Operation not found',
    retryable: false,
    meaning: 'No operation has this id, or it finished more than `HISTORY_RETENTION_DAYS` days ago.',
    remedy: 'Check the id with `GET /operations`.',
  },
  wait_timeout: {
    status: 408,
    example: 'Not reached within 30 s; repeat the request to keep waiting',
    retryable: true,
    meaning:
      'The instance or operation did not reach the requested status within `timeoutSeconds`; `currentStatus` is its current status.',
    remedy: 'Repeat the request; a change between two waits is not missed.',
  },
  too_many_pending_operations: {
    status: 429,
    example: 'The tenant has 10000 unfinished operations; try again when some have finished',
    retryable: true,
    meaning:
      'The tenant has too many pending and running operations to create more instances. Existing instances can still be changed and deleted.',
    remedy:
      'Wait until some have finished (`GET /operations?status=pending`), or ask an operator to raise `QUOTA_PENDING_OPERATIONS`.',
  },
  engine_failed: {
    status: 503,
    example: 'start failed: no memory left on the host',
    retryable: true,
    meaning: 'The engine failed to carry out the operation; `detail` contains its message.',
    remedy: 'Check the status of the instance. If it is not in `error`, repeat after `Retry-After`.',
  },
  operation_timeout: {
    status: 503,
    example: 'stop failed: the operation timed out',
    retryable: true,
    meaning: 'The operation did not finish within `OPERATION_TIMEOUT_SECONDS` and was stopped.',
    remedy: 'Check the status of the instance. If it is not in `error`, repeat after `Retry-After`.',
  },
  operation_given_up: {
    status: 503,
    example: 'stop failed: given up after 10 attempts that never finished',
    retryable: true,
    meaning: 'The worker crashed while processing this operation, `OPERATION_MAX_ATTEMPTS` times.',
    remedy: 'Report the `operationId`: this operation may be crashing the service.',
  },
  operation_failed: {
    status: 503,
    example: 'start failed: no reason was recorded',
    retryable: true,
    meaning: 'The operation failed; the cause is only in the log of the service.',
    remedy: 'Repeat after `Retry-After`; if it fails again, report the `operationId`.',
  },
  operation_superseded: {
    status: 409,
    example: 'The instance is being deleted',
    retryable: false,
    meaning: 'A delete cancelled the operation that this request had started.',
    remedy: 'No action needed; the instance is being deleted.',
  },
  operation_interrupted: {
    status: 409,
    example: 'interrupted: shutdown',
    retryable: true,
    meaning:
      'A replica stopped processing an operation because it is shutting down, or because a delete cancelled the operation.',
    remedy: 'No action needed; another replica continues.',
  },
  operation_lost: {
    status: 409,
    example: 'another worker has taken over the operation',
    retryable: true,
    meaning: 'A replica did not renew its lease of an operation in time, and another replica has taken over.',
    remedy: 'No action needed if it is rare. If it is frequent, the database or the machine is overloaded.',
  },
});

export class OperationNotFoundError extends AppError {
  constructor() {
    super(OPERATION_ERRORS.operation_not_found);
  }
}

/** The awaited status was not reached in time; repeating the request continues the wait. */
export class WaitTimeoutError extends AppError {
  constructor(timeoutMs: number, currentStatus: string) {
    super(OPERATION_ERRORS.wait_timeout, {
      message: `Not reached within ${timeoutMs / 1000} s; repeat the request to keep waiting`,
      extensions: { currentStatus },
    });
  }
}

export class TooManyPendingOperationsError extends AppError {
  constructor(limit: number) {
    super(OPERATION_ERRORS.too_many_pending_operations, {
      message: `The tenant has ${limit} unfinished operations; try again when some have finished`,
      retryAfterSeconds: 10,
    });
  }
}

/** The operation that the request waited for was cancelled by a delete. */
export class OperationSupersededError extends AppError {
  constructor(operationId: string) {
    super(OPERATION_ERRORS.operation_superseded, { extensions: { operationId } });
  }
}

/** Another worker has the operation, or it was cancelled: stop working on it. */
export class OperationLostError extends AppError {
  constructor() {
    super(OPERATION_ERRORS.operation_lost);
  }
}
