export { anyUuid } from './any-uuid';
export { Batcher } from './batcher';
export { Database, violates } from './database';
export { DATABASE_ERRORS, DatabaseUnavailableError } from './database.errors';
export type { Statement } from './database';
export { DatabaseModule, openDatabase } from './database.module';
export { NotificationBus } from './notification-bus';
export { PageReads } from './page-reads';
export { statementName } from './statement-name';
