/** Rows of one table, with SQL expressions for its columns. All names are those of the first schema that has them. */
export interface Rows {
  readonly table: string;
  /** Columns that the schema does not have are left out. */
  readonly columns: Readonly<Record<string, string>>;
  /** The rest of the SELECT, after the expressions. */
  readonly from: string;
}

export interface Filling {
  /** Number of instances. */
  readonly count: number;
  /** Schema version to fill. */
  readonly version: number;
}

const TENANTS = 50;
/** Kinds of ids, so that no two tables share one. */
export const INSTANCE = 1;
export const OPERATION = 16;
export const ATTACHMENT = 64;
export const SESSION = 96;
export const WEBHOOK = 112;
export const CLAIM = 113;
export const SNAPSHOT = 114;

export const at = (seconds: string): string =>
  `timestamptz '2026-01-01 00:00:00.123456Z' + make_interval(secs => ${seconds})`;
export const id = (kind: number, number = 'n'): string =>
  `('01900000-' || lpad(to_hex(${kind}), 4, '0') || '-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

export const TENANT = `'tenant-' || n % ${TENANTS}`;
export const DRIVER = `(ARRAY['simulated', 'docker', 'qemu'])[1 + n % 3]`;
/** Versions of an instance, each with an event. Its status, operations and attachments depend on `n % 20`. */
export const VERSIONS = 'CASE WHEN n % 20 = 15 THEN 1 ELSE 2 + n % 4 END';
export const NETWORKS = `CASE WHEN n % 20 = 15 THEN '{}' WHEN n % 7 = 0 THEN ARRAY['net-' || n % 1000, 'other-' || n % 10]
  WHEN n % 13 = 0 THEN '{}' ELSE ARRAY['net-' || n % 1000] END`;
export const VOLUMES = `CASE WHEN n % 20 <> 15 AND n % 3 = 1 THEN ARRAY['vol-' || n] ELSE '{}' END`;

/** Deleted instances have larger numbers than the existing ones. */
export const existing = (count: number): string => `FROM generate_series(1, ${count}) AS n`;
export const deleted = (count: number): string =>
  `FROM generate_series(${count} + 1, ${count} + greatest(1, ${count} / 10)) AS n`;

export const flavor = (version: number): string => {
  const builtin = `(ARRAY['small', 'medium', 'large', 'xlarge'])[1 + n % 4]`;
  return version < 4 ? builtin : `CASE n % 100 WHEN 50 THEN 'gpu' WHEN 51 THEN 'old' ELSE ${builtin} END`;
};
export const size = (column: string, version: number): string =>
  `(SELECT ${column} FROM flavors f WHERE f.name = ${flavor(version)})`;
