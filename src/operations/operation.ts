import { AppError } from '../common/errors/app.error';

export const OPERATION_TYPES = [
  'create',
  'start',
  'stop',
  'restart',
  'delete',
  'attach',
  'detach',
  'cleanup',
] as const;
export type OperationType = (typeof OPERATION_TYPES)[number];

/** Operations that go on until they are done where an engine or a neighbour keeps them waiting: nobody would do it instead. */
export const PERSISTENT: ReadonlySet<OperationType> = new Set(['delete', 'cleanup']);

/** Longest time that an operation is put off before it is tried again. */
export const LONGEST_DELAY_MS = 30_000;

/** Operations that share a tenant, a driver and a priority: groups take turns. */
export interface ClaimGroup {
  readonly driver: string;
  readonly tenantId: string;
  /** No request waits for the outcome. */
  readonly isBackground: boolean;
}

/** Types that no request waits for: a tenant's other operations go first. */
const BACKGROUND: ReadonlySet<OperationType> = new Set(['create', 'restart', 'cleanup']);

export function isBackground(type: OperationType): boolean {
  return BACKGROUND.has(type);
}

/** Name of the group of an operation at the database, where drivers do not matter. */
export function claimGroupOf({ tenantId, type }: Pick<ClaimedOperation, 'tenantId' | 'type'>): string {
  return `${isBackground(type) ? 'background' : 'awaited'} ${tenantId}`;
}

export const OPERATION_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** Why an operation did not succeed, or why it is being tried again. */
export interface Failure {
  /** Stable and snake_case. */
  readonly code: string;
  readonly message: string;
  /** Seconds after which the same request may succeed; absent where it would fail again. */
  readonly retryAfterSeconds?: number;
}

const MAX_MESSAGE = 1000;

/** Text of others as a database can keep it. */
export function storable(text: string): string {
  return text.slice(0, MAX_MESSAGE).toWellFormed().replaceAll('\0', '');
}

export function toFailure({ code, message, details: { retryAfterSeconds } }: AppError): Failure {
  return { code, message: storable(message), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
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
  /** How far the engine is, or was when it failed, in its words; null where it did not say, or all is done. */
  readonly progress: string | null;
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
  /** Driver of its instance; empty if an older version of the service wrote the operation. */
  readonly driver: string;
  /** This attempt included. */
  readonly attempts: number;
  /** Proof of the claim: a write that shows an older one changes nothing. */
  readonly fence: number;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** What an attach or detach is about; null for the others. */
  readonly attachmentId: string | null;
  /** A deletion that waits for no neighbour. */
  readonly isForced: boolean;
  /** Working time that is left, in milliseconds; negative where it is used up. */
  readonly remainingMs: number;
}

/** How far an operation is, in a few words, as the worker that holds it says. */
export interface Progress extends Pick<ClaimedOperation, 'id' | 'fence'> {
  readonly text: string;
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
