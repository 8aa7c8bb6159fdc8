import { ResourceSignals } from '../../src/compute/resources';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { createTestDatabase, type TestDatabase } from './database';

export interface SuiteDatabase {
  readonly config: DatabaseConfig;
  readonly database: Database;
  readonly signals: ResourceSignals;
  readonly run: <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
}

/** Opens an empty database for a suite, from which instances are removed after each test. */
export function useDatabase(): SuiteDatabase {
  let testDatabase: TestDatabase;
  let config: DatabaseConfig;
  let database: Database;
  let signals: ResourceSignals;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    config = new DatabaseConfig({ ...testDatabase.environment });
    database = await openDatabase(config);
    signals = new ResourceSignals(new NotificationBus(database));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });
  afterEach(async () => {
    for (const table of ['resource_operations', 'instances', 'quota_usage'])
      await run(`DELETE FROM ${table}`);
  });

  const run: SuiteDatabase['run'] = <Row>(text: string, values: readonly unknown[] = []) =>
    database.query<Row>({ name: '', text, values });

  return {
    get config() {
      return config;
    },
    get database() {
      return database;
    },
    get signals() {
      return signals;
    },
    run,
  };
}
