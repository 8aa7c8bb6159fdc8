import { Module } from '@nestjs/common';
import { DisabledMonitoringClient } from './monitoring/disabled-monitoring.client';
import { MonitoringClient } from './monitoring/monitoring.client';
import { DisabledNetworkClient } from './network/disabled-network.client';
import { NetworkClient } from './network/network.client';
import { DisabledStorageClient } from './storage/disabled-storage.client';
import { StorageClient } from './storage/storage.client';

/** The services beside this one, each behind a port; all of them switched off so far. */
@Module({
  providers: [
    { provide: NetworkClient, useClass: DisabledNetworkClient },
    { provide: StorageClient, useClass: DisabledStorageClient },
    { provide: MonitoringClient, useClass: DisabledMonitoringClient },
  ],
  exports: [NetworkClient, StorageClient, MonitoringClient],
})
export class IntegrationsModule {}
