/**
 * Tests what has changed since `origin/main` (or `main`, if there is no remote), committed or not.
 *
 *     npm run test:changed                     all affected suites
 *     npm run test:changed -- unit contract    only those of some Jest projects
 *     npm run test:changed -- --list           prints the suites instead
 *
 * Jest follows imports. RULES adds what it cannot see: suites that start the built service or read files. A file of the
 * service affects most suites, so name projects to test less.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, relative } from 'node:path';

const PROJECTS = ['unit', 'contract', 'e2e', 'chaos', 'docs'];
const JEST = ['run', '--silent', 'jest', '--'];
const EVERYTHING = 'everything';

/** Modules through which suites start programs in dist/. */
const SERVICE = 'test/support/service.ts';
const COMMAND_LINE = 'test/support/cli.ts';

const DOCUMENTATION = 'test/docs/documentation.spec.ts';
/** They read the built packages. */
const PACKAGES = ['test/e2e/packages.e2e-spec.ts', 'test/e2e/client-browser.e2e-spec.ts'];
const SHIPPED = ['test/docs/gateways.spec.ts', 'test/docs/systemd-unit.spec.ts'];

/** Which modules to treat as changed too. The first pattern that matches a changed file decides. */
const RULES = [
  [/^((packages\/.*\/)?package(-lock)?\.json|tsconfig\..*|jest\.config\.cjs|nest-cli\.json)$/, [EVERYTHING]],
  [/^test\/support\/(environment|sequencer)\.cjs$/, [EVERYTHING]],
  [/^scripts\/typescript\.cjs$/, [EVERYTHING]],
  [/^test\/e2e\/walks\//, ['test/e2e/reference-walk.e2e-spec.ts']],
  [/\.spec\.ts$/, []],
  [/^packages\//, [COMMAND_LINE, DOCUMENTATION, ...PACKAGES]],
  [/^src\/platform\/database\/migrations\//, ['src/platform/database/migrations.ts', SERVICE]],
  [/^src\//, [SERVICE]],
  [/^deploy\//, SHIPPED],
  [/^(README\.md$|docs\/)/, [DOCUMENTATION, ...SHIPPED]],
];

const parameters = process.argv.slice(2);
const isList = parameters.includes('--list');
const selected = parameters.filter((parameter) => parameter !== '--list');
const unknown = selected.filter((name) => !PROJECTS.includes(name));
if (unknown.length > 0) {
  console.error(`unknown project ${unknown.join(', ')}; the projects are ${PROJECTS.join(', ')}`);
  process.exit(2);
}
const projects = selected.length > 0 ? selected : PROJECTS;

const base = findBase();
const changed = changedSince(base);
const suites = suitesFor(changed);
console.log(`${changed.length} changed files since ${base}, ${suites.length} affected suites`);
if (isList) for (const suite of suites) console.log(suite);
else if (suites.length > 0) runSuites();

function findBase() {
  for (const name of ['origin/main', 'main'])
    if (tryGit('rev-parse', '--verify', '--quiet', `${name}^{commit}`)) return name;
  return 'HEAD';
}

/** Paths of changed and new files, which may no longer exist. */
function changedSince(name) {
  // Later commits of others on the remote are not changes of this branch.
  const [commit = name] = tryGit('merge-base', name, 'HEAD') ?? [];
  return [
    ...git('diff', '--name-only', '--no-renames', commit),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
}

function suitesFor(files) {
  const affected = files.flatMap((file) => [file, ...ruleFor(file), ...readersOf(file)]);
  if (affected.includes(EVERYTHING)) return list([]);
  const modules = [...new Set(affected)].filter((file) => existsSync(file));
  return modules.length === 0 ? [] : list(['--findRelatedTests', ...modules]);
}

function ruleFor(file) {
  return RULES.find(([pattern]) => pattern.test(file))?.[1] ?? [];
}

/** Code that names a file in a string, which it reads or starts rather than imports. */
function readersOf(file) {
  if (/\.(ts|mjs)$/.test(file)) return [];
  // Fails if no file is found.
  return tryGit('grep', '--files-with-matches', '--fixed-strings', `${basename(file)}'`, '--', '*.ts') ?? [];
}

function runSuites() {
  const built = new Set(list(['--findRelatedTests', SERVICE, COMMAND_LINE]));
  if (suites.some((suite) => built.has(suite))) run('npm', ['run', '--silent', 'build']);
  run('npm', [...JEST, '--selectProjects', ...projects, '--runTestsByPath', ...suites]);
}

/** Paths of the suites of the selected projects that Jest chooses. */
function list(options) {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    [...JEST, '--selectProjects', ...projects, '--listTests', '--json', ...options],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) fail(`Jest cannot list the suites: ${stderr}`);
  const files = stdout.slice(stdout.indexOf('['), stdout.lastIndexOf(']') + 1);
  return JSON.parse(files).map((file) => relative(process.cwd(), file));
}

function git(...command) {
  return tryGit(...command) ?? fail(`git ${command.join(' ')} failed`);
}

/** @returns lines, or undefined if the command failed */
function tryGit(...command) {
  const { status, stdout, error } = spawnSync('git', command, { encoding: 'utf8' });
  if (error) fail(`git: ${error.message}`);
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : undefined;
}

function run(command, options) {
  const { status, error } = spawnSync(command, options, { stdio: 'inherit' });
  if (error) fail(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
