import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Reads a file of this repository by its path from the root. */
export function readDocument(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/**
 * Rows of the first Markdown table with exactly these columns.
 * Code spans lose their backticks; other text stays unchanged.
 */
export function readTable(markdown: string, columns: readonly string[]): readonly (readonly string[])[] {
  const lines = markdown.split('\n').map(cellsOf);
  const header = lines.findIndex((cells) => cells?.join('|') === columns.join('|'));
  if (header === -1) throw new Error(`there is no table with the columns ${columns.join(', ')}`);
  const rows: (readonly string[])[] = [];
  // Skips the separator line below the header.
  for (const cells of lines.slice(header + 2)) {
    if (!cells) break;
    rows.push(cells);
  }
  return rows;
}

function cellsOf(line: string): readonly string[] | undefined {
  if (!/^\|.*\|$/.test(line)) return undefined;
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}
