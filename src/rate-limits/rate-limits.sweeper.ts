import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { pause } from '../common/pause';
import { AppConfig } from '../config';
import { RateLimitsRepository } from './rate-limits.repository';

const INTERVAL_MS = 600_000;

/** Forgets tenants whose last minute is over: not every tenant comes again. */
@Injectable()
export class RateLimitsSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('RateLimits');
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly counts: RateLimitsRepository,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.rateLimit.perMinute > 0) this.loop = this.work();
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
    try {
      let removed = -1;
      while (removed !== 0 && !this.stopping.signal.aborted) removed = await this.counts.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'old counts could not be swept');
    }
  }
}
