export type { Host } from './host';
export { HostsModule } from './hosts.module';
export { HostsService } from './hosts.service';
export type { ReachedHost } from './hosts.service';
