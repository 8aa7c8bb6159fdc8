import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { sweepAll } from '../../../platform/async/sweep-all';
import { DeliveryQueueRepository } from '../store/delivery-queue.repository';
import { WebhooksConfig } from '../webhooks.config';

const INTERVAL_MS = 600_000;

/** Deletes old deliveries, and those of deleted webhooks. */
@Injectable()
export class WebhooksSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Webhooks');
  private readonly sweeps = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.sweep(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to delete old deliveries'),
  });

  constructor(
    private readonly config: WebhooksConfig,
    private readonly queue: DeliveryQueueRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    await sweepAll(signal, () => this.queue.sweep(Date.now() - this.config.retentionMs));
  }
}
