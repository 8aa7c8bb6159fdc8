import type { InstanceType } from '../../common/instance-type';
import type { IntegrationState } from '../integration';

export type MetricName =
  | 'instance_created'
  | 'instance_started'
  | 'instance_stopped'
  | 'instance_restarted'
  | 'instance_deleted'
  | 'instance_failed';

/** One event of an instance's life, counted by the platform's Monitoring service. */
export interface LifecycleMetric {
  readonly name: MetricName;
  readonly tenantId: string;
  readonly type: InstanceType;
  readonly flavor: string;
}

/** How this service is, for the platform. */
export interface HealthReport {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  /** Time that the look at itself took, in whole milliseconds. */
  readonly responseTime: number;
  readonly message?: string;
}

/** The platform's Monitoring service. Methods reject with `NeighbourError` where it did not take what it was told. */
export abstract class MonitoringClient {
  /** Whether there is such a service; where there is none, nothing is written down for it. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /** Counts one more; a call that failed may have counted all the same. */
  abstract count(metric: LifecycleMetric, signal: AbortSignal): Promise<void>;
  abstract report(report: HealthReport, signal: AbortSignal): Promise<void>;
}
