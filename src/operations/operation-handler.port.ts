import type { ClaimedOperation, Failure } from './operation';
import type { Postponement } from './operations.queue';

/** How an operation ended, still to be written. */
export interface Outcome {
  readonly result: 'succeeded' | 'failed';
  /** False where the operation is not this worker's any more and nothing was written. */
  readonly record: () => Promise<boolean>;
}

/** What the worker runs. It does the work and writes the outcome; leases, retries and deadlines are the worker's. */
export abstract class OperationHandler {
  /** The slow part. Rejects where it fails or the signal aborts. */
  abstract execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome>;
  /** Ends the operation for good. `isOutcomeKnown` is false where the engine may still be at it. */
  abstract fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean>;
  /** Puts the operation back, to be tried again after a delay. */
  abstract postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean>;
}
