import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { Client, DatabaseError, type ClientConfig } from 'pg';
import { messageOf } from '../../errors/app.error';
import { ConfigurationError } from '../../config';
import type { Database } from '../database';
import type { Migration } from '../migrations';

const OLDEST_SERVER = 15;
/** A pooler with idle servers is detected in the first round; with busy servers it takes a few more. */
const ROUNDS = 5;
const CHANNEL = 'compute_start';

interface ServerSettings {
  readonly encoding: string;
  readonly version: string;
}

/**
 * Refuses a server whose problems would surface later as failed requests: wrong encoding, old version,
 * or a pooler that shares connections between clients, so that prepared statements collide and LISTEN is lost.
 * @throws {ConfigurationError}
 */
export async function checkServer(config: ClientConfig, timeoutMs: number): Promise<void> {
  const logger = new Logger('Database');
  const clients = [0, 1].map(() => new Client({ ...config, query_timeout: timeoutMs }));
  // The failing query reports the lost connection too; without a listener it would end the process.
  for (const client of clients)
    client.on('error', (error) => logger.debug({ err: error }, 'connection lost'));
  const [first, second] = clients;
  if (!first || !second) return;
  try {
    await first.connect();
    const { rows } = await first.query<ServerSettings>(
      `SELECT current_setting('server_encoding') AS encoding, current_setting('server_version') AS version`,
    );
    const problems = rows.flatMap(problemsOf);
    if (problems.length > 0) throw new ConfigurationError(problems);
    await connectSecond(second);
    await checkSessions(first, second);
    await checkNotifications(first, second, timeoutMs);
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()));
  }
}

function problemsOf({ encoding, version }: ServerSettings): readonly string[] {
  const problems: string[] = [];
  if (encoding !== 'UTF8')
    problems.push(`the database has the encoding ${encoding}: create it with ENCODING 'UTF8'`);
  if (Number.parseInt(version, 10) < OLDEST_SERVER)
    problems.push(`the database server is PostgreSQL ${version}: upgrade it to ${OLDEST_SERVER} or newer`);
  return problems;
}

async function connectSecond(client: Client): Promise<void> {
  try {
    await client.connect();
    // A pooler accepts clients before it has a server connection for them.
    await processOf(client);
  } catch (error) {
    throw new ConfigurationError([
      `DATABASE_URL allows no second connection (${messageOf(error)}): ` +
        'allow DATABASE_POOL_SIZE + 1 connections for each replica',
    ]);
  }
}

/** In session mode, a client keeps its server process and does not share it. */
async function checkSessions(first: Client, second: Client): Promise<void> {
  const own = await processOf(first);
  for (let round = 0; round < ROUNDS; round++) {
    if (!(await beginsTransaction(second))) throw sharedConnections();
    if ((await processOf(second)) === own) throw sharedConnections();
    if ((await processOf(first)) !== own) throw sharedConnections();
    await second.query('COMMIT');
  }
}

/** False if a pooler in statement mode refuses transactions. */
async function beginsTransaction(client: Client): Promise<boolean> {
  try {
    await client.query('BEGIN');
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '08P01') return false;
    throw error;
  }
}

async function processOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}

function sharedConnections(): ConfigurationError {
  return new ConfigurationError([
    'DATABASE_URL points to a connection pooler in transaction or statement mode: ' +
      'set pool_mode=session for this database, or connect to PostgreSQL directly',
  ]);
}

async function checkNotifications(listener: Client, sender: Client, timeoutMs: number): Promise<void> {
  await listener.query(`LISTEN ${CHANNEL}`);
  const received = once(listener, 'notification', { signal: AbortSignal.timeout(timeoutMs) });
  const [outcome] = await Promise.allSettled([received, sender.query(`NOTIFY ${CHANNEL}`)]);
  if (outcome.status === 'rejected') {
    throw new ConfigurationError([
      'DATABASE_URL points to a server that does not deliver notifications: connect to PostgreSQL directly',
    ]);
  }
}

const CREATED_OR_RENAMED = /^(?:CREATE (?:UNLOGGED )?TABLE (\w+)|ALTER TABLE (\w+) RENAME TO (\w+))/gm;

/**
 * Refuses a role that may not read and write the tables.
 * @throws {ConfigurationError}
 */
export async function checkRights(database: Database, migrations: readonly Migration[]): Promise<void> {
  const rows = await database.query<{ name: string }>({
    name: '',
    text: `
      SELECT name FROM unnest($1::text[]) AS tables(name)
      WHERE NOT (
        has_table_privilege(to_regclass(name), 'SELECT') AND has_table_privilege(to_regclass(name), 'INSERT')
        AND has_table_privilege(to_regclass(name), 'UPDATE') AND has_table_privilege(to_regclass(name), 'DELETE')
      )`,
    values: [tablesOf(migrations)],
  });
  if (rows.length > 0) {
    const names = rows.map(({ name }) => name).join(', ');
    throw new ConfigurationError([
      `the role in DATABASE_URL needs SELECT, INSERT, UPDATE and DELETE on ${names}`,
    ]);
  }
}

/** `schema_migrations` is excluded: the service only reads it, and applying migrations needs an owner anyway. */
function tablesOf(migrations: readonly Migration[]): readonly string[] {
  const tables = new Set<string>();
  for (const { sql } of migrations) {
    for (const [, created, renamed, name] of sql.matchAll(CREATED_OR_RENAMED)) {
      if (renamed !== undefined) tables.delete(renamed);
      const table = created ?? name;
      if (table !== undefined) tables.add(table);
    }
  }
  tables.delete('schema_migrations');
  return [...tables];
}
