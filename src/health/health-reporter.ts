import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { messageOf } from '../common/errors/app.error';
import { pause } from '../common/pause';
import { AppConfig } from '../config';
import { MonitoringClient } from '../integrations';
import { NotReadyError, ReadinessService } from './readiness.service';

/** Tells the Monitoring service how this one is, every now and then. A report that is not taken is not repeated. */
@Injectable()
export class HealthReporter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Health');
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly readiness: ReadinessService,
    private readonly monitoring: MonitoringClient,
  ) {}

  onApplicationBootstrap(): void {
    if (this.monitoring.isEnabled) this.loop = this.work();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(this.config.neighbours.healthReportMs, signal);
      if (signal.aborted) return;
      await this.report(signal);
    }
  }

  private async report(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    try {
      const { status, message } = await this.look();
      const responseTime = Math.round(performance.now() - started);
      await this.monitoring.report(
        { status, responseTime, ...(message !== undefined && { message }) },
        signal,
      );
    } catch (error) {
      this.logger.debug({ cause: messageOf(error) }, 'a health report was not taken');
    }
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
