export type { Host } from './host';
export { HOST_OF_I, HOST_OF_O } from './host.sql';
export { HostsModule } from './hosts.module';
export { HostsService } from './hosts.service';
export type { OtherReplica, ReachedHost } from './hosts.service';
