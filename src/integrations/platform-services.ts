import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { PlatformServicesConfig } from './platform-services.config';
import { PlatformServiceHttp } from './http/platform-service.http';
import type { Service } from './integration';

const URLS = {
  Network: 'networkUrl',
  Storage: 'storageUrl',
  Monitoring: 'monitoringUrl',
} as const satisfies Record<Service, keyof PlatformServicesConfig>;

/** Connections to the configured platform services. */
@Injectable()
export class PlatformServices implements OnApplicationShutdown {
  private readonly opened: PlatformServiceHttp[] = [];

  constructor(
    @Inject(HttpService) private readonly http: HttpService,
    private readonly config: PlatformServicesConfig,
  ) {}

  /** Undefined if the service's URL is not set. */
  open(service: Service): PlatformServiceHttp | undefined {
    const { timeoutMs, circuit } = this.config;
    const url = this.config[URLS[service]];
    if (url === undefined) return undefined;
    const platformService = new PlatformServiceHttp(this.http, { service, url, timeoutMs, circuit });
    this.opened.push(platformService);
    return platformService;
  }

  onApplicationShutdown(): void {
    for (const platformService of this.opened) platformService.close();
  }
}
