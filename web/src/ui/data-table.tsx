import {
  createColumnHelper,
  flexRender,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Row,
} from '@tanstack/react-table';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import classes from './data-table.module.css';

const FEATURES = tableFeatures({});

export type Columns<T extends object> = readonly ColumnDef<typeof FEATURES, T>[];

export function columnsOf<T extends object>(): ReturnType<typeof createColumnHelper<typeof FEATURES, T>> {
  return createColumnHelper<typeof FEATURES, T>();
}

export interface DataTableProps<T extends object> {
  readonly label: string;
  /** A row is rendered again if these or the row change: keep them the same. */
  readonly columns: Columns<T>;
  /** Undefined while they load. */
  readonly rows: readonly T[] | undefined;
  readonly rowId: (row: T) => string;
  /** Below this width, in px, the table scrolls on its own. */
  readonly minWidth?: number;
}

const PLACEHOLDER_ROWS = [0, 1, 2, 3, 4, 5];
const NO_ROWS: readonly never[] = [];

/**
 * A table whose rows the service has sorted and filtered. Its markup is plain, only changed rows are rendered, and
 * rendering gives way to what the user does: live lists change many times a second.
 */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactNode {
  const { label, columns, rowId, minWidth = 640 } = props;
  const rows = useDeferredValue(props.rows);
  const table = useTable({ features: FEATURES, columns, data: rows ?? NO_ROWS, getRowId: rowId });
  return (
    // A region that scrolls must be reachable with the keyboard.
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table} style={{ minWidth }} aria-label={label} aria-busy={rows === undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {rows === undefined
            ? PLACEHOLDER_ROWS.map((row) => (
                <tr key={row}>
                  {columns.map((_, index) => (
                    <td key={index}>
                      <div className={classes.placeholder} />
                    </td>
                  ))}
                </tr>
              ))
            : table.getRowModel().rows.map((row) => <TableRow key={row.id} row={row} columns={columns} />)}
        </tbody>
      </table>
    </div>
  );
}

interface TableRowProps<T extends object> {
  readonly row: Row<typeof FEATURES, T>;
  readonly columns: Columns<T>;
}

/**
 * The table makes new row objects whenever anything changes, but what a row shows depends on its data: React skips
 * elements that are the same as before.
 */
function TableRow<T extends object>({ row, columns }: TableRowProps<T>): ReactNode {
  const { original } = row;
  return useMemo(
    () => (
      <tr>
        {row.getAllCells().map((cell) => (
          <td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
        ))}
      </tr>
    ),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- The row is another object each time.
    [original, columns],
  );
}
