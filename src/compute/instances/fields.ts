export interface FieldDocs {
  readonly description: string;
  readonly example?: boolean | string | null;
}

interface Field {
  readonly name: string;
  readonly column: string;
  /** For the OpenAPI document. */
  readonly shown: FieldDocs;
  readonly created: FieldDocs;
  readonly patched: FieldDocs;
  /** Description of the list filter, which needs an index; null if there is none. */
  readonly filter: string | null;
}

/** True or false, by default false. */
interface FlagField extends Field {
  readonly kind: 'flag';
}

/** Text of up to `max` characters, or null, the default. */
interface TextField extends Field {
  readonly kind: 'text';
  readonly max: number;
}

export type PlainField = FlagField | TextField;

/**
 * The plain fields of an instance: each has its own column, and creations and patches set it. Types, DTOs, the OpenAPI
 * document and the SQL statements derive from these entries. A migration adds the column and recreates the document.
 */
const DECLARED = [
  {
    name: 'deletionProtection',
    column: 'deletion_protection',
    kind: 'flag',
    shown: { example: false, description: 'Whether deletion protection is enabled' },
    created: { description: 'Enables deletion protection' },
    patched: { description: 'Whether deletion protection is enabled', example: true },
    filter: null,
  },
] as const satisfies readonly PlainField[];

export const PLAIN_FIELDS: readonly PlainField[] = DECLARED;

type Declared = (typeof DECLARED)[number];

export type PlainValues = {
  readonly [Each in Declared as Each['name']]: Each extends FlagField ? boolean : string | null;
};

/** Values that lists are filtered by. */
export type PlainFilter = {
  readonly [Each in Declared as Each extends { filter: string } ? Each['name'] : never]?: string;
};

/** The value that a creation stores if its request does not set the field. */
export function plainDefaults(): PlainValues;
export function plainDefaults(): object {
  return Object.fromEntries(PLAIN_FIELDS.map(({ name, kind }) => [name, kind === 'flag' ? false : null]));
}

/** The plain fields among the members of an object, by column, in a fixed order. */
export function toPlainColumns(values: object): Readonly<Record<string, unknown>> {
  const given = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(
    PLAIN_FIELDS.flatMap(({ name, column }) =>
      given.get(name) === undefined ? [] : [[column, given.get(name)]],
    ),
  );
}

const SQL_TYPES = { flag: 'boolean', text: 'text' } as const;

/** SQL list of the columns. */
export const PLAIN_COLUMNS = PLAIN_FIELDS.map(({ column }) => column).join(', ');

/** The columns with their types, for `jsonb_to_recordset`. */
export const PLAIN_COLUMN_TYPES = PLAIN_FIELDS.map(({ column, kind }) => `${column} ${SQL_TYPES[kind]}`).join(
  ', ',
);

/** SET list of an UPDATE of `instances i`. `changes` is SQL of a JSON object by column, as from `toPlainColumns`. */
export function setPlainColumns(changes: string): string {
  return PLAIN_FIELDS.map(
    ({ column, kind }) => `${column} = CASE WHEN ${changes} ? '${column}'
      THEN (${changes} ->> '${column}')::${SQL_TYPES[kind]} ELSE i.${column} END`,
  ).join(', ');
}
