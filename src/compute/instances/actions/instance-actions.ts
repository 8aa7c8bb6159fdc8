import { Injectable } from '@nestjs/common';
import { isUuid } from '../../../platform/values/uuid';
import type { Caller } from '../../../access/tenancy';
import { OperationSignals, OperationsService, OperationSupersededError } from '../../operations';
import { OperationsConfig } from '../../operations/operations.config';
import type { InstanceDocument, InstanceState } from '../instance';
import {
  InstanceContendedError,
  InstanceNotFoundError,
  OperationFailedError,
  assertMet,
} from '../instance.errors';
import { InstancesRepository, type Finding } from '../store/instances.repository';
import { accessible, InstancesService } from '../instances.service';
import type { QuotaForecast } from '../../quotas';
import type { ChangeRequest } from './change-request';
import { descriptorOf, type Action } from './actions';
import { DriverRegistry, type Abilities } from '../../../drivers';
import { NotSupportedByEngineError } from '../engine/engine.errors';

export interface ActionResult {
  /** Null if nothing had to be done. */
  readonly operationId: string | null;
  readonly instance: InstanceDocument;
  /** False if the operation outlasted the wait. */
  readonly isDone: boolean;
}

/** Result of a dry run. */
export interface ActionForecast {
  readonly action: Action;
  /** JSON texts of the instances as they would be right after the request. */
  readonly documents: readonly string[];
  readonly isList?: boolean;
  /** The status that the instance would reach; by default that of every instance. */
  readonly becomes?: string;
  /** Set if the action uses quota and capacity. */
  readonly forecast?: QuotaForecast;
}

export interface DeletionResult {
  /** The deletion, or the cleanup that it started. */
  readonly operationId: string;
  /** Null if the instance is gone or retained. */
  readonly remaining: InstanceDocument | null;
}

interface Begun {
  readonly id: string;
  /** The instance as the request left it. */
  readonly begun: InstanceDocument;
  readonly change: ChangeRequest;
}

const MAX_CONFLICTS = 10;

/** Common parts of all actions on instances: the optimistic update, and waiting for the outcome. */
@Injectable()
export class InstanceActions {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly operations: OperationsService,
    private readonly config: OperationsConfig,
    private readonly drivers: DriverRegistry,
    private readonly reader: InstancesService,
    private readonly signals: OperationSignals,
  ) {}

  /**
   * Optimistic update: reads the instance, decides, and writes only if the instance still has the version that
   * was read. After a conflicting write it starts again, preconditions included.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | InstanceContendedError}
   */
  async withOptimisticLock<T>(
    change: ChangeRequest,
    id: string,
    attempt: (state: InstanceState) => Promise<T | undefined>,
    finding: Finding = {},
  ): Promise<T> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const done = await attempt(await this.state(change, id, finding));
      if (done !== undefined) return done;
    }
    throw new InstanceContendedError();
  }

  /**
   * The state that an action starts from. A failed precondition takes priority over a status that does not allow the
   * action, because it explains the unexpected status.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError}
   */
  async state(
    { caller, precondition }: ChangeRequest,
    id: string,
    finding: Finding = {},
  ): Promise<InstanceState> {
    if (!isUuid(id)) throw new InstanceNotFoundError();
    const state = accessible(await this.instances.state(caller.tenantId, id, finding));
    assertMet(precondition, state.version);
    return state;
  }

  /** The abilities of the instance's engine. @throws {NotSupportedByEngineError} if the action needs more */
  abilitiesFor(action: Action, { driver: kind }: InstanceState): Abilities {
    const { ability } = descriptorOf(action);
    const abilities = this.drivers.find(kind)?.abilities ?? {};
    if (ability !== undefined && !abilities[ability]) throw new NotSupportedByEngineError(kind, action);
    return abilities;
  }

  /** Has the operation run that a request began, and waits for its outcome, for a while. */
  async outcome(operationId: string, { id, begun, change }: Begun): Promise<ActionResult> {
    this.signals.enqueued();
    const isDone = await this.hasSucceeded(operationId, change);
    const instance = isDone ? await this.reader.get(change.caller.tenantId, id) : begun;
    return { operationId, instance, isDone };
  }

  async newestOperationOf({ tenantId }: Caller, instanceId: string): Promise<string | undefined> {
    const { operations } = await this.operations.list(tenantId, { resourceId: instanceId, limit: 1 });
    return operations[0]?.id;
  }

  /**
   * Whether the operation succeeded within the time that the request waits.
   * @throws {OperationFailedError | OperationSupersededError} if it failed or was cancelled.
   */
  async hasSucceeded(operationId: string, { caller, waitMs }: ChangeRequest): Promise<boolean> {
    const { powerWaitMs } = this.config;
    const operation = await this.operations.outcome(caller.tenantId, operationId, waitMs ?? powerWaitMs);
    if (operation.status === 'cancelled') throw new OperationSupersededError(operationId);
    if (operation.status === 'failed') throw new OperationFailedError(operation);
    return operation.status === 'succeeded';
  }

  /** Whether the operation ended, successfully or not, while the caller waited. */
  async hasEnded(operationId: string, { caller, waitMs }: ChangeRequest): Promise<boolean> {
    if (waitMs === null) return false;
    return (await this.operations.outcome(caller.tenantId, operationId, waitMs)).finishedAt !== null;
  }
}
