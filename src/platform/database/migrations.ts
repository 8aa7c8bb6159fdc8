import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { ConfigurationError } from '../config';
import { backoffMs } from '../async/sleep';
import type { Database, Session } from './database';
import { isLockTimeout } from './database.errors';
import { RELEASED_CHECKSUMS } from './released-checksums';

/** Arbitrary, but the same for every replica: spells "compute" on a phone keypad. */
const LOCK_KEY = 2667883;
/**
 * Shorter than PostgreSQL's deadlock_timeout of 1 s: in a deadlock, the migration gives way, not a request. Every fifth
 * attempt waits longer, because PostgreSQL cancels an autovacuum only for a statement that waits that long.
 */
const TABLE_LOCK_MS = 200;
const VACUUM_LOCK_MS = 1500;
const LOCK_ATTEMPTS = 60;
const LOCK_BACKOFF = { firstMs: 100, lastMs: 1000 };
const TABLES_LOCKED =
  'cannot migrate the database: for a minute, another transaction has kept a table locked; ' +
  'end it (pg_stat_activity shows it), and start the service again';
const FILE = /^(\d{4})_(\w+)\.sql$/;

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface AppliedRow {
  readonly version: number;
  readonly checksum: string;
}

export function readMigrations(directory = join(__dirname, 'migrations')): readonly Migration[] {
  return readdirSync(directory)
    .sort()
    .map((file) => {
      const [, version, name] = FILE.exec(file) ?? [];
      if (version === undefined || name === undefined) throw new Error(`${file} is not a migration`);
      const sql = readFileSync(join(directory, file), 'utf8');
      return {
        version: Number(version),
        name,
        sql,
        checksum: checksumOf(sql),
      };
    });
}

function checksumOf(sql: string): string {
  const statements = sql.split(/(?<=\n)/).filter((line) => !/^\s*(--.*)?\n?$/.test(line));
  return RELEASED_CHECKSUMS.get(sha256(statements.join(''))) ?? sha256(sql);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function schemaVersionOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Migrates the schema to the newest version, in one transaction and under a lock, so that replicas
 * that start together apply each migration once.
 * @throws {ConfigurationError} if a newer version of the service migrated it, or a migration differs; changes nothing.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const applied = await retryLocked((attempt) =>
    database.transaction(async (session) => {
      await session.query({ name: '', text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK_KEY] });
      const pending = pendingOf(migrations, await readApplied(session));
      await session.script(`SET LOCAL lock_timeout = ${attempt % 5 === 0 ? VACUUM_LOCK_MS : TABLE_LOCK_MS}`);
      for (const migration of pending) await apply(session, migration);
      return pending;
    }),
  );
  const logger = new Logger('Database');
  for (const { version, name } of applied) logger.log({ version }, `applied migration ${name}`);
}

/**
 * Repeats a migration that did not get the lock of a table. Without a timeout, the requests of running replicas would
 * queue behind a migration that waits for a long transaction, such as a backup.
 */
async function retryLocked<T>(run: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt === LOCK_ATTEMPTS) throw new ConfigurationError([TABLES_LOCKED]);
      await delay(backoffMs(attempt, LOCK_BACKOFF));
    }
  }
}

/** Migrates an empty database that will be copied: it has no identity, so that each copy gets one of its own. */
export async function migrateTemplate(session: Session, migrations: readonly Migration[]): Promise<void> {
  for (const migration of migrations) await apply(session, migration);
  await session.script('DELETE FROM deployment');
}

/** Gives a database that was copied from a template its identity. */
export async function identify(database: Database): Promise<void> {
  await database.transaction(async (session) => {
    const [row] = await session.query({ name: '', text: 'SELECT id FROM deployment', values: [] });
    if (!row) await session.script('INSERT INTO deployment (id) VALUES (gen_random_uuid())');
  });
}

async function readApplied(session: Session): Promise<readonly AppliedRow[]> {
  const [{ exists } = { exists: false }] = await session.query<{ exists: boolean }>({
    name: '',
    text: `SELECT to_regclass('schema_migrations') IS NOT NULL AS exists`,
    values: [],
  });
  if (!exists) return [];
  return session.query<AppliedRow>({
    name: '',
    text: 'SELECT version, checksum FROM schema_migrations ORDER BY version',
    values: [],
  });
}

function pendingOf(migrations: readonly Migration[], applied: readonly AppliedRow[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, checksum } of applied) {
    const migration = known.get(version);
    if (!migration) {
      throw new ConfigurationError([
        `the database has schema version ${version}, this build supports ${schemaVersionOf(migrations)}: ` +
          'run the newer version of the service, or point DATABASE_URL to another database',
      ]);
    }
    if (migration.checksum !== checksum) {
      throw new ConfigurationError([
        `migration ${version} (${migration.name}) differs from the one applied to the database: ` +
          'this build was modified after its release',
      ]);
    }
  }
  const newest = applied.at(-1)?.version ?? 0;
  return migrations.filter(({ version }) => version > newest);
}

async function apply(session: Session, { version, name, sql, checksum }: Migration): Promise<void> {
  await session.script(sql);
  await session.query({
    name: '',
    text: 'INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)',
    values: [version, name, checksum],
  });
}
