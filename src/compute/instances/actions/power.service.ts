import { Injectable } from '@nestjs/common';
import { OperationSignals, traitsOf } from '../../operations';
import type { InstanceDocument, InstanceState } from '../instance';
import { DeletionProtectedError } from '../instance.errors';
import { newOperation, type ChangeRequest } from './change-request';
import {
  InstanceActions,
  type ActionForecast,
  type ActionResult,
  type DeletionResult,
} from './instance-actions';
import { accessible, InstancesService } from '../instances.service';
import { InstancesRepository } from '../store/instances.repository';
import { ActionsRepository } from './actions.repository';
import type { NewOperation } from './change-request';
import { assertAllowed, descriptorOf, type Action, type RoutedAction } from './actions';

/** An action without conditions of its own. */
export type PowerAction = RoutedAction | 'reboot';
type Args = Readonly<Record<string, unknown>>;

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

  /**
   * Starts the operation. Waits for it, for a while; for a background operation only if the caller asked to
   * wait.
   */
  async run(action: PowerAction, id: string, change: ChangeRequest, args: Args = {}): Promise<ActionResult> {
    const operation = newOperation(action, change);
    const begun = await this.begin(id, change, { operation, args, isDryRun: false });
    this.signals.enqueued();
    const isAwaited = !traitsOf(action).isBackground;
    const hasEnded = isAwaited
      ? await this.actions.hasSucceeded(operation.id, change)
      : await this.actions.hasEnded(operation.id, change);
    return {
      operationId: operation.id,
      instance: hasEnded ? await this.reader.get(change.caller.tenantId, id) : begun,
      isDone: hasEnded || !isAwaited,
    };
  }

  /**
   * A repeated call joins the deletion in progress.
   * @param force deletes the instance even if it is running.
   */
  async delete(id: string, force: boolean, change: ChangeRequest): Promise<DeletionResult> {
    const { tenantId } = change.caller;
    const operationId = await this.beginDelete(id, force, change);
    const isDone = await this.actions.hasSucceeded(operationId, change);
    const newestId = force ? await this.actions.newestOperationOf(change.caller, id) : undefined;
    // It may have been deleted between the end of the wait and this read.
    const found = isDone ? undefined : await this.instances.find(tenantId, id);
    return {
      operationId: newestId ?? operationId,
      remaining: found === undefined ? null : accessible(found),
    };
  }

  /** Dry run, refusals included. */
  async forecast(action: PowerAction, id: string, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation(action, { ...change, key: null });
    const { document } = await this.begin(id, change, { operation, args: {}, isDryRun: true });
    return { action, documents: [document] };
  }

  /** Dry run of a deletion, refusals included. */
  async forecastDelete(id: string, force: boolean, change: ChangeRequest): Promise<ActionForecast> {
    assertDeletable(await this.actions.state(change, id), force);
    const { document } = await this.reader.get(change.caller.tenantId, id);
    return { action: 'delete', documents: [document] };
  }

  private async begin(
    id: string,
    change: ChangeRequest,
    {
      operation,
      args,
      isDryRun,
    }: {
      readonly operation: NewOperation & { type: Action };
      readonly args: Args;
      readonly isDryRun: boolean;
    },
  ): Promise<InstanceDocument> {
    const { via } = descriptorOf(operation.type);
    return this.actions.withOptimisticLock(change, id, async (state) => {
      this.actions.abilitiesFor(operation.type, state);
      assertAllowed(operation.type, state);
      const ref = { id, version: state.version };
      return this.lifecycle.beginAction(change.caller.tenantId, ref, { operation, args, via, isDryRun });
    });
  }

  /** @returns the id of the deletion, which an earlier call may have started. */
  private async beginDelete(id: string, force: boolean, change: ChangeRequest): Promise<string> {
    const { tenantId } = change.caller;
    return this.actions.withOptimisticLock(change, id, async (state) => {
      const open = state.openOperation;
      if (open?.type === 'delete' && (open.isForced || !force)) return open.id;
      assertDeletable(state, force);
      const operation = { ...newOperation('delete', change), isForced: force };
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
