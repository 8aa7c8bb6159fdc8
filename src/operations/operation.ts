import { AppError } from '../common/errors/app.error';

export const OPERATION_TYPES = ['create', 'start', 'stop', 'restart', 'delete'] as const;
export type OperationType = (typeof OPERATION_TYPES)[number];

export const OPERATION_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** Why an operation did not succeed, or why it is being tried again. */
export interface Failure {
  /** Stable and snake_case. */
  readonly code: string;
  readonly message: string;
}

/** Work that goes on after the request that asked for it was answered. Times are Unix seconds. */
export interface Operation {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly type: OperationType;
  readonly status: OperationStatus;
  readonly attempts: number;
  readonly error: Failure | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** An operation that this worker holds until its lease ends. */
export interface ClaimedOperation {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly type: OperationType;
  /** This attempt included. */
  readonly attempts: number;
  /** Proof of the claim: a write that shows an older one changes nothing. */
  readonly fence: number;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** Working time that is left, in milliseconds; negative where it is used up. */
  readonly remainingMs: number;
}

export class OperationNotFoundError extends AppError {
  constructor() {
    super('not_found', 'operation_not_found', 'Operation not found');
  }
}

/** The path of the operation's resource, as `Operation-Location` names it. */
export function operationPath(id: string): string {
  return `/api/v1/compute/operations/${id}`;
}
