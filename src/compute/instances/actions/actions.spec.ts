import { ALL_STATUSES, type InstanceState, type InstanceStatus } from '../instance';
import { IllegalStateError, InstanceBusyError } from '../instance.errors';
import { ACTION_NAMES, assertAllowed, type Action } from './actions';

/** Written independently of the table, so that mistakes in it are detected. */
const ALLOWED: Readonly<Record<Action, readonly InstanceStatus[]>> = {
  create: [],
  start: ['stopped'],
  stop: ['running', 'paused'],
  restart: ['stopped'],
  reboot: ['running'],
  rebuild: ['running', 'stopped', 'error'],
  pause: ['running'],
  resume: ['paused'],
  delete: ['creating', 'stopped', 'restarting', 'error'],
  retain: ['running', 'paused', 'stopped', 'restarting', 'error'],
  undelete: ['deleted'],
  attach: ['running', 'stopped'],
  detach: ['running', 'stopped'],
  resize: ['running', 'stopped'],
  snapshot: ['running', 'paused', 'stopped'],
  restore: ['running', 'paused', 'stopped', 'error'],
};
const REFUSALS: Readonly<Record<Action, readonly [code: string, sentence: string]>> = {
  create: ['instance_exists', 'Instance exists already'],
  start: ['instance_not_stopped', 'Instance is not stopped'],
  stop: ['instance_not_running', 'Instance is not running'],
  restart: ['instance_not_stopped', 'Instance is not stopped'],
  reboot: ['instance_not_running', 'Instance is not running'],
  rebuild: ['instance_not_settled', 'Instance is neither running nor stopped'],
  pause: ['instance_not_running', 'Instance is not running'],
  resume: ['instance_not_paused', 'Instance is not paused'],
  delete: ['instance_running', 'Cannot delete running instance'],
  retain: ['instance_running', 'Cannot delete running instance'],
  undelete: ['instance_not_deleted', 'Instance is not deleted'],
  attach: ['instance_not_settled', 'Instance is neither running nor stopped'],
  detach: ['instance_not_settled', 'Instance is neither running nor stopped'],
  resize: ['instance_not_settled', 'Instance is neither running nor stopped'],
  snapshot: ['instance_not_settled', 'Instance is neither running nor stopped'],
  restore: ['instance_not_settled', 'Instance is neither running nor stopped'],
};

const IDLE: InstanceState = {
  status: 'stopped',
  driver: 'simulated',
  version: 3,
  isProtected: false,
  isRestartDue: false,
  isCounted: true,
  ranBeforeDeletion: false,
  defaultRetention: null,
  openOperation: null,
};

/** They cancel the operation in flight. */
const DELETIONS: readonly Action[] = ['delete', 'retain'];
const statusOf = (action: Action): number => (action === 'undelete' ? 409 : 400);

const STATES: readonly InstanceState[] = ALL_STATUSES.flatMap((status) => [
  { ...IDLE, status },
  ...ACTION_NAMES.map((type) => ({
    ...IDLE,
    status,
    openOperation: { id: `a-${type}`, type, isForced: false },
  })),
]);

const CASES = ACTION_NAMES.flatMap((action) =>
  STATES.map((state) => ({
    action,
    state,
    isAllowed: ALLOWED[action].includes(state.status),
    what: `${action} in ${state.status}, ${state.openOperation?.type ?? 'nothing'} in flight`,
  })),
);

function refusalOf(action: Action, state: InstanceState): unknown {
  try {
    assertAllowed(action, state);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('assertAllowed', () => {
  it.each(CASES.filter(({ isAllowed, state }) => isAllowed && !state.openOperation))(
    'allows: $what',
    ({ action, state }) => {
      expect(refusalOf(action, state)).toBeUndefined();
    },
  );

  it('allows a stop, and nothing else more, while a stopped instance waits for its restart', () => {
    const state: InstanceState = { ...IDLE, isRestartDue: true };
    const allowed = ACTION_NAMES.filter((action) => refusalOf(action, state) === undefined);
    const usual = ACTION_NAMES.filter((action) => ALLOWED[action].includes('stopped'));
    expect(allowed.toSorted()).toEqual([...usual, 'stop'].toSorted());
    expect(
      refusalOf('stop', { ...state, openOperation: { id: 'a', type: 'attach', isForced: false } }),
    ).toBeInstanceOf(InstanceBusyError);
  });

  it.each(
    CASES.filter(
      ({ isAllowed, state, action }) => isAllowed && state.openOperation && DELETIONS.includes(action),
    ),
  )('allows a deletion regardless of the operation in flight: $what', ({ action, state }) => {
    expect(refusalOf(action, state)).toBeUndefined();
  });

  it.each(
    CASES.filter(
      ({ isAllowed, state, action }) => isAllowed && state.openOperation && !DELETIONS.includes(action),
    ),
  )('reports busy with the operation id: $what', ({ action, state }) => {
    const refusal = refusalOf(action, state);

    expect(refusal).toBeInstanceOf(InstanceBusyError);
    expect(refusal).toMatchObject({
      status: 409,
      code: 'instance_busy',
      message: 'Instance is busy',
      details: { extensions: { operationId: state.openOperation?.id }, retryAfterSeconds: 1 },
    });
  });

  it.each(CASES.filter(({ isAllowed, state }) => !isAllowed && !state.openOperation))(
    'rejects because of the status: $what',
    ({ action, state }) => {
      const [code, message] = REFUSALS[action];
      const refusal = refusalOf(action, state);

      expect(refusal).toBeInstanceOf(IllegalStateError);
      expect(refusal).toMatchObject({ status: statusOf(action), code, message });
      expect(refusal).toHaveProperty('details', {
        extensions: { currentStatus: state.status, acceptedStatuses: ALLOWED[action] },
      });
    },
  );

  it.each(CASES.filter(({ isAllowed, state }) => !isAllowed && state.openOperation))(
    'rejects because of the status before it checks the operation in flight: $what',
    ({ action, state }) => {
      const [code, message] = REFUSALS[action];
      const refusal = refusalOf(action, state);

      expect(refusal).toBeInstanceOf(IllegalStateError);
      expect(refusal).toMatchObject({ status: statusOf(action), code, message });
      expect(refusal).toHaveProperty('details', {
        extensions: {
          currentStatus: state.status,
          acceptedStatuses: ALLOWED[action],
          operationId: state.openOperation?.id,
        },
        retryAfterSeconds: 1,
      });
    },
  );
});
