import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Socket } from 'node:net';
import { eventually } from '../support/eventually';
import { freePort } from '../support/postgres';
import { MAIN, V8_FLAGS } from '../support/service';

/** Enough log lines to overflow the pipe: each request writes more than 200 bytes. */
const REQUESTS = 1000;

describe('standard output without a reader', () => {
  let directory: string;
  let pipe: number;
  let child: ChildProcess;
  let url: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'compute-stdout-'));
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    pipe = openSync(join(directory, 'pipe'), constants.O_RDWR);
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    const env = { PATH: process.env['PATH'], PORT: port, HOST: '127.0.0.1', LOG_LEVEL: 'debug' };
    child = spawn(process.execPath, [...V8_FLAGS, MAIN], {
      env: { ...env, DATA_DIR: join(directory, 'data') },
      stdio: ['ignore', pipe, 'ignore'],
    });
    await eventually(() => fetch(`${url}/health`), { withinMs: 120_000 });
    for (let count = 0; count < REQUESTS; count++) {
      const response = await fetch(`${url}/api/v1/compute/instances?limit=1`);
      expect(response.status).toBe(200);
    }
  });
  afterEach(() => {
    child.kill('SIGKILL');
    closeSync(pipe);
    rmSync(directory, { recursive: true, force: true });
  });

  it('does not block responses or the exit on SIGTERM', async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  it('does not block the exit on a second SIGTERM', async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    await exited;
    expect(child.signalCode).toBeNull();
  });

  it('keeps every line intact until there is a reader', async () => {
    const reader = new Socket({ fd: openSync(join(directory, 'pipe'), 'r'), writable: false });
    const requests: unknown[] = [];
    const lines = createInterface({ input: reader });
    lines.on('line', (line) => {
      const parsed: unknown = JSON.parse(line);
      if (line.includes('/instances?limit=1') || line.includes('"/api/v1/compute/instances'))
        requests.push(parsed);
    });
    await eventually(() => expect(requests).toHaveLength(REQUESTS), { withinMs: 30_000 });
    lines.close();
    reader.destroy();
  });
});
