import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../config';
import { EventRecords } from '../events';
import { OperationsQueue } from '../operations';
import { pause } from '../common/pause';

const INTERVAL_MS = 3_600_000;

/** Keeps the history from growing without end: removes what is older than the retention, every hour. */
@Injectable()
export class HistorySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Worker');
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly queue: OperationsQueue,
    private readonly events: EventRecords,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.work();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async work(): Promise<void> {
    for (;;) {
      await pause(INTERVAL_MS, this.stopping.signal);
      if (this.stopping.signal.aborted) return;
      await this.sweep();
    }
  }

  private async sweep(): Promise<void> {
    const { operations, events } = this.config;
    try {
      const removed =
        (await this.sweepAll(() => this.queue.sweep(Date.now() - operations.retentionMs))) +
        (await this.sweepAll(() => this.events.sweep(Date.now() - events.retentionMs)));
      if (removed > 0) this.logger.log({ removed }, 'swept history that is past its retention');
    } catch (error) {
      this.logger.warn({ err: error }, 'history could not be swept');
    }
  }

  private async sweepAll(sweep: () => Promise<number>): Promise<number> {
    let removed = 0;
    for (let batch = -1; batch !== 0 && !this.stopping.signal.aborted; removed += batch)
      batch = await sweep();
    return removed;
  }
}
