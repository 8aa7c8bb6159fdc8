import { Injectable } from '@nestjs/common';
import { AccessDeniedError, ShuttingDownError } from '../../../platform/errors/service.errors';
import { isUuid } from '../../../platform/values/uuid';
import { WaitTimeoutError } from '../../operations';
import type { InstanceDocument, InstanceStatus } from '../instance';
import { InstanceWaiter, type InstanceUpdate } from './instance-waiter';
import { InstanceWatchRepository, type InstanceSnapshot } from './instance-watch.repository';
import {
  InstanceDeletedError,
  InstanceFailedError,
  InstanceNotFoundError,
  InstanceNotReadyError,
} from '../instance.errors';

/**
 * `deleted`: gone. `settled`: no operation in progress, and neither `creating` nor `restarting`. `ready`: running without an
 * operation in progress, and ready if there is a readiness probe.
 */
export type Goal = InstanceStatus | 'deleted' | 'settled' | 'ready';

export interface WaitOptions {
  readonly goal: Goal;
  readonly timeoutMs: number;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Lets requests wait until an instance reaches a goal. */
@Injectable()
export class WaitsService {
  constructor(
    private readonly waiter: InstanceWaiter,
    private readonly repository: InstanceWatchRepository,
  ) {}

  /**
   * Resolves with the instance when it reaches the goal, or with null if the goal is `deleted` and it is gone.
   * @throws {InstanceNotFoundError | AccessDeniedError | InstanceFailedError | InstanceNotReadyError | InstanceDeletedError}
   * @throws {WaitTimeoutError | TooManyWaitsError | ShuttingDownError}
   */
  async wait(tenantId: string, instanceId: string, options: WaitOptions): Promise<InstanceDocument | null> {
    if (!isUuid(instanceId)) throw new InstanceNotFoundError();
    const { waits } = this.waiter;
    const id = instanceId.toLowerCase();
    const { goal, timeoutMs, signal } = options;
    const newest = new Newest();
    const wait = waits.begin(tenantId, id, (update) => newest.take(update) && isDecided(goal, update));
    try {
      const first = await this.waiter.first(id);
      if (first === 'gone') return await this.wasThere(tenantId, id, goal);
      if (first.tenantId !== tenantId) throw new AccessDeniedError();
      newest.take(first);
      if (newest.isDecided(goal)) return newest.conclude(goal);
      newest.begin();
      await wait.result(timeoutMs, signal);
      if (!newest.isDecided(goal)) await this.lastLook(id, newest, options);
      return newest.conclude(goal);
    } finally {
      wait.stop();
    }
  }

  /** @throws {WaitTimeoutError | ShuttingDownError} if the goal is still not reached. */
  private async lastLook(
    id: string,
    newest: Newest,
    { goal, timeoutMs, signal }: WaitOptions,
  ): Promise<void> {
    if (this.waiter.waits.isClosed) throw new ShuttingDownError();
    // A notification may have been missed; skipped if the client has disconnected.
    if (!signal.aborted) newest.take(await this.waiter.first(id));
    if (!newest.isDecided(goal)) throw new WaitTimeoutError(timeoutMs, newest.status);
  }

  /** The history tells whether a missing instance ever existed. */
  private async wasThere(tenantId: string, id: string, goal: Goal): Promise<null> {
    const former = goal === 'deleted' ? await this.repository.formerTenantOf(id) : undefined;
    if (former === undefined) throw new InstanceNotFoundError();
    if (former !== tenantId) throw new AccessDeniedError();
    return null;
  }
}

/** The newest state seen: reads can overtake each other. */
class Newest {
  update: InstanceUpdate | undefined;
  private hasBegun = false;

  get status(): string {
    return this.update === 'gone' || this.update === undefined ? 'deleted' : this.update.status;
  }

  /** From now on, a new state can decide the wait; before, it is only stored. */
  begin(): void {
    this.hasBegun = true;
  }

  /** Whether `news` is not older than the last state and can decide the wait. */
  take(update: InstanceUpdate): boolean {
    const isOlder =
      this.update === 'gone' ||
      (this.update !== undefined && update !== 'gone' && update.version < this.update.version);
    if (!isOlder) this.update = update;
    return !isOlder && this.hasBegun;
  }

  isDecided(goal: Goal): boolean {
    return this.update !== undefined && isDecided(goal, this.update);
  }

  conclude(goal: Goal): InstanceDocument | null {
    const { update } = this;
    if (update === undefined || update === 'gone') {
      if (goal === 'deleted') return null;
      throw new InstanceDeletedError();
    }
    if (isReached(goal, update)) return update;
    if (update.status === 'error') throw new InstanceFailedError(update.statusReason);
    throw new InstanceNotReadyError(update.statusReason);
  }
}

function isDecided(goal: Goal, update: InstanceUpdate): boolean {
  return update === 'gone' || isReached(goal, update) || hasFailed(goal, update);
}

function isReached(goal: Goal, { status, isBusy, ready }: InstanceSnapshot): boolean {
  if (goal === 'deleted') return false;
  if (goal === 'ready') return status === 'running' && !isBusy && ready !== false;
  if (goal === 'settled') return !isBusy && status !== 'creating' && status !== 'restarting';
  return status === goal;
}

/** `error` is final, unless an operation is in progress and the goal is `deleted` or `settled`. */
function hasFailed(goal: Goal, { status, isBusy, ready, isProbed }: InstanceSnapshot): boolean {
  // The time for getting ready is up.
  if (goal === 'ready' && status === 'running' && !isBusy && ready === false && !isProbed) return true;
  return status === 'error' && !(isBusy && (goal === 'deleted' || goal === 'settled'));
}
