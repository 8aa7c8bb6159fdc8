import type { ErrorDefinition } from '../../../platform/errors/define-errors';
import type { OperationType } from '../../operations';
import type { InstanceState, InstanceStatus } from '../instance';
import { IllegalStateError, INSTANCE_ERRORS, InstanceBusyError } from '../instance.errors';

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
  readonly refusal: ErrorDefinition;
  /** Whether it cancels an operation in progress instead of being refused. */
  readonly supersedes: boolean;
}

/** Attaching and detaching keep the status, whether they succeed or fail. */
const ATTACHMENT_CHANGE: Transition = {
  from: ['running', 'stopped'],
  via: null,
  to: 'unchanged',
  failed: 'unchanged',
  refusal: INSTANCE_ERRORS.instance_not_settled,
  supersedes: false,
};

/** The only place that defines which actions a status allows. docs/internals.md shows this table. */
export const TRANSITIONS: Readonly<Record<Action, Transition>> = {
  create: {
    from: [],
    via: 'creating',
    to: 'running',
    failed: 'error',
    refusal: INSTANCE_ERRORS.instance_exists,
    supersedes: false,
  },
  start: {
    from: ['stopped'],
    via: null,
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_stopped,
    supersedes: false,
  },
  stop: {
    from: ['running'],
    via: null,
    to: 'stopped',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_running,
    supersedes: false,
  },
  restart: {
    from: ['stopped'],
    via: 'restarting',
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_stopped,
    supersedes: false,
  },
  delete: {
    from: ['creating', 'stopped', 'restarting', 'error'],
    via: null,
    to: 'gone',
    failed: 'error',
    refusal: INSTANCE_ERRORS.instance_running,
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
