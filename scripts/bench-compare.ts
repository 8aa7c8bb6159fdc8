import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { formatTable } from '../bench/support/report';
import { medianOf, ratiosOf, ratioText, type Spread } from '../bench/support/statistics';
import { figuresOf, type Figure } from './bench-compare/figures';

const USAGE =
  'usage: bench-compare.ts <before> <after> [part…] [--rounds 3] [--minutes 15] [--quick]; both are built checkouts';
const PARTS = ['health', 'creates', 'lists', 'operations', 'footprint'];
const SCALE = { full: '0.3', quick: '0.02' };
const TOLERANCE = 0.05;
const PART_LIMIT_MS = 300_000;
const MAX_OUTPUT = 16 * 2 ** 20;

type Side = 'before' | 'after';
/** Values of each figure, by round. */
type Series = Map<
  string,
  { readonly better: Figure['better']; readonly before: number[]; readonly after: number[] }
>;

/** Runs parts of the benchmark in two checkouts in turns, and prints each figure of both and their ratio. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      minutes: { type: 'string', default: '15' },
      quick: { type: 'boolean', default: false },
    },
  });
  const [before, after, ...parts] = positionals;
  if (before === undefined || after === undefined) throw new RangeError(USAGE);
  for (const checkout of [before, after]) checkBuilt(checkout);
  const mode = values.quick ? 'quick' : 'full';
  const end = performance.now() + Number(values.minutes) * 60_000;
  const series: Series = new Map();
  let longestMs = 0;
  for (let round = 1; round <= Number(values.rounds) && performance.now() + longestMs < end; round++) {
    const started = performance.now();
    for (const part of parts.length > 0 ? parts : PARTS) {
      for (const [side, checkout] of [
        ['before', before],
        ['after', after],
      ] as const) {
        process.stderr.write(`round ${round}: ${part}, ${side}\n`);
        record(series, side, await measure(checkout, part, mode));
      }
    }
    longestMs = Math.max(longestMs, performance.now() - started);
  }
  print(series);
}

function checkBuilt(checkout: string): void {
  for (const file of ['dist/main.js', 'bench/dist/bench/main.js']) {
    if (existsSync(join(checkout, file))) continue;
    throw new RangeError(
      `${join(checkout, file)} is missing: run npm run build && npx tsc -p bench/tsconfig.json there`,
    );
  }
}

async function measure(checkout: string, part: string, mode: 'full' | 'quick'): Promise<readonly Figure[]> {
  const script = join(__dirname, 'bench-compare', 'run-part.cjs');
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [script, checkout, part, SCALE[mode], mode], {
    timeout: PART_LIMIT_MS,
    maxBuffer: MAX_OUTPUT,
  });
  return figuresOf(stdout);
}

function record(series: Series, side: Side, figures: readonly Figure[]): void {
  for (const { name, better, value } of figures) {
    const known = series.get(name) ?? { better, before: [], after: [] };
    known[side].push(value);
    series.set(name, known);
  }
}

function print(series: Series): void {
  const rows = [...series].flatMap(([name, { better, before, after }]) => {
    // A figure that only one of the two has, or that is too small to be measured.
    if (before.length !== after.length || Math.min(...before) === 0) return [];
    const ratio = ratiosOf(after, before);
    const verdict = verdictOf(better === 'smaller' ? ratio : inverse(ratio));
    return [
      [name, medianOf(before).toPrecision(4), medianOf(after).toPrecision(4), ratioText(ratio), verdict],
    ];
  });
  const head = ['figure', 'before', 'after', 'after to before', `more than ${TOLERANCE * 100} %`];
  process.stdout.write(`${formatTable([head, ...rows])}\n`);
}

function inverse({ median, lowest, highest }: Spread): Spread {
  return { median: 1 / median, lowest: 1 / highest, highest: 1 / lowest };
}

/** For a figure that is better if it is smaller. */
function verdictOf({ median, lowest, highest }: Spread): string {
  if (Math.abs(median - 1) <= TOLERANCE) return '';
  if (lowest < 1 && highest > 1) return 'rounds differ';
  return median > 1 ? 'worse' : 'better';
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof RangeError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
