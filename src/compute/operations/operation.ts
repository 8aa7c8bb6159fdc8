import type { AppError } from '../../platform/errors/app.error';
import type { ResourceType } from '../resources';
import type { OperationType } from './operation-types';

/** Maximum delay before an operation is retried. */
export const LONGEST_DELAY_MS = 30_000;

/** Operations that share a tenant, a host and a priority; groups take turns. */
export interface ClaimGroup {
  readonly hostId: string;
  readonly tenantId: string;
  /** No request waits for the outcome. */
  readonly isBackground: boolean;
}

/** Key of the operation's group, regardless of host. */
export function claimGroupOf({
  tenantId,
  isBackground,
}: Pick<ClaimedOperation, 'tenantId' | 'isBackground'>): string {
  return `${isBackground ? 'background' : 'awaited'} ${tenantId}`;
}

export const OPERATION_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** Why an operation failed, or why it is being retried. */
export interface Failure {
  /** Stable and snake_case. */
  readonly code: string;
  readonly message: string;
  /** Seconds after which the same request may succeed; absent if it would fail again. */
  readonly retryAfterSeconds?: number;
}

const MAX_MESSAGE = 1000;

/** Truncates foreign text and removes characters that the database rejects. */
export function storable(text: string): string {
  return text.slice(0, MAX_MESSAGE).toWellFormed().replaceAll('\0', '');
}

export function toFailure({ code, message, retryAfterSeconds }: AppError): Failure {
  return { code, message: storable(message), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** Work that continues after its request was answered. Times are Unix seconds. */
export interface Operation {
  readonly id: string;
  readonly tenantId: string;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  /** Its resource, or the instance that its resource belongs to. */
  readonly instanceId: string;
  /** The snapshot that it takes, uses or deletes; null if there is none. */
  readonly snapshotId: string | null;
  readonly type: OperationType;
  readonly status: OperationStatus;
  readonly attempts: number;
  readonly error: Failure | null;
  /** Progress as last reported by the engine; null if not reported, or on success. */
  readonly progress: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** An operation that this worker holds until its lease ends. */
export interface ClaimedOperation {
  readonly id: string;
  readonly tenantId: string;
  readonly resourceType: ResourceType;
  readonly resourceId: string;
  readonly type: OperationType;
  /** As stored by the request; the handler checks them. */
  readonly args: Readonly<Record<string, unknown>>;
  /** No request waits for the outcome. */
  readonly isBackground: boolean;
  /** The host that does the work. */
  readonly hostId: string;
  /** Including this attempt. */
  readonly attempts: number;
  /** Fencing token of the claim: writes with an older one have no effect. */
  readonly fence: number;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** Remaining working time in milliseconds; negative if exceeded. */
  readonly remainingMs: number;
}

/** Progress of an operation, in a few words, reported by the worker that holds it. */
export interface Progress extends Pick<ClaimedOperation, 'id' | 'fence'> {
  readonly text: string;
}

/** Path of the operation's resource, as in `Operation-Location`. */
export function operationPath(id: string): string {
  return `/api/v1/compute/operations/${id}`;
}
