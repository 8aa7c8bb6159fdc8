import { Injectable } from '@nestjs/common';
import { isUuid, newId } from '../common/uuid';
import { AppConfig } from '../config';
import { OperationSignals, OperationsService, type OperationType } from '../operations';
import type { InstanceDocument, InstanceState } from './instance';
import {
  InstanceContendedError,
  InstanceNotFoundError,
  OperationFailedError,
  OperationSupersededError,
} from './instance.errors';
import { accessible, InstancesService } from './instances.service';
import { InstancesRepository } from './instances.repository';
import { LifecycleRepository, type NewOperation } from './lifecycle.repository';
import { assertAllowed, TRANSITIONS } from './transitions';

/** Who asks, for the history and for the calls that the operation makes. */
export interface Caller {
  readonly requestId: string;
  readonly traceparent: string | null;
}

export interface Started {
  readonly operationId: string;
  readonly instance: InstanceDocument;
  /** Whether the instance is as the request answers it; false where it waited for that in vain. */
  readonly isDone: boolean;
}

export interface Deleted {
  readonly operationId: string;
  /** Null where the instance is gone. */
  readonly remaining: InstanceDocument | null;
}

export interface DeleteOptions {
  /** Also a running instance. */
  readonly force: boolean;
  readonly caller: Caller;
}

const MAX_CONFLICTS = 10;

/** Starts operations on instances that are there, and waits for those that answer with their outcome. */
@Injectable()
export class PowerService {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly reader: InstancesService,
    private readonly lifecycle: LifecycleRepository,
    private readonly signals: OperationSignals,
    private readonly operations: OperationsService,
    private readonly config: AppConfig,
  ) {}

  start(tenantId: string, id: string, caller: Caller): Promise<Started> {
    return this.beginAndWait('start', tenantId, id, caller);
  }

  stop(tenantId: string, id: string, caller: Caller): Promise<Started> {
    return this.beginAndWait('stop', tenantId, id, caller);
  }

  /** Answers with the instance in `restarting`; it is `running` later. */
  async restart(tenantId: string, id: string, caller: Caller): Promise<Started> {
    const operation = newOperation('restart', caller);
    const instance = await this.begin(tenantId, id, operation);
    return { operationId: operation.id, instance, isDone: true };
  }

  /** Repeating it joins the deletion that is at work. */
  async delete(tenantId: string, id: string, options: DeleteOptions): Promise<Deleted> {
    const operationId = await this.beginDelete(tenantId, id, options);
    const isDone = await this.hasSucceeded(tenantId, operationId);
    // It may have gone between the end of the wait and this look.
    const found = isDone ? undefined : await this.instances.find(tenantId, id);
    return { operationId, remaining: found === undefined ? null : accessible(found) };
  }

  private async beginAndWait(
    type: OperationType,
    tenantId: string,
    id: string,
    caller: Caller,
  ): Promise<Started> {
    const operation = newOperation(type, caller);
    const begun = await this.begin(tenantId, id, operation);
    const isDone = await this.hasSucceeded(tenantId, operation.id);
    return {
      operationId: operation.id,
      instance: isDone ? await this.reader.get(tenantId, id) : begun,
      isDone,
    };
  }

  private async begin(tenantId: string, id: string, operation: NewOperation): Promise<InstanceDocument> {
    const { via } = TRANSITIONS[operation.type];
    const instance = await this.decide(tenantId, id, async (state) => {
      assertAllowed(operation.type, state);
      return this.lifecycle.begin(tenantId, { id, version: state.version }, { operation, via, reason: null });
    });
    this.signals.enqueued();
    return instance;
  }

  /** @returns the id of the deletion at work, which may be an earlier one. */
  private async beginDelete(tenantId: string, id: string, { force, caller }: DeleteOptions): Promise<string> {
    return this.decide(tenantId, id, async (state) => {
      if (state.openOperation?.type === 'delete') return state.openOperation.id;
      if (!force) assertAllowed('delete', state);
      const operation = newOperation('delete', caller);
      const begun = await this.lifecycle.beginDelete(tenantId, { id, version: state.version }, operation);
      if (!begun) return undefined;
      if (begun.cancelledId !== null) this.signals.cancelled(begun.cancelledId);
      this.signals.enqueued();
      return operation.id;
    });
  }

  /** Reads, decides and writes; where another write came between, reads and decides again. */
  private async decide<T>(
    tenantId: string,
    id: string,
    attempt: (state: InstanceState) => Promise<T | undefined>,
  ): Promise<T> {
    if (!isUuid(id)) throw new InstanceNotFoundError();
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const done = await attempt(accessible(await this.instances.state(tenantId, id)));
      if (done !== undefined) return done;
    }
    throw new InstanceContendedError();
  }

  /**
   * Whether the operation ended within the time that a request waits.
   * @throws {OperationFailedError | OperationSupersededError} where it ended otherwise.
   */
  private async hasSucceeded(tenantId: string, operationId: string): Promise<boolean> {
    const { powerWaitMs } = this.config.operations;
    const operation = await this.operations.outcome(tenantId, operationId, powerWaitMs);
    if (operation.status === 'cancelled') throw new OperationSupersededError(operationId);
    if (operation.status === 'failed') throw new OperationFailedError(operation);
    return operation.status === 'succeeded';
  }
}

function newOperation(type: OperationType, caller: Caller): NewOperation {
  return { id: newId(), type, ...caller };
}
