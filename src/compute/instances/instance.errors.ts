import { AppError, type ErrorKind } from '../../platform/errors/app.error';
import { entryOf, toErrorCode, type ErrorCode } from '../../platform/errors/catalog/index';
import type { Failure, Operation } from '../operations';
import { MAX_ATTACHMENTS } from './attachments/attachment';
import { MAX_METADATA_PAIRS, type InstanceState } from './instance';

/** Usual duration of an operation in seconds, for `Retry-After` if one is in progress. */
const USUAL_WAIT_SECONDS = 1;
/** The service has used up its own retries, so another request is worthwhile only later. */
const FAILED_WAIT_SECONDS = 30;

export class InstanceNotFoundError extends AppError {
  constructor() {
    super('not_found', 'instance_not_found', 'Instance not found');
  }
}

export interface StateRefusal {
  readonly code: ErrorCode;
  readonly sentence: string;
}

/** The status does not allow the action; the document lists the statuses that do. */
export class IllegalStateError extends AppError {
  constructor(
    { code, sentence }: StateRefusal,
    { status, openOperation }: Pick<InstanceState, 'status' | 'openOperation'>,
    accepted: readonly string[],
  ) {
    super('invalid', code, sentence, {
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
    super('conflict', 'instance_busy', 'Instance is busy', {
      retryAfterSeconds: USUAL_WAIT_SECONDS,
      extensions: { operationId },
    });
  }
}

export class DeletionProtectedError extends AppError {
  constructor() {
    super(
      'conflict',
      'deletion_protected',
      'The instance is protected from deletion; patch deletionProtection to false first',
    );
  }
}

/** Concurrent requests kept changing the instance between read and write. */
export class InstanceContendedError extends AppError {
  constructor() {
    super('conflict', 'instance_contended', 'The instance is changing too often at the moment; try again', {
      retryAfterSeconds: USUAL_WAIT_SECONDS,
    });
  }
}

/** Concurrent requests kept taking and releasing the remaining quota or capacity. */
export class CreationContendedError extends AppError {
  constructor() {
    super(
      'unavailable',
      'creation_contended',
      'Quota or capacity is changing too often at the moment; try again',
      {
        retryAfterSeconds: USUAL_WAIT_SECONDS,
      },
    );
  }
}

export class TooMuchMetadataError extends AppError {
  constructor() {
    super('invalid', 'validation_failed', `metadata must have at most ${MAX_METADATA_PAIRS} pairs`, {
      errors: [{ field: 'metadata', message: `metadata must have at most ${MAX_METADATA_PAIRS} pairs` }],
    });
  }
}

export class TooManyAttachmentsError extends AppError {
  constructor(kind: 'network' | 'volume') {
    super(
      'invalid',
      'too_many_attachments',
      `An instance has at most ${MAX_ATTACHMENTS} ${kind}s; detach one first`,
      {
        extensions: { limit: MAX_ATTACHMENTS },
      },
    );
  }
}

const NO_REASON: Failure = { code: 'operation_failed', message: 'no reason was recorded' };

/** Error kinds by HTTP status of the stored code: wrong request, inaccessible resource, or failure on our side. */
const OUTCOMES: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid',
  403: 'forbidden',
  503: 'unavailable',
};

/** The instance went into `error` instead of reaching the awaited state. */
export class InstanceFailedError extends AppError {
  constructor(statusReason: string | null) {
    super(
      'conflict',
      'instance_failed',
      `The instance is in error${statusReason === null ? '' : `: ${statusReason}`}`,
      {
        extensions: { statusReason },
      },
    );
  }
}

export class InstanceDeletedError extends AppError {
  constructor() {
    super('conflict', 'instance_deleted', 'The instance was deleted');
  }
}

/** The operation that the request waited for failed after all its attempts. */
export class OperationFailedError extends AppError {
  constructor({ id: operationId, type, error: failure }: Operation) {
    const { message, code: stored, ...known }: Failure = failure ?? NO_REASON;
    const { code, kind } = outcomeOf(stored);
    const isOurs = kind === 'unavailable';
    const retryAfterSeconds = known.retryAfterSeconds ?? (isOurs ? FAILED_WAIT_SECONDS : undefined);
    super(kind, code, isOurs ? `${type} failed: ${message}` : message, {
      extensions: { operationId },
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
}

/** An unknown stored code may come from another version or from a bug; it is reported as a plain failure. */
function outcomeOf(stored: string): { readonly code: ErrorCode; readonly kind: ErrorKind } {
  const code = toErrorCode(stored);
  const kind = code && OUTCOMES[entryOf(code).status];
  return code && kind ? { code, kind } : { code: 'operation_failed', kind: 'unavailable' };
}

/** The operation that the request waited for was cancelled by a delete. */
export class OperationSupersededError extends AppError {
  constructor(operationId: string) {
    super('conflict', 'operation_superseded', 'The instance is being deleted', {
      extensions: { operationId },
    });
  }
}
