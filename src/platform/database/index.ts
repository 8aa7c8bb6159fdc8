export { Batcher } from './batcher';
export { Database, DatabaseUnavailableError, violates } from './database';
export type { Statement } from './database';
export { DatabaseModule, openDatabase } from './database.module';
export { NotificationBus } from './notification-bus';
export { PageReads } from './page-reads';
export { statementName } from './statement-name';
