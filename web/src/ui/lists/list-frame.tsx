import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { DataTable, type DataTableProps } from '../data-table';
import { ProblemAlert } from '../problem-alert';

export interface ListFrameProps<T extends object> extends DataTableProps<T> {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Shown instead of a table without rows. */
  readonly empty: ReactNode;
}

/** A table with what it shows while it loads, if it is empty, and if it cannot be read. */
export function ListFrame<T extends object>({
  error,
  onRetry,
  empty,
  ...table
}: ListFrameProps<T>): ReactNode {
  const hasFailed = error !== null && error !== undefined;
  if (hasFailed && table.rows === undefined) return <ProblemAlert error={error} retry={onRetry} />;
  return (
    <>
      {hasFailed && <ProblemAlert error={error} retry={onRetry} />}
      {table.rows?.length === 0 ? (
        empty
      ) : (
        <Paper withBorder>
          <DataTable {...table} />
        </Paper>
      )}
    </>
  );
}
