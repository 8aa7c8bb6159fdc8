import { Injectable } from '@nestjs/common';
import { OperationSignals, traitsOf } from '../../operations';
import type { InstanceDocument } from '../instance';
import { newOperation, type ChangeRequest } from './change-request';
import { InstanceActions, type ActionForecast, type ActionResult } from './instance-actions';
import { InstancesService } from '../instances.service';
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

  /** Dry run, refusals included. */
  async forecast(action: PowerAction, id: string, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation(action, { ...change, key: null });
    const { document } = await this.begin(id, change, { operation, args: {}, isDryRun: true });
    return { action, documents: [document] };
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
}
