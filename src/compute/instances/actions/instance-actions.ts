import { Injectable } from '@nestjs/common';
import { assertMet, type Precondition } from '../../../platform/http/responses/etag';
import { isUuid, newId } from '../../../platform/values/uuid';
import { OperationsConfig } from '../../operations/operations.config';
import type { IdempotencyKey } from '../../../access/idempotency';
import { OperationsService } from '../../operations';
import type { InstanceDocument, InstanceState } from '../instance';
import {
  InstanceContendedError,
  InstanceNotFoundError,
  OperationFailedError,
  OperationSupersededError,
} from '../instance.errors';
import { InstancesRepository } from '../store/instances.repository';
import { accessible } from '../instances.service';
import type { NewOperation } from './actions.repository';
import type { Action } from './transitions';

/** The sender of a request, for the history and for the calls that the operation makes. */
export interface Caller {
  readonly tenantId: string;
  readonly requestId: string;
  /** Name from the guard, or `tenant:` and the tenant id. */
  readonly actor: string;
  readonly traceparent: string | null;
  /** Idempotency key; null if not given. */
  readonly key: IdempotencyKey | null;
  /** How long to wait for the outcome (`Prefer: wait`); null if not given. */
  readonly waitMs: number | null;
  /** Preconditions on the version of the instance; checked by `InstanceActions.state`. */
  readonly precondition: Precondition;
  /** Whether only to report what would happen. */
  readonly isDryRun: boolean;
}

export interface ActionResult {
  /** Null if nothing had to be done. */
  readonly operationId: string | null;
  readonly instance: InstanceDocument;
  /** Whether the response is final (200); false if the operation outlasted the wait (202). */
  readonly isDone: boolean;
}

export interface DeletionResult {
  /** The deletion, or the clean-up that it started. */
  readonly operationId: string;
  /** Null if the instance is gone. */
  readonly remaining: InstanceDocument | null;
}

const MAX_CONFLICTS = 10;

/** Common parts of all actions on instances: the optimistic update, and waiting for the outcome. */
@Injectable()
export class InstanceActions {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly operations: OperationsService,
    private readonly config: OperationsConfig,
  ) {}

  /**
   * Optimistic update: reads the instance, decides, and writes only if the instance still has the version that
   * was read. After a conflicting write it starts again, preconditions included.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | InstanceContendedError}
   */
  async withOptimisticLock<T>(
    caller: Caller,
    id: string,
    attempt: (state: InstanceState) => Promise<T | undefined>,
  ): Promise<T> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const done = await attempt(await this.state(caller, id));
      if (done !== undefined) return done;
    }
    throw new InstanceContendedError();
  }

  /**
   * The state that an action starts from. A failed precondition takes priority over a status that does not allow the
   * action, because it explains the unexpected status.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError}
   */
  async state({ tenantId, precondition }: Caller, id: string): Promise<InstanceState> {
    if (!isUuid(id)) throw new InstanceNotFoundError();
    const state = accessible(await this.instances.state(tenantId, id));
    assertMet(precondition, state.version);
    return state;
  }

  async newestOperationOf(tenantId: string, instanceId: string): Promise<string | undefined> {
    const { operations } = await this.operations.list(tenantId, { instanceId, limit: 1 });
    return operations[0]?.id;
  }

  /**
   * Whether the operation succeeded within the time that the request waits.
   * @throws {OperationFailedError | OperationSupersededError} if it failed or was cancelled.
   */
  async hasSucceeded(tenantId: string, operationId: string, { waitMs }: Caller): Promise<boolean> {
    const { powerWaitMs } = this.config;
    const operation = await this.operations.outcome(tenantId, operationId, waitMs ?? powerWaitMs);
    if (operation.status === 'cancelled') throw new OperationSupersededError(operationId);
    if (operation.status === 'failed') throw new OperationFailedError(operation);
    return operation.status === 'succeeded';
  }

  /** Whether the operation ended, successfully or not, while the caller waited. */
  async hasEnded(tenantId: string, operationId: string, { waitMs }: Caller): Promise<boolean> {
    if (waitMs === null) return false;
    return (await this.operations.outcome(tenantId, operationId, waitMs)).finishedAt !== null;
  }
}

export function newOperation<T extends Action>(type: T, caller: Caller): NewOperation & { readonly type: T } {
  const { requestId, traceparent, actor, key } = caller;
  return { id: newId(), type, requestId, traceparent, actor, key };
}

/**
 * The response to store with the change for repeats. If the caller waits for the outcome, it is not known yet, and
 * repeats must not get a different one meanwhile.
 */
export function knownBefore(
  { waitMs }: Caller,
  answer: NonNullable<NewOperation['answer']>,
): Pick<NewOperation, 'answer'> {
  return waitMs === null ? { answer } : {};
}
