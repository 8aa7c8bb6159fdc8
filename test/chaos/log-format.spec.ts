import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { freePort } from '../support/postgres';
import { MAIN, V8_FLAGS } from '../support/service';

const SCRIPT = '/usr/bin/script';
const missing = existsSync(SCRIPT)
  ? undefined
  : 'no program "script" for a pseudo-terminal: install util-linux';
const PATH = '/api/v1/compute/instances';

interface Run {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether the service is a child of the program. */
  readonly isChild?: boolean;
}

/** Standard output of a service that answers one request and is then shut down. */
async function logOf({ program, parameters, variables = {}, isChild = false }: Run): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'compute-log-'));
  const port = String(await freePort());
  const env = { PATH: process.env['PATH'], PORT: port, HOST: '127.0.0.1', DATA_DIR: join(directory, 'data') };
  const child = spawn(program, parameters, {
    env: { ...env, NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = text(child.stdout);
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(() => fetch(`${url}/health`), { withinMs: 120_000 });
    await fetch(`${url}${PATH}`, { headers: { 'X-Tenant-ID': 'tenant-a' } });
    const exited = once(child, 'exit');
    const id = isChild
      ? Number(execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }))
      : child.pid;
    process.kill(id ?? NaN, 'SIGTERM');
    await exited;
    return (await output).replaceAll('\r\n', '\n');
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

const LINE = new RegExp(`^\\[[\\d:.]{12}\\] INFO: GET ${PATH} 200 [\\d.]+ ms tenant-a$`, 'm');
const LAST = /\[[\d:.]{12}\] INFO \(Main\): stopped\n$/;

describe('the log', () => {
  it('has JSON lines with rounded durations if standard output is no terminal', async () => {
    const lines = (await logOf({ program: process.execPath, parameters: [...V8_FLAGS, MAIN] }))
      .trimEnd()
      .split('\n');
    const request = lines.find((line) => line.includes(PATH) && line.includes('"request"')) ?? '';
    expect(JSON.parse(request)).toMatchObject({ msg: 'request', tenantId: 'tenant-a', status: 200 });
    expect(request).toMatch(/"durationMs":\d+(\.\d)?,/);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'stopped' });
  });

  it('has readable lines, complete at the exit, if LOG_FORMAT is pretty', async () => {
    const variables = { LOG_FORMAT: 'pretty' };
    const log = await logOf({ program: process.execPath, parameters: [...V8_FLAGS, MAIN], variables });
    expect(log).toMatch(LINE);
    expect(log).toMatch(LAST);
  });
});

describeWhere(missing, 'the log on a terminal', () => {
  const onTerminal = {
    program: SCRIPT,
    parameters: [
      '--quiet',
      '--flush',
      '--command',
      `exec ${process.execPath} ${V8_FLAGS.join(' ')} ${MAIN}`,
      '/dev/null',
    ],
    isChild: true,
  };

  it('has readable lines', async () => {
    const log = await logOf(onTerminal);
    expect(log).toMatch(LINE);
    expect(log).toMatch(LAST);
  });

  it('has JSON lines if LOG_FORMAT is json', async () => {
    const log = await logOf({ ...onTerminal, variables: { LOG_FORMAT: 'json' } });
    expect(log).toContain('"msg":"request"');
    expect(log).not.toMatch(LINE);
  });
});
