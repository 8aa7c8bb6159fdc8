import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { PlatformServicesConfig } from './platform-services.config';
import { DEFAULT_TENANT } from '../platform/values/tenant';
import { DisabledMonitoringClient } from './monitoring/disabled-monitoring.client';
import { HttpMonitoringClient } from './monitoring/http-monitoring.client';
import { MonitoringClient } from './monitoring/monitoring.client';
import { PlatformServices } from './platform-services';
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
    PlatformServices,
    {
      provide: NetworkClient,
      useFactory: (platformServices: PlatformServices) => {
        const http = platformServices.open('Network');
        return http ? new HttpNetworkClient(http) : new DisabledNetworkClient();
      },
      inject: [PlatformServices],
    },
    {
      provide: StorageClient,
      useFactory: (platformServices: PlatformServices, { volumes }: PlatformServicesConfig) => {
        const http = platformServices.open('Storage');
        return http ? new HttpStorageClient(http, volumes) : new DisabledStorageClient();
      },
      inject: [PlatformServices, PlatformServicesConfig],
    },
    {
      provide: MonitoringClient,
      useFactory: (platformServices: PlatformServices) => {
        const http = platformServices.open('Monitoring');
        return http ? new HttpMonitoringClient(http, DEFAULT_TENANT) : new DisabledMonitoringClient();
      },
      inject: [PlatformServices],
    },
  ],
  exports: [NetworkClient, StorageClient, MonitoringClient],
})
export class IntegrationsModule {}
