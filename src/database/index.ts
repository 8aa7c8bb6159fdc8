export { Batcher } from './batcher';
export { Database, DatabaseUnavailableError, violates } from './database';
export type { Statement, Subscription } from './database';
export { DatabaseModule, openDatabase } from './database.module';
export { statementName } from './statement-name';
