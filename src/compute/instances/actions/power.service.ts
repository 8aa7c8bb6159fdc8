import { Injectable } from '@nestjs/common';
import type { HttpResult } from '../../../platform/http/responses/http-result';
import { OperationSignals } from '../../operations';
import type { InstanceDocument, InstanceState } from '../instance';
import { DeletionProtectedError } from '../instance.errors';
import { operationHeader } from '../api/instance.response';
import {
  InstanceActions,
  knownBefore,
  newOperation,
  type Caller,
  type DeletionResult,
  type ActionResult,
} from './instance-actions';
import { accessible, InstancesService } from '../instances.service';
import { InstancesRepository } from '../store/instances.repository';
import { ActionsRepository, type ActionStart, type NewOperation } from './actions.repository';
import { dryRunResponse } from '../api/dry-run';
import { assertAllowed, TRANSITIONS, type Action } from './transitions';

export type PowerAction = 'start' | 'stop' | 'restart';

export interface DeleteOptions {
  /** Delete the instance even if it is running. */
  readonly force: boolean;
  readonly caller: Caller;
}

/** Starts operations on existing instances and, if the response depends on it, waits for the outcome. */
@Injectable()
export class PowerService {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly reader: InstancesService,
    private readonly lifecycle: ActionsRepository,
    private readonly signals: OperationSignals,
    private readonly actions: InstanceActions,
  ) {}

  start(tenantId: string, id: string, caller: Caller): Promise<ActionResult> {
    return this.beginAndWait('start', tenantId, id, caller);
  }

  stop(tenantId: string, id: string, caller: Caller): Promise<ActionResult> {
    return this.beginAndWait('stop', tenantId, id, caller);
  }

  /** Returns the instance in `restarting`, unless the caller waits; it becomes `running` later. */
  async restart(tenantId: string, id: string, caller: Caller): Promise<ActionResult> {
    const started = newOperation('restart', caller);
    const answer = { status: 200, headers: operationHeader(started.id) };
    const operation = { ...started, ...knownBefore(caller, answer) };
    const begun = await this.begin(caller, id, operation);
    this.signals.enqueued();
    const hasEnded = await this.actions.hasEnded(tenantId, operation.id, caller);
    const instance = hasEnded ? await this.reader.get(tenantId, id) : begun;
    return { operationId: operation.id, instance, isDone: true };
  }

  /** A repeated call joins the deletion in progress. */
  async delete(tenantId: string, id: string, options: DeleteOptions): Promise<DeletionResult> {
    const operationId = await this.beginDelete(id, options);
    const isDone = await this.actions.hasSucceeded(tenantId, operationId, options.caller);
    const newestId = options.force ? await this.actions.newestOperationOf(tenantId, id) : undefined;
    // It may have been deleted between the end of the wait and this read.
    const found = isDone ? undefined : await this.instances.find(tenantId, id);
    return {
      operationId: newestId ?? operationId,
      remaining: found === undefined ? null : accessible(found),
    };
  }

  /** Dry run, refusals included. */
  async dryRun(action: PowerAction, id: string, caller: Caller): Promise<HttpResult> {
    const operation = newOperation(action, { ...caller, key: null });
    const { document } = await this.begin(caller, id, operation, { isDryRun: true });
    return dryRunResponse({ action, documents: [document] });
  }

  /** Dry run of a deletion, refusals included. */
  async dryRunDelete(tenantId: string, id: string, { force, caller }: DeleteOptions): Promise<HttpResult> {
    assertDeletable(await this.actions.state(caller, id), force);
    const { document } = await this.reader.get(tenantId, id);
    return dryRunResponse({ action: 'delete', documents: [document] });
  }

  private async beginAndWait(
    type: 'start' | 'stop',
    tenantId: string,
    id: string,
    caller: Caller,
  ): Promise<ActionResult> {
    const operation = newOperation(type, caller);
    const begun = await this.begin(caller, id, operation);
    this.signals.enqueued();
    const isDone = await this.actions.hasSucceeded(tenantId, operation.id, caller);
    return {
      operationId: operation.id,
      instance: isDone ? await this.reader.get(tenantId, id) : begun,
      isDone,
    };
  }

  private async begin(
    caller: Caller,
    id: string,
    operation: NewOperation & { type: Action },
    { isDryRun }: Pick<ActionStart, 'isDryRun'> = { isDryRun: false },
  ): Promise<InstanceDocument> {
    const { via } = TRANSITIONS[operation.type];
    return this.actions.withOptimisticLock(caller, id, async (state) => {
      assertAllowed(operation.type, state);
      const ref = { id, version: state.version };
      return this.lifecycle.beginAction(caller.tenantId, ref, { operation, via, isDryRun });
    });
  }

  /** @returns the id of the deletion, which an earlier call may have started. */
  private async beginDelete(id: string, { force, caller }: DeleteOptions): Promise<string> {
    const { tenantId } = caller;
    return this.actions.withOptimisticLock(caller, id, async (state) => {
      const open = state.openOperation;
      if (open?.type === 'delete' && (open.isForced || !force)) return open.id;
      assertDeletable(state, force);
      const operation = { ...newOperation('delete', caller), type: 'delete', isForced: force } as const;
      const begun = await this.lifecycle.beginDelete(tenantId, { id, version: state.version }, operation);
      if (!begun) return undefined;
      for (const cancelledId of begun.cancelledIds) this.signals.cancelled(cancelledId);
      this.signals.enqueued();
      return operation.id;
    });
  }
}

function assertDeletable(state: InstanceState, force: boolean): void {
  if (state.isProtected) throw new DeletionProtectedError();
  if (!force) assertAllowed('delete', state);
}
