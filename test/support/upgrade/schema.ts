import type { Session } from '../../../src/platform/database/database';

interface Table {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The tables with data of the service, by name. */
export type Schema = ReadonlyMap<string, Table>;

interface Row {
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

const TABLES = `
  SELECT c.relname AS "table",
    ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
    ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY a.attnum) AS key
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
  ORDER BY c.relname`;

export async function readSchema(session: Session): Promise<Schema> {
  const rows = await session.query<Row>({ name: '', text: TABLES, values: [] });
  return new Map(rows.map(({ table, columns, key }) => [table, { columns, key }]));
}
