import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  OperationHandlers,
  OperationsQueue,
  ProgressReports,
  type ClaimedOperation,
  type Failure,
  type OperationHandler,
  type Outcome,
  type Postponement,
} from '../../operations';
import { AttachmentChanges } from '../attachments/attachment-changes';
import { Rebooting } from '../reboot/rebooting';
import { Rebuilding } from '../rebuild/rebuilding';
import { Resizing } from '../resize/resizing';
import { Retaining } from '../retention/retaining';
import { Undeletion } from '../retention/undeletion';
import { Creation } from '../create/creation';
import { Restoring } from '../snapshots/work/restoring';
import { Taking } from '../snapshots/work/taking';
import { ACTION_NAMES, actionOf, descriptorOf, type Action } from '../actions/actions';
import { CompletionRepository } from './completion.repository';
import { Completions } from './completions';
import { Deletion } from './deletion';
import { EngineCalls } from './engine-calls';
import { Failures } from './failures';
import type { Performer, Work } from './work';

/** Carries out actions at the engine and the platform services, and records their results. */
@Injectable()
export class InstanceOperations implements OperationHandler, OnModuleInit {
  /** The work of the actions that have no call to the driver in their descriptor. */
  private readonly performers: Readonly<Partial<Record<Action, Performer>>>;

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly queue: OperationsQueue,
    private readonly repository: CompletionRepository,
    private readonly progress: ProgressReports,
    private readonly engine: EngineCalls,
    private readonly completions: Completions,
    private readonly failures: Failures,
    creation: Creation,
    attachments: AttachmentChanges,
    deletion: Deletion,
    resizing: Resizing,
    rebooting: Rebooting,
    rebuilding: Rebuilding,
    retaining: Retaining,
    undeletion: Undeletion,
    private readonly taking: Taking,
    restoring: Restoring,
  ) {
    this.performers = {
      create: (work) => creation.perform(work),
      attach: (work) => attachments.perform(work),
      detach: (work) => attachments.perform(work),
      delete: (work) => deletion.perform(work),
      resize: (work) => resizing.perform(work),
      reboot: (work) => rebooting.perform(work),
      rebuild: (work) => rebuilding.perform(work),
      retain: (work) => retaining.perform(work),
      undelete: (work) => undeletion.perform(work),
      snapshot: (work) => taking.perform(work),
      restore: (work) => restoring.perform(work),
    };
  }

  onModuleInit(): void {
    this.handlers.register('instance', ACTION_NAMES, this);
  }

  async execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome> {
    const action = actionOf(operation);
    const target = await this.repository.target(operation);
    if (!target) return { result: 'succeeded', record: () => this.queue.end(operation, 'cancelled') };
    try {
      return await this.perform({ operation, action, target, signal, begunAt: performance.now() });
    } finally {
      this.progress.ended(operation);
    }
  }

  fail(operation: ClaimedOperation, failure: Failure, isOutcomeKnown: boolean): Promise<boolean> {
    if (operation.type === 'snapshot') return this.taking.fail(operation, failure);
    return this.failures.record(operation, failure, isOutcomeKnown);
  }

  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean> {
    if (operation.type === 'snapshot') return this.taking.postpone(operation, postponement);
    const { failure, delayMs } = postponement;
    const seconds = Math.ceil(delayMs / 1000);
    const reason = `${operation.type} will be retried in ${seconds} s; attempt ${operation.attempts} failed: ${failure.message}`;
    return this.repository.postpone(operation, { ...postponement, reason });
  }

  private async perform(work: Work): Promise<Outcome> {
    const { action, target } = work;
    const { engine } = descriptorOf(action);
    if (engine) {
      const result = await engine(this.engine.driverOf(target), this.engine.callOf(work));
      return this.completions.succeeded(work, result);
    }
    const performer = this.performers[action];
    if (!performer) throw new Error(`nothing performs ${action}`);
    return performer(work);
  }
}
