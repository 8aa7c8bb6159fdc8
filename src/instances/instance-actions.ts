import { Injectable } from '@nestjs/common';
import { assertMet, type Precondition } from '../common/http/etag';
import { isUuid, newId } from '../common/uuid';
import { AppConfig } from '../config';
import type { IdempotencyKey } from '../idempotency';
import { OperationsService } from '../operations';
import type { InstanceDocument, InstanceState } from './instance';
import {
  InstanceContendedError,
  InstanceNotFoundError,
  OperationFailedError,
  OperationSupersededError,
} from './instance.errors';
import { InstancesRepository } from './instances.repository';
import { accessible } from './instances.service';
import type { NewOperation } from './lifecycle.repository';
import type { Action } from './transitions';

/** Who asks, for the history and for the calls that the operation makes. */
export interface Caller {
  readonly tenantId: string;
  readonly requestId: string;
  /** Who asks: a name of the guard's, or `tenant:` and the tenant. */
  readonly actor: string;
  readonly traceparent: string | null;
  /** By which the request may be repeated; null where it has none. */
  readonly key: IdempotencyKey | null;
  /** How long the request is ready to wait for the outcome (`Prefer: wait`); null where it does not say. */
  readonly waitMs: number | null;
  /** Preconditions on the version of the instance; checked by `InstanceActions.state`. */
  readonly precondition: Precondition;
  /** Whether it is only to be said what would happen. */
  readonly isDryRun: boolean;
}

export interface Started {
  /** Null where there was nothing to do. */
  readonly operationId: string | null;
  readonly instance: InstanceDocument;
  /** Whether the instance is as the request answers it; false where it waited for that in vain. */
  readonly isDone: boolean;
}

export interface Deleted {
  /** The deletion, or the clean-up that it has left. */
  readonly operationId: string;
  /** Null where the instance is gone. */
  readonly remaining: InstanceDocument | null;
}

const MAX_CONFLICTS = 10;

/** What every action on an instance has in common: it is decided on what is read, and perhaps waited for. */
@Injectable()
export class InstanceActions {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly operations: OperationsService,
    private readonly config: AppConfig,
  ) {}

  /**
   * Optimistic update: reads the instance, decides, and writes only if the instance still has the version that
   * was read. After a conflicting write it starts again, preconditions included.
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | InstanceContendedError}
   */
  async decide<T>(
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
   * The instance as an action starts from it. A stale precondition wins over a status that does not allow the
   * action: it tells the caller why the status is not the expected one.
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
   * Whether the operation ended within the time that a request waits.
   * @throws {OperationFailedError | OperationSupersededError} where it ended otherwise.
   */
  async hasSucceeded(tenantId: string, operationId: string, { waitMs }: Caller): Promise<boolean> {
    const { powerWaitMs } = this.config.operations;
    const operation = await this.operations.outcome(tenantId, operationId, waitMs ?? powerWaitMs);
    if (operation.status === 'cancelled') throw new OperationSupersededError(operationId);
    if (operation.status === 'failed') throw new OperationFailedError(operation);
    return operation.status === 'succeeded';
  }

  /** Whether an operation that goes on by itself has ended, however, while the caller was ready to wait. */
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
 * The answer to keep with the change, for a repetition. Where the caller waits for the outcome, it is not known
 * yet: a repetition must not be told another one meanwhile.
 */
export function knownBefore(
  { waitMs }: Caller,
  answer: NonNullable<NewOperation['answer']>,
): Pick<NewOperation, 'answer'> {
  return waitMs === null ? { answer } : {};
}
