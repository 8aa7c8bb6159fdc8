export type { InstanceEvent } from './event';
export { EVENT_ERRORS } from './event.errors';
export { EVENT_MEMBERS } from './event.sql';
export { EventHub } from './event-hub';
export { EventRecords } from './event-records.repository';
export { EventsModule } from './events.module';
