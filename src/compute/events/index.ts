export type { InstanceEvent } from './event';
export { EventHub } from './event-hub';
export { EventRecords } from './event-records.repository';
export { EventsModule } from './events.module';
