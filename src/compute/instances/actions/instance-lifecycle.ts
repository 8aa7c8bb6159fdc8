import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/app.error';
import { FairSemaphore } from '../../../platform/async/fair-semaphore';
import { failpoint } from '../../../platform/failpoints';
import type { ComputeDriver, DriverCall, DriverResult, Observation, Verb } from '../../../drivers';
import {
  MonitoringClient,
  PlatformServiceError,
  PlatformServiceRefusedError,
  ReferenceRefusedError,
  type MetricName,
} from '../../../integrations';
import {
  claimGroupOf,
  LONGEST_DELAY_MS,
  OperationHandler,
  OperationsQueue,
  ProgressReports,
  toFailure,
  type ClaimedOperation,
  type Failure,
  type OperationType,
  type Outcome,
  type Postponement,
} from '../../operations';
import type { Attachment } from '../attachments/attachment';
import { AttachmentSteps } from '../attachments/attachment-steps';
import { DriverCallFactory } from './driver-calls';
import type { InstanceStatus } from '../instance';
import { CompletionRepository, type LifecycleTarget } from './completion.repository';
import { storedHandleOf } from './stored-handle';
import { TRANSITIONS, type Action } from './transitions';

const INSPECT_TIMEOUT_MS = 5000;
/** Concurrent operations of a replica that call platform services; the clients limit individual calls, too. */
const SERVICE_CALLERS = 256;

const METRICS: Readonly<Partial<Record<OperationType, MetricName>>> = {
  create: 'instance_created',
  start: 'instance_started',
  stop: 'instance_stopped',
  restart: 'instance_restarted',
  delete: 'instance_deleted',
};

/** An operation on an existing instance. */
interface Work {
  readonly operation: ClaimedOperation;
  readonly action: Action;
  readonly target: LifecycleTarget;
  readonly signal: AbortSignal;
}

/** Carries out operations at the engine and the platform services, and records their results. */
@Injectable()
export class InstanceLifecycle extends OperationHandler {
  private readonly logger = new Logger('Instances');
  private readonly serviceCallers = new FairSemaphore({ atOnce: SERVICE_CALLERS });

  constructor(
    private readonly repository: CompletionRepository,
    private readonly queue: OperationsQueue,
    private readonly progress: ProgressReports,
    private readonly attachments: AttachmentSteps,
    private readonly engines: DriverCallFactory,
    private readonly monitoring: MonitoringClient,
  ) {
    super();
  }

  async execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome> {
    const { type: action } = operation;
    if (action === 'cleanup') return this.cleanUp(operation, signal);
    const target = await this.repository.target(operation);
    if (!target) return { result: 'succeeded', record: () => this.queue.end(operation, 'cancelled') };
    try {
      return await this.perform({ operation, action, target, signal });
    } finally {
      this.progress.ended(operation);
    }
  }

  async fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean> {
    const { type: action } = operation;
    // No other operation would do this work, so it is retried until it succeeds.
    if (action === 'cleanup') {
      return this.queue.requeue(operation, { failure, delayMs: LONGEST_DELAY_MS, spentMs: 0 });
    }
    const target = await this.repository.target(operation);
    if (!target) return this.queue.end(operation, 'cancelled');
    const status = await this.statusAfterFailure(action, target, isOutcomeKnown);
    return this.repository.failAction(operation, {
      status,
      reason: `${action} failed: ${failure.message}`,
      failure,
      metric: status === 'error' ? this.metric('instance_failed') : null,
    });
  }

  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean> {
    if (operation.type === 'cleanup') return this.queue.requeue(operation, postponement);
    const { failure, delayMs } = postponement;
    const seconds = Math.ceil(delayMs / 1000);
    const reason = `${operation.type} will be retried in ${seconds} s; attempt ${operation.attempts} failed: ${failure.message}`;
    return this.repository.postpone(operation, { ...postponement, reason });
  }

  private async perform(work: Work): Promise<Outcome> {
    switch (work.action) {
      case 'create':
        return this.succeeded(work, await this.create(work));
      case 'start':
      case 'restart':
        return this.succeeded(work, await this.driverOf(work).start(this.callOf(work)));
      case 'stop':
        return this.succeeded(work, withoutPorts(await this.driverOf(work).stop(this.callOf(work))));
      case 'attach':
      case 'detach':
        return this.changeAttachment(work);
      case 'delete':
        return this.delete(work);
    }
  }

  private async create(work: Work): Promise<DriverResult> {
    const { operation, target, signal } = work;
    const [networkIds, volumeIds] = [[...target.networkIds], [...target.volumeIds]];
    const planned = target.attachments.filter(({ state }) => state === 'planned');
    if (planned.length > 0) {
      await this.callingServices(work, async () => {
        for (const attachment of planned) {
          const id = await this.attachments.establish(operation, attachment, signal);
          (attachment.kind === 'network' ? networkIds : volumeIds).push(id);
        }
      });
    }
    const call = this.callOf({ ...work, target: { ...target, networkIds, volumeIds } });
    const result = await this.driverOf(work).create(call);
    failpoint('engine.created', target.id);
    return result;
  }

