export { insertEvent } from './event.sql';
export type { ResourceType } from './resource';
export { ResourceSignals } from './resource-signals';
export { ResourcesModule } from './resources.module';
