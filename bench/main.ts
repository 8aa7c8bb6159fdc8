import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { webConsole } from './parts/console';
import { creates } from './parts/creates';
import { engines } from './parts/engines';
import { fairness } from './parts/fairness';
import { footprint } from './parts/footprint';
import { growth } from './parts/growth';
import { health } from './parts/health';
import { lists } from './parts/lists';
import { operations } from './parts/operations';
import { routes } from './parts/routes';
import { snapshots } from './parts/snapshots';
import { takeover } from './parts/takeover';
import { tenants } from './parts/tenants';
import { warmPool } from './parts/warm-pool';
import { webhooks } from './parts/webhooks';
import { Cluster } from './support/cluster';
import { writeFigures } from './support/figures';
import { LoadGenerator } from './support/load-generator';
import type { Bench, Finding, Part } from './support/part';
import { killAll } from './support/processes';
import { printTable, type Report } from './support/report';

const PARTS: readonly Part[] = [
  health,
  creates,
  lists,
  operations,
  fairness,
  tenants,
  routes,
  takeover,
  growth,
  footprint,
  engines,
  warmPool,
  snapshots,
  webhooks,
  webConsole,
];
const RESULTS = resolve(__dirname, '../../results');
const FIGURES = resolve(__dirname, '../../../docs/performance.md');
const CORES = 2;
/** Share of all durations and sizes in a quick run. */
const QUICK_SCALE = 0.02;
/** A quick run takes two minutes, and several times that on a busy machine. Beyond this limit it hangs. */
const QUICK_LIMIT_MS = 1_800_000;

interface Choice {
  readonly parts: readonly Part[];
  readonly isQuick: boolean;
}

function choose(args: readonly string[]): Choice {
  const names = args.filter((argument) => argument !== '--quick');
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = PARTS.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n');
    throw new RangeError(
      `no part is called ${unknown.join(' or ')}\n\nnpm run bench -- [part…] [--quick]\n${known}`,
    );
  }
  const parts = names.length === 0 ? PARTS : PARTS.filter(({ name }) => names.includes(name));
  return { parts, isQuick: args.includes('--quick') };
}

async function main(): Promise<void> {
  const { parts, isQuick } = choose(process.argv.slice(2));
  if (isQuick) setTimeout(() => endLate(), QUICK_LIMIT_MS).unref();
  const cores = useTwoCores();
  const directory = mkdtempSync(join(tmpdir(), 'compute-bench-'));
  // If the bench runs as root, PostgreSQL runs as another user and must be able to reach its own directory below.
  chmodSync(directory, 0o755);
  process.once('exit', () => {
    killAll();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  const started = new Date();
  const cluster = await Cluster.start(directory);
  const load = new LoadGenerator();
  const [rounds, scale] = isQuick ? [1, QUICK_SCALE] : [5, 1];
  const bench: Bench = { cluster, load, directory, rounds, scale, isQuick, say };
  const findings: Finding[] = [];
  for (const part of parts) {
    say(part.about);
    const partStarted = performance.now();
    try {
      findings.push(...(await part.run(bench)));
    } catch (error) {
      // Keep what the other parts measured.
      say(`${part.name} was not measured: ${inspect(error)}`);
      process.exitCode = 1;
    }
    say(`${part.name} took ${Math.round((performance.now() - partStarted) / 1000)} s`);
  }
  await load.stop();
  await cluster.stop();
  const report = {
    startedAt: started.toISOString(),
    seconds: Math.round((Date.now() - started.getTime()) / 1000),
    isQuick,
    rounds: bench.rounds,
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores, node: process.version, postgres: cluster.version },
    findings,
  };
  finish(report);
  for (const { goal } of findings.filter(({ isWrong }) => isWrong === true)) {
    say(`wrong: ${goal}`);
    process.exitCode = 1;
  }
  if (!isQuick)
    writeFigures(FIGURES, report, parts.length === PARTS.length && process.exitCode === undefined);
}

/** The goals are for two cores; pins the process to two if there are more and the system supports it. */
function useTwoCores(): number {
  const cores = availableParallelism();
  if (cores <= CORES) return cores;
  try {
    execFileSync('taskset', ['-apc', `0-${CORES - 1}`, String(process.pid)], { stdio: 'ignore' });
    return CORES;
  } catch {
    say(`cannot keep to ${CORES} cores: the figures are for ${cores}`);
    return cores;
  }
}

function finish(report: Report): void {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${report.startedAt.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  printTable(report);
  console.log(`\n${file}`);
}

function endLate(): void {
  say(`not done after ${QUICK_LIMIT_MS / 1000} s`);
  process.exit(1);
}

function say(text: string): void {
  console.error(`bench: ${text}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().then(
  // Keeps the exit code set by a failed part.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof RangeError ? error.message : error);
    process.exit(1);
  },
);
