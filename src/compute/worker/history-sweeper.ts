import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../platform/async/interval-task';
import { sweepAll } from '../../platform/async/sweep-all';
import { OperationsConfig } from '../operations/operations.config';
import { EventsConfig } from '../events/events.config';
import { EventRecords } from '../events';
import { SessionsRepository } from '../instances';
import { OperationsQueue } from '../operations';

const INTERVAL_MS = 3_600_000;

/** Removes operations, events and sessions older than their retention, every hour. */
@Injectable()
export class HistorySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Worker');
  private readonly sweeps = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.sweep(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to delete old history'),
  });

  constructor(
    private readonly config: OperationsConfig,
    private readonly eventsConfig: EventsConfig,
    private readonly queue: OperationsQueue,
    private readonly events: EventRecords,
    private readonly sessions: SessionsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    const { retentionMs } = this.eventsConfig;
    const removed =
      (await sweepAll(signal, () => this.queue.sweep(Date.now() - this.config.retentionMs))) +
      (await sweepAll(signal, () => this.events.sweep(Date.now() - retentionMs))) +
      (await sweepAll(signal, () => this.sessions.sweep(Date.now() - retentionMs)));
    if (removed > 0) this.logger.log({ removed }, 'deleted history past its retention');
  }
}
