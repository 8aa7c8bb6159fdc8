export type { InstanceEvent } from './event';
export { EVENT_ERRORS } from './event.errors';
export { EventHub } from './event-hub';
export { EventRecords } from './event-records.repository';
export { EventsModule } from './events.module';
