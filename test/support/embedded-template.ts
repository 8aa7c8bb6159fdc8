import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedDatabase } from '../../src/platform/database/embedded/embedded.database';
import { migrate, readMigrations, schemaVersionOf } from '../../src/platform/database/migrations';

const ROOT = join(__dirname, '..', '..');
const DATABASE = join(ROOT, 'src', 'platform', 'database');
const SOURCES = [join(DATABASE, 'embedded'), join(DATABASE, 'migrations')];
const PGLITE = join(dirname(require.resolve('@electric-sql/pglite')), '..', 'package.json');
const CACHE = join(ROOT, 'node_modules', '.cache', 'uim-iaas-compute');
const TEMPLATE = join(CACHE, `test-database-${fingerprint()}`);
const STATEMENT_TIMEOUT_MS = 60_000;

/**
 * Copies an embedded database with an empty schema into `directory`, much faster than creating one. The service gives it
 * a deployment id of its own at startup. The template is created on first use, and again after changes to migrations, to
 * the code of the embedded database or to PGlite.
 */
export async function copyEmbeddedTemplate(directory: string): Promise<void> {
  if (!existsSync(TEMPLATE)) await makeTemplate(TEMPLATE);
  await promisify(execFile)('cp', ['-r', `${TEMPLATE}/.`, directory]);
}

async function makeTemplate(path: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${path}-`);
  const database = await EmbeddedDatabase.open(unfinished, 0, STATEMENT_TIMEOUT_MS);
  const migrations = readMigrations();
  await migrate(database, migrations);
  await database.query({ name: '', text: 'DELETE FROM deployment', values: [] });
  database.markSchema(schemaVersionOf(migrations));
  await database.close();
  try {
    renameSync(unfinished, path);
  } catch (error) {
    // Another test process was faster.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(path)) throw error;
  }
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(PGLITE));
  const files = SOURCES.flatMap((source) =>
    readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).toSorted())
    hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
