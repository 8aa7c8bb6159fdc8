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

/** The platform's Monitoring service. Neither slows nor fails what it is told about. */
export abstract class MonitoringClient {
  abstract readonly state: IntegrationState;
  abstract count(metric: LifecycleMetric): void;
}
