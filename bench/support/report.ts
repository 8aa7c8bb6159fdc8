import type { Finding } from './part';

export interface Report {
  readonly startedAt: string;
  readonly seconds: number;
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly postgres: string;
  };
  readonly findings: readonly Finding[];
}

export function printTable({ findings, machine, seconds, isQuick, rounds }: Report): void {
  const rows = [['goal', 'wanted', 'figure', 'reached', 'others'], ...findings.map(rowOf)];
  console.log(formatTable(rows));
  for (const { goal, remark } of findings) if (remark !== undefined) console.log(`\n${goal}: ${remark}.`);
  console.log('\nothers: what other programs took of the cores in the rounds that count (median).');
  const { cpu, cores, node, postgres } = machine;
  console.log(`\n${cpu}, ${cores} cores, Node ${node}, ${postgres}; ${rounds} rounds, ${seconds} s.`);
  if (isQuick) console.log('A quick run shows that the bench works; its figures mean nothing.');
}

/** A Markdown table; the first row is its header. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function rowOf({ goal, wanted, figure, isReached, otherLoad }: Finding): readonly string[] {
  return [
    goal,
    wanted,
    figure,
    isReached === null ? '' : isReached ? 'yes' : 'NO',
    `${Math.round(otherLoad * 100)} %`,
  ];
}
