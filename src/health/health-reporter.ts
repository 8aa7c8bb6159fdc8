import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { messageOf } from '../platform/errors/app.error';
import { IntervalTask } from '../platform/async/interval-task';
import { HealthConfig } from './health.config';
import { MonitoringClient } from '../integrations';
import { ReadinessService } from './readiness.service';
import { NotReadyError } from './health.errors';

/** Periodically reports the health of this service to the Monitoring service. A failed report is not retried. */
@Injectable()
export class HealthReporter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Health');
  private readonly reports: IntervalTask;

  constructor(
    { reportMs }: HealthConfig,
    private readonly readiness: ReadinessService,
    private readonly monitoring: MonitoringClient,
  ) {
    this.reports = new IntervalTask({
      intervalMs: reportMs,
      work: (signal) => this.report(signal),
      failed: (error) => this.logger.debug({ cause: messageOf(error) }, 'failed to report health'),
    });
  }

  onApplicationBootstrap(): void {
    if (this.monitoring.isEnabled) this.reports.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.reports.stop();
  }

  private async report(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const { status, message } = await this.look();
    const responseTime = Math.round(performance.now() - started);
    await this.monitoring.report({ status, responseTime, ...(message !== undefined && { message }) }, signal);
  }

  private async look(): Promise<{ status: 'healthy' | 'degraded' | 'unhealthy'; message?: string }> {
    try {
      const { status, checks } = await this.readiness.check();
      if (status === 'ready') return { status: 'healthy' };
      const names = Object.keys(checks).filter(
        (name) => !['up', 'disabled'].includes(checks[name]?.status ?? ''),
      );
      return { status: 'degraded', message: `not up: ${names.join(', ')}` };
    } catch (error) {
      if (!(error instanceof NotReadyError)) throw error;
      return { status: 'unhealthy', message: error.message };
    }
  }
}
