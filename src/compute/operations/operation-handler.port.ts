import type { ClaimedOperation, Failure } from './operation';
import type { Postponement } from './store/operations.queue';

/** How an operation ended; not recorded yet. */
export interface Outcome {
  readonly result: 'succeeded' | 'failed';
  /** Resolves to false, without writing anything, if this worker no longer holds the operation. */
  readonly record: () => Promise<boolean>;
}

/** Runs operations and records their outcomes. Leases, retries and deadlines are up to the worker. */
export abstract class OperationHandler {
  /** Does the work. Rejects if it fails or the signal aborts. */
  abstract execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome>;
  /** Ends the operation for good. `isOutcomeKnown` is false if the engine may still be working on it. */
  abstract fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean>;
  /** Requeues the operation, to be retried after a delay. */
  abstract postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean>;
}
