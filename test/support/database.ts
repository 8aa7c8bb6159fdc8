import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_MISSING, PostgresCluster } from './postgres';

export type DatabaseKind = 'embedded' | 'postgres';

/** The database of suites that run on both kinds; `npm run test:postgres` selects PostgreSQL. */
export const DATABASE_KIND: DatabaseKind =
  process.env['TEST_DATABASE'] === 'postgres' ? 'postgres' : 'embedded';

/** Tests of this timeout set their own. The default is too short for tests with 20,000 rows on a busy machine. */
const PATIENT = { DATABASE_QUERY_TIMEOUT_MS: '120000' };

/** An empty database for one test, with the environment variables that select it. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  readonly environment: Readonly<Record<string, string>>;
  /** Set if the kind is postgres. */
  readonly cluster: PostgresCluster | undefined;
  remove(): Promise<void>;
}

export async function createTestDatabase(kind: DatabaseKind = DATABASE_KIND): Promise<TestDatabase> {
  if (kind === 'embedded') return createEmbedded();
  if (POSTGRES_MISSING !== undefined) throw new Error(POSTGRES_MISSING);
  const cluster = await PostgresCluster.start();
  const environment = { ...PATIENT, DATABASE_URL: await cluster.createDatabase() };
  return { kind, environment, cluster, remove: () => cluster.stop() };
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
