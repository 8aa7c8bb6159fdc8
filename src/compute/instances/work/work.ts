import type { ClaimedOperation, Outcome } from '../../operations';
import type { LifecycleTarget } from './completion.repository';
import type { Action } from '../actions/actions';

/** An operation on an existing instance, held by this worker. */
export interface Work {
  readonly operation: ClaimedOperation;
  readonly action: Action;
  readonly target: LifecycleTarget;
  readonly signal: AbortSignal;
  /** When this attempt read the target, as in `performance.now()`. */
  readonly begunAt: number;
}

/** The work of an action that is more than a call to the driver. Rejects if it fails or the signal aborts. */
export type Performer = (work: Work) => Promise<Outcome>;
