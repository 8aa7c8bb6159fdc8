export { INSTANCE_STATUSES } from './instance';
export type { Instance, InstanceStatus } from './instance';
export { InstanceSignals } from './instance-signals';
export { InstanceWaiter } from './instance-waiter';
export { InstanceNotFoundError } from './instance.errors';
export { InstancesModule } from './instances.module';
export { InstancesRepository } from './instances.repository';
