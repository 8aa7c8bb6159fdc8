import type { Database } from '../../../src/platform/database';
import { DatabaseConfig } from '../../../src/platform/database/database.config';
import { migrate, readMigrations, schemaVersionOf } from '../../../src/platform/database/migrations';
import { PostgresDatabase } from '../../../src/platform/database/postgres/postgres.database';
import { differences, snapshot } from './contents';
import { fill } from './fill';
import { wrongRows } from './invariants';

export const MIGRATIONS = readMigrations();

/** Versions that have a newer one. */
export const EARLIER_VERSIONS: readonly number[] = MIGRATIONS.slice(0, -1).map(({ version }) => version);

export interface Upgrade {
  /** Duration of the migrations. */
  readonly seconds: number;
  /** Data that the migrations lost, changed, or computed wrongly. */
  readonly problems: readonly string[];
}

/** Creates the schema of a version in an empty database, and fills it. */
export async function createSchema(database: Database, version: number, count: number): Promise<void> {
  await migrate(
    database,
    MIGRATIONS.filter((migration) => migration.version <= version),
  );
  await database.transaction((session) => fill(session, { count, version }));
}

/** Creates the schema of a version in an empty database, fills it, and upgrades it as the service does. */
export async function upgrade(url: string, version: number, count: number): Promise<Upgrade> {
  const database = new PostgresDatabase(url, new DatabaseConfig({ DATABASE_URL: url }));
  try {
    await createSchema(database, version, count);
    const before = await database.transaction((session) => snapshot(session, version));
    const started = performance.now();
    await migrate(database, MIGRATIONS);
    const seconds = (performance.now() - started) / 1000;
    const newest = schemaVersionOf(MIGRATIONS);
    const problems = await database.transaction(async (session) => [
      ...(await differences(session, before, newest)),
      ...(await wrongRows(session)),
    ]);
    return { seconds, problems };
  } finally {
    await database.close();
  }
}
