import { visible } from './sanitize';

export type Style = 'green' | 'red' | 'yellow' | 'dim';

export interface TableLayout {
  /** Columns of the screen; undefined if there is no limit. */
  readonly width: number | undefined;
  readonly hasTitles: boolean;
}

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  /** Color of the text on a screen. */
  readonly style?: (row: Row) => Style | undefined;
  /** Shortened first if a line would be too long. */
  readonly isFlexible?: boolean;
}

interface Cell {
  readonly text: string;
  readonly style: Style | undefined;
}

const GAP = 2;
const MIN_FLEXIBLE = 8;

/** Lines of cells, each column as wide as its longest cell unless a line would then exceed the width. */
export function layOut<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, hasTitles }: TableLayout,
): readonly (readonly Cell[])[] {
  const lines: readonly (readonly Cell[])[] = [
    ...(hasTitles ? [columns.map(({ title }) => ({ text: title, style: undefined }))] : []),
    ...rows.map((row) =>
      columns.map(({ text, style }) => ({ text: visible(text(row)), style: style?.(row) })),
    ),
  ];
  const natural = columns.map((_, index) =>
    lines.reduce((widest, cells) => Math.max(widest, cells[index]?.text.length ?? 0), 0),
  );
  const widths = width === undefined ? natural : shrink(natural, columns, width);
  return lines.map((cells) =>
    cells.map(({ text, style }, index) => ({ text: fit(text, widths[index] ?? 0), style })),
  );
}

/** Takes characters from the widest flexible column until the line fits. */
function shrink<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width: number,
): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (excess > 0) {
    const widest = widths.reduce(
      (best, each, index) =>
        columns[index]?.isFlexible === true && each > MIN_FLEXIBLE && each > (widths[best] ?? 0)
          ? index
          : best,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
