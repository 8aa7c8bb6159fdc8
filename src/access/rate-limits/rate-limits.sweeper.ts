import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../platform/async/interval-task';
import { sweepAll } from '../../platform/async/sweep-all';
import { RateLimitsConfig } from './rate-limits.config';
import { RateLimitsRepository } from './rate-limits.repository';

const INTERVAL_MS = 600_000;

/** Removes the counts of tenants whose last minute is over. */
@Injectable()
export class RateLimitsSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('RateLimits');
  private readonly sweeps = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.sweep(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to delete old counts'),
  });

  constructor(
    private readonly config: RateLimitsConfig,
    private readonly counts: RateLimitsRepository,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.perMinute > 0) this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    await sweepAll(signal, () => this.counts.sweep());
  }
}
