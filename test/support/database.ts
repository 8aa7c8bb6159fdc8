import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_MISSING, PostgresCluster } from './postgres';
import { createSharedDatabase } from './shared/databases';

export type DatabaseKind = 'embedded' | 'postgres';

/** The database of suites that run on both kinds; `npm run test:postgres` selects PostgreSQL. */
export const DATABASE_KIND: DatabaseKind =
  process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'embedded';

/** Tests of this timeout set their own. The default is too short for tests with 20,000 rows on a busy machine. */
const PATIENT = { DATABASE_QUERY_TIMEOUT_MS: '120000' };

/** A database without instances for one test, with the environment variables that select it. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  readonly environment: Readonly<Record<string, string>>;
  /** Set if the database has a server of its own. */
  readonly cluster: PostgresCluster | undefined;
  remove(): Promise<void>;
}

/** For suites that start a process for each test: on PostgreSQL, which takes half of the processor time. */
export const QUICKER_KIND: DatabaseKind = POSTGRES_MISSING === undefined ? 'postgres' : 'embedded';

/**
 * A database of the kind that was chosen for this run: on PostgreSQL, on the server that all suites share. A test that
 * names the kind gets an empty database, on PostgreSQL with a server of its own.
 */
export async function createTestDatabase(kind?: DatabaseKind): Promise<TestDatabase> {
  if ((kind ?? DATABASE_KIND) === 'embedded') return createEmbedded();
  if (POSTGRES_MISSING !== undefined) throw new Error(POSTGRES_MISSING);
  return kind === undefined ? createShared() : createServer();
}

async function createServer(): Promise<TestDatabase> {
  const cluster = await PostgresCluster.start();
  const environment = { ...PATIENT, DATABASE_URL: await cluster.createDatabase() };
  return { kind: 'postgres', environment, cluster, remove: () => cluster.stop() };
}

async function createShared(): Promise<TestDatabase> {
  const { url, remove } = await createSharedDatabase();
  return { kind: 'postgres', environment: { ...PATIENT, DATABASE_URL: url }, cluster: undefined, remove };
}

function createEmbedded(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'compute-data-'));
  return {
    kind: 'embedded',
    environment: { ...PATIENT, DATA_DIR: directory },
    cluster: undefined,
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}
