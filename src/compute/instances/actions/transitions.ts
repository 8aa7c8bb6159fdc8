import type { OperationType } from '../../operations';
import type { InstanceState, InstanceStatus } from '../instance';
import { IllegalStateError, InstanceBusyError, type StateRefusal } from '../instance.errors';

/** Actions on an instance; a clean-up acts only on leftovers. */
export type Action = Exclude<OperationType, 'cleanup'>;

export interface Transition {
  /** Statuses that allow the action. */
  readonly from: readonly InstanceStatus[];
  /** Status while the operation is in progress; null keeps the current one. */
  readonly via: InstanceStatus | null;
  /** Status after success. */
  readonly to: InstanceStatus | 'unchanged' | 'gone';
  /** Status after a failure whose outcome is known. */
  readonly failed: 'error' | 'unchanged' | 'as reported';
  readonly refusal: StateRefusal;
  /** Whether it cancels an operation in progress instead of being refused. */
  readonly supersedes: boolean;
}

const NOT_STOPPED: StateRefusal = { code: 'instance_not_stopped', sentence: 'Instance is not stopped' };
const NOT_RUNNING: StateRefusal = { code: 'instance_not_running', sentence: 'Instance is not running' };
const RUNNING: StateRefusal = { code: 'instance_running', sentence: 'Cannot delete running instance' };
const UNSETTLED: StateRefusal = {
  code: 'instance_not_settled',
  sentence: 'Instance is neither running nor stopped',
};
const EXISTS: StateRefusal = { code: 'instance_exists', sentence: 'Instance exists already' };

/** Attaching and detaching keep the status, whether they succeed or fail. */
const ATTACHMENT_CHANGE: Transition = {
  from: ['running', 'stopped'],
  via: null,
  to: 'unchanged',
  failed: 'unchanged',
  refusal: UNSETTLED,
  supersedes: false,
};

/** The only place that defines which actions a status allows. docs/internals.md shows this table. */
export const TRANSITIONS: Readonly<Record<Action, Transition>> = {
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
    failed: 'as reported',
    refusal: NOT_STOPPED,
    supersedes: false,
  },
  stop: {
    from: ['running'],
    via: null,
    to: 'stopped',
    failed: 'as reported',
    refusal: NOT_RUNNING,
    supersedes: false,
  },
  restart: {
    from: ['stopped'],
    via: 'restarting',
    to: 'running',
    failed: 'as reported',
    refusal: NOT_STOPPED,
    supersedes: false,
  },
  delete: {
    from: ['creating', 'stopped', 'restarting', 'error'],
    via: null,
    to: 'gone',
    failed: 'error',
    refusal: RUNNING,
    supersedes: true,
  },
  attach: ATTACHMENT_CHANGE,
  detach: ATTACHMENT_CHANGE,
};

/**
 * Allows the action or throws; the status is checked before operations in progress.
 * @throws {IllegalStateError | InstanceBusyError}
 */
export function assertAllowed(action: Action, state: InstanceState): void {
  const { from, refusal, supersedes } = TRANSITIONS[action];
  if (!from.includes(state.status)) throw new IllegalStateError(refusal, state, from);
  if (state.openOperation && !supersedes) throw new InstanceBusyError(state.openOperation.id);
}
