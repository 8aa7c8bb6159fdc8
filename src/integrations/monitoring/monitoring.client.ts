import type { InstanceType } from '../../drivers/port/instance-type';
import type { IntegrationState } from '../integration';

export type MetricName =
  | 'instance_created'
  | 'instance_started'
  | 'instance_stopped'
  | 'instance_restarted'
  | 'instance_deleted'
  | 'instance_failed';

/** One lifecycle event of an instance, counted by the platform's Monitoring service. */
export interface LifecycleMetric {
  readonly name: MetricName;
  readonly tenantId: string;
  readonly type: InstanceType;
  readonly flavor: string;
}

/** Health of this service, reported to the platform. */
export interface HealthReport {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  /** Duration of the health check, in whole milliseconds. */
  readonly responseTime: number;
  readonly message?: string;
}

/** The platform's Monitoring service. Methods reject with `PlatformServiceError` if it is not available. */
export abstract class MonitoringClient {
  /** Whether the service is configured; if not, nothing is recorded for it. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /** Increments the counter; a failed call may have counted as well. */
  abstract count(metric: LifecycleMetric, signal: AbortSignal): Promise<void>;
  abstract report(report: HealthReport, signal: AbortSignal): Promise<void>;
}
