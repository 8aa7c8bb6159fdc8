import type { OperationType } from '../operations';
import type { InstanceState, InstanceStatus } from './instance';
import { IllegalStateError, InstanceBusyError, type StateRefusal } from './instance.errors';

export interface Transition {
  /** Statuses that allow the action. */
  readonly from: readonly InstanceStatus[];
  /** Status while the operation is at work; null leaves the one it has. */
  readonly via: InstanceStatus | null;
  /** Status after it; null where the instance is gone then. */
  readonly to: InstanceStatus | null;
  /** Status after a failure whose outcome is known; null asks the engine. */
  readonly failed: 'error' | null;
  readonly refusal: StateRefusal;
  /** Whether it cancels an operation in flight instead of being refused for it. */
  readonly supersedes: boolean;
}

const NOT_STOPPED: StateRefusal = { code: 'instance_not_stopped', sentence: 'Instance is not stopped' };
const NOT_RUNNING: StateRefusal = { code: 'instance_not_running', sentence: 'Instance is not running' };
const RUNNING: StateRefusal = { code: 'instance_running', sentence: 'Cannot delete running instance' };
const EXISTS: StateRefusal = { code: 'instance_exists', sentence: 'Instance exists already' };

/** The only place that knows what an instance may do when. docs/architecture.md shows this table. */
export const TRANSITIONS: Readonly<Record<OperationType, Transition>> = {
  create: {
    from: [],
    via: 'creating',
    to: 'running',
    failed: 'error',
    refusal: EXISTS,
    supersedes: false,
  },
  start: {
    from: ['stopped'],
    via: null,
    to: 'running',
    failed: null,
    refusal: NOT_STOPPED,
    supersedes: false,
  },
  stop: {
    from: ['running'],
    via: null,
    to: 'stopped',
    failed: null,
    refusal: NOT_RUNNING,
    supersedes: false,
  },
  restart: {
    from: ['stopped'],
    via: 'restarting',
    to: 'running',
    failed: 'error',
    refusal: NOT_STOPPED,
    supersedes: false,
  },
  delete: {
    from: ['creating', 'stopped', 'restarting', 'error'],
    via: null,
    to: null,
    failed: 'error',
    refusal: RUNNING,
    supersedes: true,
  },
};

/**
 * Lets an action pass or says why not: the status first, then what is in flight.
 * @throws {IllegalStateError | InstanceBusyError}
 */
export function assertAllowed(action: OperationType, state: InstanceState): void {
  const { from, refusal, supersedes } = TRANSITIONS[action];
  if (!from.includes(state.status)) throw new IllegalStateError(refusal, state, from);
  if (state.openOperation && !supersedes) throw new InstanceBusyError(state.openOperation.id);
}
