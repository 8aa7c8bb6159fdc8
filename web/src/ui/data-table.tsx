import { Skeleton, Table } from '@mantine/core';
import { createColumnHelper, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';

const FEATURES = tableFeatures({});

export type Columns<T extends object> = readonly ColumnDef<typeof FEATURES, T>[];

export function columnsOf<T extends object>(): ReturnType<typeof createColumnHelper<typeof FEATURES, T>> {
  return createColumnHelper<typeof FEATURES, T>();
}

export interface DataTableProps<T extends object> {
  readonly label: string;
  readonly columns: Columns<T>;
  /** Undefined while they load. */
  readonly rows: readonly T[] | undefined;
  readonly rowId: (row: T) => string;
  /** Below this width, in px, the table scrolls on its own. */
  readonly minWidth?: number;
}

const SKELETON_ROWS = [0, 1, 2, 3, 4, 5];
const NO_ROWS: readonly never[] = [];

/** A table whose rows the service has sorted and filtered. Its rows keep their height while they load. */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactNode {
  const { label, columns, rows, rowId, minWidth = 640 } = props;
  const table = useTable({ features: FEATURES, columns, data: rows ?? NO_ROWS, getRowId: rowId });
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" scrollAreaProps={{ tabIndex: 0 }}>
      <Table aria-label={label} aria-busy={rows === undefined} highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <Table.Th key={header.id}>
                  <table.FlexRender header={header} />
                </Table.Th>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {rows === undefined
            ? SKELETON_ROWS.map((row) => (
                <Table.Tr key={row}>
                  {columns.map((_, index) => (
                    <Table.Td key={index} h={44}>
                      <Skeleton height={16} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))
            : table.getRowModel().rows.map((row) => (
                <Table.Tr key={row.id}>
                  {row.getAllCells().map((cell) => (
                    <Table.Td key={cell.id} h={44}>
                      <table.FlexRender cell={cell} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
