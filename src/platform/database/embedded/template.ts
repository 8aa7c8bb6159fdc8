import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Statement } from '../database';
import { migrateTemplate, readMigrations, type Migration } from '../migrations';

const ROOT = join(__dirname, '..', '..', '..', '..');
const TEMPLATE = join(ROOT, 'dist', 'embedded-template.tgz');

/**
 * Archive of a cluster with an empty schema, made by the build. Copying it takes two seconds at the first start, initdb
 * six. Undefined if the build made none.
 */
export function templateFile(): string | undefined {
  return existsSync(TEMPLATE) ? TEMPLATE : undefined;
}

/** Makes the template, or copies it from the cache of this checkout, which has one per PGlite version and schema. */
export async function makeTemplate(): Promise<void> {
  const migrations = readMigrations();
  const name = `pglite-${pgliteVersion()}-${fingerprintOf(migrations)}.tgz`;
  const cached = join(ROOT, 'node_modules', '.cache', 'uim-iaas-compute', name);
  if (!existsSync(cached)) {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = new PGlite();
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
    const dump = await pglite.dumpDataDir('gzip');
    await pglite.close();
    mkdirSync(dirname(cached), { recursive: true });
    writeFileSync(`${cached}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
    renameSync(`${cached}.${process.pid}`, cached);
  }
  copyFileSync(cached, TEMPLATE);
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
