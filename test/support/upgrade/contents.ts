import type { Session } from '../../../src/platform/database/database';
import { isRewritten, renamed } from './schema-changes';
import { readSchema, type Schema } from './schema';

/** Number of rows, and a hash of each column over all rows, by `table` and `table.column`. */
type Contents = ReadonlyMap<string, string>;

/** The data to compare before and after an upgrade, with its names before and after it. */
interface Column {
  readonly before: string;
  readonly after: string;
}

export interface Snapshot {
  readonly version: number;
  readonly schema: Schema;
  readonly contents: Contents;
}

export async function snapshot(session: Session, version: number): Promise<Snapshot> {
  const schema = await readSchema(session);
  const contents = new Map<string, string>();
  for (const [table, { columns, key }] of schema) {
    for (const [name, value] of await hashesOf(session, { table, columns, key })) contents.set(name, value);
  }
  return { version, schema, contents };
}

/** Lists what differs from the snapshot that was taken before the upgrade to `version`. */
export async function differences(
  session: Session,
  before: Snapshot,
  version: number,
): Promise<readonly string[]> {
  const versions = { from: before.version, to: version };
  const schema = await readSchema(session);
  const found: string[] = [];
  for (const [table, { columns, key }] of before.schema) {
    const current = renamed(table, versions);
    const pairs = columns
      .filter((column) => !isRewritten(`${table}.${column}`, before.version))
      .map((column) => ({ before: column, after: columnOf(renamed(`${table}.${column}`, versions)) }));
    const missing = pairs.filter(({ after }) => schema.get(current)?.columns.includes(after) !== true);
    if (missing.length > 0) found.push(...missing.map((pair) => `${table}.${pair.before}: is missing`));
    else found.push(...(await changesOf(session, { table, current, pairs, key: keyOf(key, pairs) }, before)));
  }
  return found;
}

interface Compared {
  readonly table: string;
  readonly current: string;
  readonly pairs: readonly Column[];
  readonly key: readonly string[];
}

async function changesOf(session: Session, compared: Compared, before: Snapshot): Promise<readonly string[]> {
  const { table, current, pairs, key } = compared;
  const columns = pairs.map(({ after }) => after);
  const after = await hashesOf(session, { table: current, columns, key });
  const [was, is] = [before.contents.get(table), after.get(current)];
  if (was !== is) return [`${table}: ${String(was)} rows before, ${String(is)} after`];
  return pairs
    .filter(
      (pair) => before.contents.get(`${table}.${pair.before}`) !== after.get(`${current}.${pair.after}`),
    )
    .map((pair) => `${table}.${pair.before}: other values`);
}

function keyOf(key: readonly string[], pairs: readonly Column[]): readonly string[] {
  return key.map((column) => pairs.find(({ before }) => before === column)?.after ?? column);
}

function columnOf(name: string): string {
  return name.split('.').at(-1) ?? name;
}

/** Each value is hashed with the key of its row; the sum does not depend on the order of the rows. */
async function hashesOf(
  session: Session,
  { table, columns, key }: { table: string; columns: readonly string[]; key: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const row = `row(${key.map((column) => `"${column}"`).join(', ')})::text`;
  const hashes = columns.map(
    (column) =>
      `sum(hashtextextended(${row} || chr(31) || coalesce("${column}"::text, chr(30)), 0)::numeric)::text AS "${column}"`,
  );
  const text = `SELECT count(*)::text AS "#", ${hashes.join(', ')} FROM "${table}"`;
  const [result = {}] = await session.query<Readonly<Record<string, string | null>>>({
    name: '',
    text,
    values: [],
  });
  return new Map(
    Object.entries(result).map(([name, value]) => [name === '#' ? table : `${table}.${name}`, value ?? '']),
  );
}
