import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { AppConfig, type PlatformServicesConfig } from '../config';
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
    private readonly config: AppConfig,
  ) {}

  /** Undefined if the service's URL is not set. */
  open(service: Service): PlatformServiceHttp | undefined {
    const { timeoutMs, circuit } = this.config.platformServices;
    const url = this.config.platformServices[URLS[service]];
    if (url === undefined) return undefined;
    const platformService = new PlatformServiceHttp(this.http, { service, url, timeoutMs, circuit });
    this.opened.push(platformService);
    return platformService;
  }

  onApplicationShutdown(): void {
    for (const platformService of this.opened) platformService.close();
  }
}
