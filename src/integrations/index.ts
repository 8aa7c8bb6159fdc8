export {
  INTEGRATION_ERRORS,
  IntegrationDisabledError,
  PlatformServiceError,
  PlatformServiceRefusedError,
  ReferenceRefusedError,
} from './integration.errors';
export type { CallContext } from './integration';
export { IntegrationsModule } from './integrations.module';
export { MonitoringClient } from './monitoring/monitoring.client';
export type { LifecycleMetric, MetricName } from './monitoring/monitoring.client';
export { NetworkClient } from './network/network.client';
export type { NetworkSpec } from './network/network.client';
export { StorageClient } from './storage/storage.client';
export type { VolumeSpec } from './storage/storage.client';
