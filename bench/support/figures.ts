import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from './part';
import { formatTable, type Report } from './report';

const BEGIN = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';
const HEAD = ['goal', 'wanted', 'figure', 'reached', 'measured'];

/**
 * Writes a run's figures into the table of a document, each with its commit and date. Rows of goals not measured in
 * this run are kept, unless every part ran: then those goals no longer exist.
 * @throws {Error} if the document has no place for the table.
 */
export function writeFigures(file: string, report: Report, isComplete: boolean): void {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`${file} has no place for figures`);
  const measured = `${commit()}, ${report.startedAt.slice(0, 10)}`;
  const fresh = new Map(report.findings.map((finding) => [finding.goal, rowOf(finding, measured)]));
  const kept = rowsOf(text.slice(begin, end)).map((row) => {
    const goal = row[0] ?? '';
    const newer = fresh.get(goal);
    fresh.delete(goal);
    return newer ?? (isComplete ? undefined : row);
  });
  const rows = [...kept.filter((row) => row !== undefined), ...fresh.values()];
  const table = formatTable([HEAD, ...rows]);
  writeFileSync(file, `${text.slice(0, begin)}${BEGIN}\n\n${table}\n\n${text.slice(end)}`);
}

function rowOf({ goal, wanted, figure, isReached }: Finding, measured: string): readonly string[] {
  return [goal, wanted, figure, isReached === null ? '' : isReached ? 'yes' : 'no', measured];
}

/** The cells of a table without its header. */
function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The measured commit, with a note if the working tree differs from it. */
function commit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', 'src', 'bench', 'package-lock.json') !== '';
  return git('rev-parse', '--short', 'HEAD') + (isChanged ? ' with changes' : '');
}
