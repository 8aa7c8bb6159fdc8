export { IntegrationDisabledError } from './integration';
export type { CallContext, IntegrationState } from './integration';
export { IntegrationsModule } from './integrations.module';
export { MonitoringClient } from './monitoring/monitoring.client';
export type { MetricName } from './monitoring/monitoring.client';
export { NetworkClient } from './network/network.client';
export { StorageClient } from './storage/storage.client';
