import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Statement } from '../database';
import { migrateTemplate, readMigrations, type Migration } from '../migrations';

const ROOT = join(__dirname, '..', '..', '..', '..');
const TEMPLATE = join(ROOT, 'dist', 'embedded-template');

/**
 * Makes `path` a cluster with an empty schema, by copying the one from the build: this takes 0.06 s, `initdb` six. Without
 * a build it does nothing, and PGlite runs `initdb`.
 */
export function copyTemplate(path: string): void {
  if (!existsSync(TEMPLATE)) return;
  cpSync(TEMPLATE, path, { recursive: true });
  chmodSync(path, 0o700);
}

/** Makes the template, or copies it from the cache of this checkout, which has one per PGlite version and schema. */
export async function makeTemplate(): Promise<void> {
  const migrations = readMigrations();
  const name = `pglite-${pgliteVersion()}-${fingerprintOf(migrations)}`;
  const cached = join(ROOT, 'node_modules', '.cache', 'uim-iaas-compute', name);
  if (!existsSync(cached)) await makeCluster(cached, migrations);
  rmSync(TEMPLATE, { recursive: true, force: true });
  cpSync(cached, TEMPLATE, { recursive: true });
  makeReadable(TEMPLATE);
}

/** The service may run as another user than the build. */
function makeReadable(path: string): void {
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

async function makeCluster(path: string, migrations: readonly Migration[]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = mkdtempSync(`${path}-`);
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = new PGlite(unfinished);
  await pglite.waitReady;
  await migrateTemplate(
    {
      query: async <Row>({ text, values }: Statement) => (await pglite.query<Row>(text, [...values])).rows,
      script: async (sql) => {
        await pglite.exec(sql);
      },
    },
    migrations,
  );
  // Only CREATE DATABASE needs them, and they would be more than a third of each copy.
  await pglite.exec('UPDATE pg_database SET datistemplate = false');
  for (const unused of ['template0', 'template1']) await pglite.exec(`DROP DATABASE ${unused}`);
  await pglite.close();
  // A parallel build may have been faster.
  if (existsSync(path)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, path);
}

function fingerprintOf(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  for (const { checksum } of migrations) hash.update(checksum);
  return hash.digest('hex').slice(0, 16);
}

function pgliteVersion(): string {
  const directory = dirname(require.resolve('@electric-sql/pglite'));
  const manifest: unknown = JSON.parse(readFileSync(join(directory, '..', 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('PGlite has no version');
}
