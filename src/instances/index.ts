export { INSTANCE_STATUSES } from './instance';
export type { Instance, InstanceStatus } from './instance';
export { InstancesModule } from './instances.module';
export { InstancesRepository } from './instances.repository';
