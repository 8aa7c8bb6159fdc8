import { Injectable } from '@nestjs/common';
import type { ClaimedOperation, Failure } from './operation';
import type { OperationType } from './operation-types';
import type { Postponement } from './store/operations.queue';

/** How an operation ended; not recorded yet. */
export interface Outcome {
  readonly result: 'succeeded' | 'failed';
  /** Resolves to false, without writing anything, if this worker no longer holds the operation. */
  readonly record: () => Promise<boolean>;
}

/** Runs operations and records their outcomes. Leases, retries and deadlines are up to the worker. */
export interface OperationHandler {
  /** Does the work. Rejects if it fails or the signal aborts. */
  execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome>;
  /** Ends the operation for good. `isOutcomeKnown` is false if the engine may still be working on it. */
  fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean>;
  /** Requeues the operation, to be retried after a delay. */
  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean>;
}

type Kind = Pick<ClaimedOperation, 'resourceType' | 'type'>;

/** Who runs which operations. Features register their handlers when they are initialized. */
@Injectable()
export class OperationHandlers {
  private readonly byKind = new Map<string, OperationHandler>();

  register(
    resourceType: Kind['resourceType'],
    types: readonly OperationType[],
    handler: OperationHandler,
  ): void {
    for (const type of types) this.byKind.set(keyOf({ resourceType, type }), handler);
  }

  of(operation: Kind): OperationHandler {
    const handler = this.byKind.get(keyOf(operation));
    if (!handler) throw new Error(`nothing handles ${keyOf(operation)}`);
    return handler;
  }
}

function keyOf({ resourceType, type }: Kind): string {
  return `${resourceType}.${type}`;
}
