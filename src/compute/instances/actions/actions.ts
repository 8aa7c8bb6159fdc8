import type { Abilities, AbilityName, ComputeDriver, DriverCall, DriverResult } from '../../../drivers';
import { abilityOf } from '../engine/ability-of';
import type { MetricName } from '../../../integrations';
import type { ErrorDefinition } from '../../../platform/errors/define-errors';
import { OPERATION_TYPES, type ClaimedOperation, type OperationType } from '../../operations';
import { DELETED, type InstanceState, type InstanceStatus } from '../instance';
import { IllegalStateError, INSTANCE_ERRORS, InstanceBusyError } from '../instance.errors';

/** Actions on an instance; a cleanup acts only on leftovers, and other operations are about other resources. */
export type Action = Exclude<OperationType, 'cleanup' | 'delete_snapshot'>;

/** The specifics of an action. Everything else is the same for all actions. */
export interface ActionDescriptor {
  /** Statuses that allow the action. */
  readonly from: readonly InstanceStatus[];
  /** Status while the operation is in progress; null keeps the current one. */
  readonly via: InstanceStatus | null;
  /** Status after success. */
  readonly to: InstanceStatus | 'unchanged' | 'gone' | 'as before its deletion';
  /** Status after a failure whose outcome is known. */
  readonly failed: 'error' | 'unchanged' | 'as reported';
  readonly refusal: ErrorDefinition;
  /** Whether it cancels an operation in progress instead of being refused. */
  readonly supersedes: boolean;
  /** Sent to Monitoring after success. */
  readonly metric: MetricName | null;
  /** The ability that the engine needs; otherwise the action is refused. */
  readonly ability?: AbilityName;
  /** The work of an action that is a single call to the driver. The work of the others is in `InstanceOperations`. */
  readonly engine?: (driver: ComputeDriver, call: DriverCall) => Promise<DriverResult>;
  /** Gives it the route `POST /instances/{id}/<action>`, which takes no body. */
  readonly route?: RouteTexts;
}

/** For the OpenAPI document. */
interface RouteTexts {
  readonly summary: string;
  /** The instance in the response. */
  readonly outcome: string;
  readonly description: string;
}

const WAITS = 'Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.';

/** The work of an action through an ability that not every engine has. */
function through<Name extends AbilityName>(
  ability: Name,
  act: (ability: NonNullable<Abilities[Name]>, call: DriverCall) => Promise<DriverResult>,
): Required<Pick<ActionDescriptor, 'ability' | 'engine'>> {
  return {
    ability,
    engine: async (driver, call) => act(abilityOf(driver, ability), call),
  };
}

/** Attaching and detaching keep the status, whether they succeed or fail. */
const ATTACHMENT_CHANGE: ActionDescriptor = {
  from: ['running', 'stopped'],
  via: null,
  to: 'unchanged',
  failed: 'unchanged',
  refusal: INSTANCE_ERRORS.instance_not_settled,
  supersedes: false,
  metric: null,
};

/**
 * All actions, the only place that defines which ones a status allows. docs/internals.md shows a table of it. How the
 * queue treats them is in `operation-types.ts`.
 */
