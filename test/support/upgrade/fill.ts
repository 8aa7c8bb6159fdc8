import type { Session } from '../../../src/platform/database/database';
import type { Filling, Rows } from './expressions';
import { attachments, events, instances } from './instance-rows';
import { operations } from './operation-rows';
import { FLAVORS, others } from './other-rows';
import { columnIn, renamed } from './schema-changes';
import { readSchema, type Schema } from './schema';

/**
 * Fills the tables of a schema version as the service would have.
 * @throws {Error} if it leaves a table or a column empty: its comparison would show nothing.
 */
export async function fill(session: Session, filling: Filling): Promise<void> {
  const schema = await readSchema(session);
  const all = [
    FLAVORS,
    instances(filling),
    ...operations(filling),
    ...events(filling),
    ...attachments(filling),
    ...others(filling),
  ];
  for (const rows of all) {
    const insert = insertOf(rows, schema, filling.version);
    if (insert !== undefined) await session.script(insert);
  }
  await session.script('ANALYZE');
  const empty = await emptyColumns(session, schema);
  if (empty.length > 0) throw new Error(`no test data in test/support/upgrade for ${empty.join(', ')}`);
}

/** Undefined if the schema has no such table. */
function insertOf({ table, columns, from }: Rows, schema: Schema, version: number): string | undefined {
  const name = renamed(table, { from: 0, to: version });
  const known = schema.get(name)?.columns;
  if (!known) return undefined;
  const used = Object.entries(columns)
    .map(([column, value]) => ({
      column: columnIn(version, `${table}.${column}`),
      value,
    }))
    .filter(({ column }) => known.includes(column));
  const names = used.map(({ column }) => `"${column}"`).join(', ');
  return `INSERT INTO "${name}" (${names}) SELECT ${used.map(({ value }) => value).join(', ')} ${from}`;
}

async function emptyColumns(session: Session, schema: Schema): Promise<readonly string[]> {
  const empty: string[] = [];
  for (const [table, { columns }] of schema) {
    const counts = columns.map((column) => `count("${column}")::integer AS "${column}"`).join(', ');
    const text = `SELECT ${counts} FROM "${table}"`;
    const [row = {}] = await session.query<Readonly<Record<string, number>>>({ name: '', text, values: [] });
    empty.push(...columns.filter((column) => !row[column]).map((column) => `${table}.${column}`));
  }
  return empty;
}
