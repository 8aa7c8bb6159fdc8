/**
 * Runs every step that decides whether a change may land, and counts the tests.
 *
 * A test file that fails is rerun once, alone. If it then passes, each of its tests that failed before is printed as
 * `FLAKY <file> <test>`: the change may land, and fixing the race has priority. With more than MAX_RERUNS
 * failed files in one suite, the change counts as broken rather than flaky, and nothing is rerun.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const MAX_RERUNS = 5;

/** Jest projects by the location of their files. */
const PROJECTS = [
  ['src/', 'unit'],
  ['packages/', 'unit'],
  ['web/', 'unit'],
  ['test/contract/', 'contract'],
  ['test/e2e/', 'e2e'],
  ['test/chaos/', 'chaos'],
  ['test/web/', 'web'],
  ['test/docs/', 'docs'],
  ['test/engines/', 'engines'],
];

/** The first step builds; the scripts before those of the others would do so again. */
const STEPS = [
  { name: 'embedded', tests: 'test', isFirst: true },
  { name: 'check', command: ['npm', 'run', 'check'] },
  { name: 'postgres', tests: 'test:postgres', env: { TEST_DATABASE: 'postgres' } },
  // Needs real engines; none of these tests may be skipped here.
  { name: 'engines', tests: 'test:engines' },
  {
    name: 'node versions',
    command: ['npm', 'run', 'test:node', '--', '--start', '20.19.0', '22', '24', '26'],
  },
  { name: 'image', command: ['scripts/try-image.sh'] },
  // Checks that each part of the bench works and loses nothing. The figures of a quick run are not judged.
  { name: 'bench', command: ['npm', 'run', 'bench', '--ignore-scripts', '--', '--quick'] },
];

const directory = mkdtempSync(join(tmpdir(), 'ci-'));
const total = { passed: 0, failed: 0, skipped: 0 };
/** Printed once more at the end, because the output of the steps between is long. */
const failures = [];
const flaky = [];

try {
  for (const step of STEPS) {
    const startedAt = Date.now();
    if (step.tests) runTests(step);
    else if (!succeeds(step.command)) report(`FAILED ${step.name}`);
    console.log(`== ${step.name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
if (total.passed === 0) report('FAILED: no test has passed');
for (const line of [...failures, ...flaky]) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function runTests({ name, tests, isFirst = false, env = {} }) {
  const file = join(directory, `${name}.json`);
  const command = ['npm', 'run', tests, ...(isFirst ? [] : ['--ignore-scripts'])];
  const succeeded = succeeds([...command, '--', '--json', `--outputFile=${file}`], env);
  const result = readResult(file);
  if (!result) {
    report(`FAILED ${name}: it wrote no result`);
    return;
  }
  total.passed += result.numPassedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  const failedFiles = result.testResults.filter(({ status }) => status === 'failed');
  const isBroken = failedFiles.length > MAX_RERUNS;
  for (const failed of failedFiles) {
    if (isBroken || !passesAlone(failed, env)) countFailures(failed);
    else noteFlaky(failed);
  }
  // For example an open handle, or a build that failed before the first test.
  if (!succeeded && failedFiles.length === 0)
    report(`FAILED ${name}: no test failed, and yet it ended with an error`);
}

function passesAlone({ name }, env) {
  const path = relative(process.cwd(), name);
  const project = PROJECTS.find(([prefix]) => path.startsWith(prefix));
  if (!project) return false;
  console.log(`== once more, alone: ${path}`);
  return succeeds(
    ['npm', 'run', 'jest', '--', '--selectProjects', project[1], '--runTestsByPath', path, '-i'],
    env,
  );
}

function failuresOf({ name, assertionResults }) {
  const path = relative(process.cwd(), name);
  const titles = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  // If no test failed, the file itself could not be run.
  return (titles.length > 0 ? titles : ['(the file itself)']).map((title) => `${path} ${title}`);
}

function countFailures(failed) {
  for (const failure of failuresOf(failed)) report(`FAILED ${failure}`);
}

function noteFlaky(failed) {
  for (const failure of failuresOf(failed)) {
    flaky.push(`FLAKY ${failure}`);
    console.log(flaky.at(-1));
    total.passed += 1;
  }
}

function report(line) {
  failures.push(line);
  console.log(line);
  total.failed += 1;
}

function succeeds([command, ...parameters], env = {}) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (error) console.log(`${command}: ${error.message}`);
  return status === 0;
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
