import { Injectable, Logger } from '@nestjs/common';
import { DriverError } from '../../../../drivers';
import { messageOf } from '../../../../platform/errors/app.error';
import { failpoint } from '../../../../platform/failpoints';
import {
  OperationsQueue,
  type ClaimedOperation,
  type Failure,
  type Outcome,
  type Postponement,
} from '../../../operations';
import { abilityOf } from '../../engine/ability-of';
import { CompletionRepository } from '../../work/completion.repository';
import { EngineCalls } from '../../work/engine-calls';
import type { Work } from '../../work/work';
import { TakingRepository } from '../store/taking.repository';
import { snapshotIdOf } from './restore-args';

/** Time limit for undoing an interrupted snapshot. */
const ABANDON_TIMEOUT_MS = 30_000;

/** The work of taking a snapshot. */
@Injectable()
export class Taking {
  private readonly logger = new Logger('Snapshots');

  constructor(
    private readonly engine: EngineCalls,
    private readonly snapshots: TakingRepository,
    private readonly targets: CompletionRepository,
    private readonly queue: OperationsQueue,
  ) {}

  async perform(work: Work): Promise<Outcome> {
    const { operation, target } = work;
    const id = idOf(operation);
    const wanted = await this.snapshots.wanted(operation.tenantId, id);
    // Its row can only have been removed by hand.
    if (!wanted) return { result: 'failed', record: () => this.queue.end(operation, 'cancelled') };
    const ability = abilityOf(this.engine.driverOf(target), 'snapshots');
    const taken = await ability.take(this.engine.callOf(work), { ...wanted, isPaused: isPaused(work) });
    failpoint('snapshot.taken', target.id);
    return { result: 'succeeded', record: () => this.snapshots.complete(operation, id, taken) };
  }

  /**
   * Ends the operation for good, once the engine has undone what earlier attempts may have left.
   * @throws {DriverError} if the engine is unavailable: the operation is tried again when its lease ends
   */
  async fail(operation: ClaimedOperation, failure: Failure): Promise<boolean> {
    const id = idOf(operation);
    const target = await this.targets.target(operation);
    if (!target) return this.queue.end(operation, 'cancelled');
    const signal = AbortSignal.timeout(ABANDON_TIMEOUT_MS);
    await this.abandon({ operation, action: 'snapshot', target, signal, begunAt: performance.now() }, id);
    return this.snapshots.fail(operation, id, failure);
  }

  /** Requeues the operation, and shows the reason on the snapshot. */
  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean> {
    const { failure, delayMs } = postponement;
    const seconds = Math.ceil(delayMs / 1000);
    const reason = `will be retried in ${seconds} s; attempt ${operation.attempts} failed: ${failure.message}`;
    return this.snapshots.postpone(operation, idOf(operation), { ...postponement, reason });
  }

  /** Undoes the snapshot that the deletion of the instance has interrupted, if there is one. */
  async giveUp(work: Work): Promise<void> {
    const id = snapshotIdOf(work.operation);
    if (id === undefined) return;
    await this.abandon(work, id);
    failpoint('snapshot.abandoned', work.target.id);
    await this.snapshots.giveUp(work.operation, id);
  }

  private async abandon(work: Work, id: string): Promise<void> {
    const { id: instanceId, tenantId } = work.target;
    const { snapshots } = this.engine.driverOf(work.target).abilities;
    const call = { ...this.engine.callOf(work), purpose: 'snapshot' } as const;
    try {
      await snapshots?.abandon(call, { id, tenantId, isPaused: isPaused(work) });
    } catch (error) {
      if (!(error instanceof DriverError) || error.retryable) throw error;
      // Deleting the snapshot removes what is left.
      this.logger.warn(
        { err: error, instanceId, tenantId, snapshotId: id },
        `failed to undo an interrupted snapshot: ${messageOf(error)}`,
      );
    }
  }
}

/** The instance keeps its status while the operation is open. */
function isPaused({ target }: Work): boolean {
  return target.status === 'paused';
}

function idOf(operation: ClaimedOperation): string {
  const id = snapshotIdOf(operation);
  if (id === undefined) throw new Error(`operation ${operation.id} has no snapshot`);
  return id;
}