export const ACTIONS = {
  create: {
    from: [],
    via: 'creating',
    to: 'running',
    failed: 'error',
    refusal: INSTANCE_ERRORS.instance_exists,
    supersedes: false,
    metric: 'instance_created',
  },
  start: {
    from: ['stopped'],
    via: null,
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_stopped,
    supersedes: false,
    metric: 'instance_started',
    engine: (driver, call) => driver.start(call),
    route: {
      summary: 'Start a stopped instance',
      outcome: 'The instance, running',
      description: WAITS,
    },
  },
  stop: {
    from: ['running', 'paused'],
    via: null,
    to: 'stopped',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_running,
    supersedes: false,
    metric: 'instance_stopped',
    engine: (driver, call) => driver.stop(call),
    route: {
      summary: 'Stop a running or paused instance',
      outcome: 'The instance, stopped',
      description: `Also cancels the restart that a stopped instance waits for. ${WAITS}`,
    },
  },
  restart: {
    from: ['stopped'],
    via: 'restarting',
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_stopped,
    supersedes: false,
    metric: 'instance_restarted',
    engine: (driver, call) => driver.start(call),
    route: {
      summary: 'Restart a stopped instance',
      outcome: 'The instance, restarting',
      description:
        'Responds immediately with the instance in `restarting`. With `Prefer: wait=N`, responds when the restart has finished.',
    },
  },
  reboot: {
    from: ['running'],
    via: null,
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_running,
    supersedes: false,
    metric: 'instance_restarted',
    ability: 'reboot',
  },
  pause: {
    from: ['running'],
    via: null,
    to: 'paused',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_running,
    supersedes: false,
    metric: null,
    ...through('pause', (ability, call) => ability.pause(call)),
    route: {
      summary: 'Pause a running instance',
      outcome: 'The instance, paused',
      description: `Freezes the guest: it keeps its memory, ports, quota and capacity, and uses no CPU. ${WAITS}`,
    },
  },
  resume: {
    from: ['paused'],
    via: null,
    to: 'running',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_paused,
    supersedes: false,
    metric: null,
    ...through('pause', (ability, call) => ability.resume(call)),
    route: {
      summary: 'Resume a paused instance',
      outcome: 'The instance, running',
      description: WAITS,
    },
  },
  delete: {
    from: ['creating', 'stopped', 'restarting', 'error'],
    via: null,
    to: 'gone',
    failed: 'error',
    refusal: INSTANCE_ERRORS.instance_running,
    supersedes: true,
    metric: 'instance_deleted',
  },
  /** A delete that keeps the instance for a while; without its guest, because that cannot be kept. */
  retain: {
    from: ['running', 'paused', 'stopped', 'restarting', 'error'],
    via: null,
    to: 'deleted',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_running,
    supersedes: true,
    metric: 'instance_stopped',
  },
  undelete: {
    from: ['deleted'],
    via: 'stopped',
    to: 'as before its deletion',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_deleted,
    supersedes: false,
    metric: 'instance_started',
  },
  attach: ATTACHMENT_CHANGE,
  detach: ATTACHMENT_CHANGE,
  resize: {
    from: ['running', 'stopped'],
    via: null,
    to: 'unchanged',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_settled,
    supersedes: false,
    metric: null,
    ability: 'resize',
  },
  rebuild: {
    from: ['running', 'stopped', 'error'],
    via: null,
    to: 'unchanged',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_settled,
    supersedes: false,
    metric: null,
    ability: 'rebuild',
  },
  snapshot: {
    from: ['running', 'paused', 'stopped'],
    via: null,
    to: 'unchanged',
    failed: 'unchanged',
    refusal: INSTANCE_ERRORS.instance_not_settled,
    supersedes: false,
    metric: null,
    ability: 'snapshots',
  },
  restore: {
    from: ['running', 'paused', 'stopped', 'error'],
    via: null,
    to: 'unchanged',
    failed: 'as reported',
    refusal: INSTANCE_ERRORS.instance_not_settled,
    supersedes: false,
    metric: null,
    ability: 'snapshots',
  },
} as const satisfies Record<Action, ActionDescriptor>;

const DESCRIPTORS: Readonly<Record<Action, ActionDescriptor>> = ACTIONS;

export const ACTION_NAMES: readonly Action[] = OPERATION_TYPES.flatMap((type) =>
  isAction(type) ? [type] : [],
);

function isAction(type: OperationType): type is Action {
  return Object.hasOwn(ACTIONS, type);
}

/** @throws if the operation is not an action. */
export function actionOf({ type }: Pick<ClaimedOperation, 'type'>): Action {
  if (!isAction(type)) throw new Error(`${type} is not an action`);
  return type;
}

export function descriptorOf(action: Action): ActionDescriptor {
  return DESCRIPTORS[action];
}

/** The status after success, as dry runs show it; of an undelete, that of an instance that ran. */
export function outcomeOf(action: Action): string {
  const { to } = descriptorOf(action);
  if (to === 'gone') return DELETED;
  return to === 'as before its deletion' ? 'running' : to;
}

/** Actions with a route of their own. */
export type RoutedAction = {
  [A in Action]: (typeof ACTIONS)[A] extends { readonly route: RouteTexts } ? A : never;
}[Action];

export const ROUTED_ACTIONS = ACTION_NAMES.filter(isRouted);

function isRouted(action: Action): action is RoutedAction {
  return descriptorOf(action).route !== undefined;
}

/**
 * Allows the action or throws; the status is checked before operations in progress. A stop also cancels a restart that
 * a stopped instance waits for.
 * @throws {IllegalStateError | InstanceBusyError}
 */
export function assertAllowed(action: Action, state: InstanceState): void {
  const { from, refusal, supersedes } = descriptorOf(action);
  const isCancel = action === 'stop' && state.isRestartDue;
  if (!from.includes(state.status) && !isCancel) throw new IllegalStateError(refusal, state, from);
  if (state.openOperation && !supersedes) throw new InstanceBusyError(state.openOperation.id);
}