  /**
   * Refusals and errors of a platform service are not retried, because the caller waits and can retry. A failed attach
   * is undone.
   */
  private async changeAttachment(work: Work): Promise<Outcome> {
    const { operation, action, target, signal } = work;
    const attachment = target.attachments.find(({ id }) => id === operation.attachmentId);
    if (!attachment) return this.succeeded(work, null);
    try {
      await this.callingServices(work, async () => {
        if (action === 'attach') await this.attachments.establish(operation, attachment, signal);
        else await this.attachments.release(operation, attachment, { as: 'detach', signal });
      });
      return this.succeeded(work, null);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return { result: 'failed', record: () => this.fail(operation, toFailure(error), true) };
    }
  }

  private async delete(work: Work): Promise<Outcome> {
    const { operation, target, signal } = work;
    if (!operation.isForced) {
      await this.callingServices(work, async () => {
        for (const attachment of target.attachments.toReversed()) {
          await this.release(operation, attachment, signal);
        }
        await this.attachments.detachAll(operation, signal);
      });
    }
    await this.driverOf(work).destroy(this.callOf(work));
    failpoint('engine.destroyed', target.id);
    const completion = {
      metric: this.metric(METRICS.delete),
      needsCleanup: operation.isForced && this.attachments.areElsewhere,
    };
    return { result: 'succeeded', record: () => this.repository.completeDelete(operation, completion) };
  }

  /** Releases the leftovers of failed or forced operations; the instance itself may be gone. */
  private async cleanUp(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome> {
    const attachments = await this.attachments.of(operation.instanceId);
    await this.callingServices({ operation, signal }, async () => {
      for (const attachment of attachments.toReversed()) {
        const isLeft = attachment.state === 'undoing' || attachment.state === 'releasing';
        if (isLeft) await this.release(operation, attachment, signal);
      }
      const isGone = (await this.repository.target(operation)) === undefined;
      if (isGone) await this.attachments.detachAll(operation, signal);
    });
    return { result: 'succeeded', record: () => this.queue.end(operation, 'succeeded') };
  }

  /** A worker holds thousands of operations, but only some call platform services at once; tenants take turns. */
  private callingServices(
    { operation, signal }: Pick<Work, 'operation' | 'signal'>,
    task: () => Promise<void>,
  ): Promise<void> {
    return this.serviceCallers.run(claimGroupOf(operation), signal, task);
  }

  private release(operation: ClaimedOperation, attachment: Attachment, signal: AbortSignal): Promise<void> {
    const isThere = attachment.state === 'attached' || attachment.state === 'releasing';
    return this.attachments.release(operation, attachment, { as: isThere ? 'terminate' : 'undo', signal });
  }

  private succeeded({ operation, action }: Work, result: DriverResult | null): Outcome {
    const { to } = TRANSITIONS[action];
    if (to === 'gone') throw new Error(`${action} has no status for success`);
    const completion = {
      status: to === 'unchanged' ? null : to,
      handle: result && storedHandleOf(result),
      metric: this.metric(METRICS[action]),
    };
    return { result: 'succeeded', record: () => this.repository.completeAction(operation, completion) };
  }

  /** Null keeps the status. A failed start, stop or restart yields the status at the engine, or `error` if unknown. */
  private async statusAfterFailure(
    action: Action,
    target: LifecycleTarget,
    isOutcomeKnown: boolean,
  ): Promise<InstanceStatus | null> {
    const { failed } = TRANSITIONS[action];
    if (failed === 'unchanged') return null;
    if (failed === 'error' || !isOutcomeKnown) return 'error';
    const observation = await this.inspect(target);
    if (observation?.presence !== 'present' || observation.power === 'failed') return 'error';
    return observation.power;
  }

  private async inspect(target: LifecycleTarget): Promise<Observation | undefined> {
    const signal = AbortSignal.timeout(INSPECT_TIMEOUT_MS);
    try {
      return await this.driverOf({ target }).inspect(this.callOf({ action: 'inspect', target, signal }));
    } catch (error) {
      this.logger.warn(
        { err: error, instanceId: target.id },
        `failed to inspect the instance: ${messageOf(error)}`,
      );
      return undefined;
    }
  }

  private driverOf({ target }: Pick<Work, 'target'>): ComputeDriver {
    return this.engines.driverOf(target);
  }

  private callOf({ operation, action, target, signal }: CallOptions): DriverCall {
    return this.engines.callOf(target, {
      purpose: purposeOf(action),
      signal,
      progress: (text) => {
        if (operation) this.progress.report(operation, text);
      },
    });
  }

  private metric(name: MetricName | undefined): MetricName | null {
    return this.monitoring.isEnabled ? (name ?? null) : null;
  }
}

interface CallOptions extends Pick<Work, 'target' | 'signal'> {
  readonly action: Action | 'inspect';
  /** Absent if the engine is only queried. */
  readonly operation?: ClaimedOperation;
}

/** Attach and detach do not call the engine; its next call includes the new ids. */
function purposeOf(action: Action | 'inspect'): Verb {
  return action === 'attach' || action === 'detach' ? 'inspect' : action;
}

/** An instance that does not run has no reachable ports. */
function withoutPorts({ handle }: DriverResult): DriverResult {
  return { handle };
}

function isServiceError(
  error: unknown,
): error is PlatformServiceError | PlatformServiceRefusedError | ReferenceRefusedError {
  return (
    error instanceof PlatformServiceError ||
    error instanceof PlatformServiceRefusedError ||
    error instanceof ReferenceRefusedError
  );
}
