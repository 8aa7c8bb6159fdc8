import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { AppConfig } from '../config';
import { DisabledMonitoringClient } from './monitoring/disabled-monitoring.client';
import { HttpMonitoringClient } from './monitoring/http-monitoring.client';
import { MonitoringClient } from './monitoring/monitoring.client';
import { Neighbours } from './neighbours';
import { DisabledNetworkClient } from './network/disabled-network.client';
import { HttpNetworkClient } from './network/http-network.client';
import { NetworkClient } from './network/network.client';
import { DisabledStorageClient } from './storage/disabled-storage.client';
import { HttpStorageClient } from './storage/http-storage.client';
import { StorageClient } from './storage/storage.client';

/** Clients of the platform services, each behind a port; a service whose URL is not set is disabled. */
@Module({
  imports: [HttpModule],
  providers: [
    Neighbours,
    {
      provide: NetworkClient,
      useFactory: (neighbours: Neighbours) => {
        const http = neighbours.open('Network');
        return http ? new HttpNetworkClient(http) : new DisabledNetworkClient();
      },
      inject: [Neighbours],
    },
    {
      provide: StorageClient,
      useFactory: (neighbours: Neighbours, config: AppConfig) => {
        const http = neighbours.open('Storage');
        return http ? new HttpStorageClient(http, config.neighbours.volumes) : new DisabledStorageClient();
      },
      inject: [Neighbours, AppConfig],
    },
    {
      provide: MonitoringClient,
      useFactory: (neighbours: Neighbours, { tenancy }: AppConfig) => {
        const http = neighbours.open('Monitoring');
        return http ? new HttpMonitoringClient(http, tenancy.defaultTenant) : new DisabledMonitoringClient();
      },
      inject: [Neighbours, AppConfig],
    },
  ],
  exports: [NetworkClient, StorageClient, MonitoringClient],
})
export class IntegrationsModule {}
