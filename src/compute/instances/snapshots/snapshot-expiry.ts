import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { OperationSignals } from '../../operations';
import { SnapshotDeletionsRepository } from './store/snapshot-deletions.repository';

const INTERVAL_MS = 1000;
/** Deletions that one statement starts. */
const BATCH = 200;

/**
 * Starts the deletion of expired snapshots. Each is an ordinary operation, which the worker runs in its turn. Replicas run
 * in parallel.
 */
@Injectable()
export class SnapshotExpiry implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Snapshots');
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.round(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to delete expired snapshots'),
  });

  constructor(
    private readonly deletions: SnapshotDeletionsRepository,
    private readonly signals: OperationSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    let begun = BATCH;
    while (begun === BATCH && !signal.aborted) {
      begun = await this.deletions.beginDue(BATCH);
      if (begun > 0) this.signals.enqueued();
    }
  }
}
