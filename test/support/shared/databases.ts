import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DatabaseConfig } from '../../../src/platform/database/database.config';
import { openDatabase } from '../../../src/platform/database';

/** Set before the first suite. */
const { TEST_POSTGRES_URL } = process.env;
const TEMPLATE = 'migrated';
/** Key of the advisory lock under which one of the processes makes the template. */
const LOCK = 1;

/** Creates a database on the server that all suites of a run share, as a copy of one with the current schema. */
export async function createSharedDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = urlOf(name);
  await asSuperuser(async (sql) => {
    await makeTemplate(sql);
    await sql.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  // Engines tell deployments apart by it.
  await asSuperuser(async (sql) => {
    await sql.query('UPDATE deployment SET id = gen_random_uuid()');
  }, url);
  const remove = (): Promise<void> =>
    asSuperuser(async (sql) => {
      await sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
    });
  return { url, remove };
}

async function makeTemplate(sql: Client): Promise<void> {
  const exists = async (): Promise<boolean> =>
    (await sql.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE])).rowCount === 1;
  if (await exists()) return;
  await sql.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    if (await exists()) return;
    await sql.query(`CREATE DATABASE new_${TEMPLATE}`);
    const database = await openDatabase(new DatabaseConfig({ DATABASE_URL: urlOf(`new_${TEMPLATE}`) }));
    await database.close();
    await sql.query(`ALTER DATABASE new_${TEMPLATE} RENAME TO ${TEMPLATE}`);
  } finally {
    await sql.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

async function asSuperuser(work: (sql: Client) => Promise<void>, url = urlOf('postgres')): Promise<void> {
  const sql = new Client(url);
  await sql.connect();
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

function urlOf(database: string): string {
  if (TEST_POSTGRES_URL === undefined) throw new Error('the shared PostgreSQL server was not started');
  return new URL(database, TEST_POSTGRES_URL).href;
}
