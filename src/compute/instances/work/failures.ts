import { Injectable } from '@nestjs/common';
import { OperationsQueue, type ClaimedOperation, type Failure } from '../../operations';
import type { InstanceStatus } from '../instance';
import { actionOf, descriptorOf, type Action } from '../actions/actions';
import { CompletionRepository, type LifecycleTarget } from './completion.repository';
import { Completions } from './completions';
import { EngineCalls } from './engine-calls';

/** Records that an action failed for good. */
@Injectable()
export class Failures {
  constructor(
    private readonly repository: CompletionRepository,
    private readonly queue: OperationsQueue,
    private readonly engine: EngineCalls,
    private readonly completions: Completions,
  ) {}

  /** False if this worker no longer holds the operation. */
  async record(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean> {
    const action = actionOf(operation);
    const target = await this.repository.target(operation);
    if (!target) return this.queue.end(operation, 'cancelled');
    const status = await this.statusAfter(action, target, isOutcomeKnown);
    return this.repository.failAction(operation, {
      status,
      reason: `${action} failed: ${failure.message}`,
      failure,
      metric: status === 'error' ? this.completions.metric('instance_failed') : null,
    });
  }

  /** Null keeps the status. If the engine decides, the status that it reports, or `error` if that is unknown. */
  private async statusAfter(
    action: Action,
    target: LifecycleTarget,
    isOutcomeKnown: boolean,
  ): Promise<InstanceStatus | null> {
    const { failed } = descriptorOf(action);
    if (failed === 'unchanged') return null;
    if (failed === 'error' || !isOutcomeKnown) return 'error';
    const observation = await this.engine.inspect(target);
    if (observation?.presence !== 'present' || observation.power === 'failed') return 'error';
    return observation.power;
  }
}
