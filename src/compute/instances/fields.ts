import { DEFAULT_RESTART_POLICY, type RestartPolicy } from './restart-policy';

export interface FieldDocs {
  readonly description: string;
  readonly example?: boolean | string | RestartPolicy | null;
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

/** An object whose members a patch sets one by one. */
interface RestartPolicyField extends Field {
  readonly kind: 'restartPolicy';
}

export type PlainField = FlagField | TextField | RestartPolicyField;

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
  {
    name: 'autostart',
    column: 'autostart',
    kind: 'flag',
    shown: {
      example: false,
      description: 'Whether the service starts the instance again after its host was restarted',
    },
    created: { description: 'Starts the instance again after its host was restarted, if it was running' },
    patched: {
      description: 'Whether the service starts the instance again after its host was restarted',
      example: true,
    },
    filter: null,
  },
  {
    name: 'restartPolicy',
    column: 'restart_policy',
    kind: 'restartPolicy',
    shown: { description: 'What the service does when the guest fails' },
    created: { description: 'What the service does when the guest fails; by default, nothing' },
    patched: { description: 'What the service does when the guest fails; absent members stay' },
    filter: null,
  },
] as const satisfies readonly PlainField[];

export const PLAIN_FIELDS: readonly PlainField[] = DECLARED;

type Declared = (typeof DECLARED)[number];

interface Values {
  readonly flag: boolean;
  readonly text: string | null;
  readonly restartPolicy: RestartPolicy;
}

export type PlainValues = {
  readonly [Each in Declared as Each['name']]: Values[Each['kind']];
};

/** New values of fields; of an object, some members. */
export type PlainChanges = {
  readonly [Name in keyof PlainValues]?: PlainValues[Name] extends object
    ? Partial<PlainValues[Name]>
    : PlainValues[Name];
};

/** Values that lists are filtered by. */
export type PlainFilter = {
  readonly [Each in Declared as Each extends { filter: string } ? Each['name'] : never]?: string;
};

const DEFAULTS: Values = { flag: false, text: null, restartPolicy: DEFAULT_RESTART_POLICY };

/** The value that a creation stores if its request does not set the field. */
export function plainDefaults(): PlainValues;
export function plainDefaults(): object {
  return Object.fromEntries(PLAIN_FIELDS.map(({ name, kind }) => [name, DEFAULTS[kind]]));
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

const SQL_TYPES = { flag: 'boolean', text: 'text', restartPolicy: 'jsonb' } as const;

/** SQL list of the columns. */
export const PLAIN_COLUMNS = PLAIN_FIELDS.map(({ column }) => column).join(', ');

/** The columns with their types, for `jsonb_to_recordset`. */
export const PLAIN_COLUMN_TYPES = PLAIN_FIELDS.map(({ column, kind }) => `${column} ${SQL_TYPES[kind]}`).join(
  ', ',
);

/** SET list of an UPDATE of `instances i`. `changes` is SQL of a JSON object by column, as from `toPlainColumns`. */
export function setPlainColumns(changes: string): string {
  return PLAIN_FIELDS.map(({ column, kind }) => {
    const given = `(${changes} ->> '${column}')::${SQL_TYPES[kind]}`;
    const value = kind === 'restartPolicy' ? `i.${column} || ${given}` : given;
    return `${column} = CASE WHEN ${changes} ? '${column}' THEN ${value} ELSE i.${column} END`;
  }).join(', ');
}
