import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../platform/async/interval-task';
import { sweepAll } from '../../platform/async/sweep-all';
import { IdempotencyConfig } from './idempotency.config';
import { IdempotencyRepository } from './idempotency.repository';

const INTERVAL_MS = 600_000;

/** Deletes expired keys. */
@Injectable()
export class IdempotencySweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Idempotency');
  private readonly sweeps = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.sweep(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to delete expired keys'),
  });

  constructor(
    private readonly config: IdempotencyConfig,
    private readonly requests: IdempotencyRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    await sweepAll(signal, () => this.requests.sweep(this.config.retentionMs));
  }
}
