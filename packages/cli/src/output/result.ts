import { visible } from './sanitize';
import type { Column } from './table';
import type { Terminal } from './terminal';

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'name'] as const;
export type Format = (typeof FORMATS)[number];

export interface Result<Row> {
  /** As the API returned it. */
  readonly document: unknown;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** For `wide`; by default `columns`. */
  readonly wide?: readonly Column<Row>[];
  readonly name: (row: Row) => string;
  /** Whether tables begin with the titles of the columns, by default true. */
  readonly hasTitles?: boolean;
}

export async function printResult<Row>(
  terminal: Terminal,
  format: Format,
  result: Result<Row>,
): Promise<void> {
  const { document, rows, columns, wide = columns, name, hasTitles = true } = result;
  switch (format) {
    case 'json':
      terminal.json(document);
      break;
    case 'yaml': {
      // Loading it takes a third of the start.
      const { stringify } = await import('yaml');
      terminal.print(stringify(document).trimEnd().split('\n').map(visible).join('\n'));
      break;
    }
    case 'name':
      for (const row of rows) terminal.print(visible(name(row)));
      break;
    case 'wide':
      terminal.table(wide, rows, { hasTitles, isComplete: true });
      break;
    case 'table':
      terminal.table(columns, rows, { hasTitles });
  }
}

/** The members of one object, one line each. */
export async function printFields(
  terminal: Terminal,
  format: Format,
  { document, name, fields }: FieldsResult,
): Promise<void> {
  await printResult(terminal, format, {
    document,
    rows: fields,
    columns: [
      { title: 'FIELD', text: ([field]) => field },
      { title: 'VALUE', text: ([, value]) => (value === '' ? '-' : value) },
    ],
    // Only one line, whatever the number of fields.
    ...(format === 'name' && { rows: fields.slice(0, 1) }),
    name: () => name,
  });
}

export interface FieldsResult {
  readonly document: unknown;
  readonly name: string;
  readonly fields: readonly (readonly [field: string, value: string])[];
}
