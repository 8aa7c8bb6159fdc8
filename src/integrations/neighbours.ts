import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { AppConfig, type NeighboursConfig } from '../config';
import { NeighbourHttp } from './http/neighbour.http';
import type { Service } from './integration';

const URLS = {
  Network: 'networkUrl',
  Storage: 'storageUrl',
  Monitoring: 'monitoringUrl',
} as const satisfies Record<Service, keyof NeighboursConfig>;

/** Connections to the configured platform services. */
@Injectable()
export class Neighbours implements OnApplicationShutdown {
  private readonly opened: NeighbourHttp[] = [];

  constructor(
    @Inject(HttpService) private readonly http: HttpService,
    private readonly config: AppConfig,
  ) {}

  /** Undefined if the service's URL is not set. */
  open(service: Service): NeighbourHttp | undefined {
    const { timeoutMs, circuit } = this.config.neighbours;
    const url = this.config.neighbours[URLS[service]];
    if (url === undefined) return undefined;
    const neighbour = new NeighbourHttp(this.http, { service, url, timeoutMs, circuit });
    this.opened.push(neighbour);
    return neighbour;
  }

  onApplicationShutdown(): void {
    for (const neighbour of this.opened) neighbour.close();
  }
}
