import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../../../platform/values/records';
import { QmpError, QmpUnreachableError, withQmp } from './qmp.client';

const GREETING = '{"QMP": {"version": {}}}\n';

type Answer = (request: Readonly<Record<string, unknown>>) => string;

describe('withQmp', () => {
  const directory = mkdtempSync(join(tmpdir(), 'uim-qmp-'));
  const path = join(directory, 'qmp.sock');
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** A monitor that sends a greeting and answers each request. */
  async function monitor(greeting: string, answer: Answer): Promise<void> {
    const made = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.write(greeting);
      socket.on('data', (data) => {
        for (const line of data.toString().split('\n').filter(Boolean)) {
          const request: unknown = JSON.parse(line);
          if (isRecord(request)) socket.write(answer(request));
        }
      });
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(path, resolve));
  }

  const returning =
    (value: unknown, before = ''): Answer =>
    ({ id, execute }) =>
      `${execute === 'qmp_capabilities' ? '' : before}${JSON.stringify({ return: value, id })}\n`;

  function ask(options: { signal?: AbortSignal; timeoutMs?: number } = {}): Promise<unknown> {
    const all = { signal: new AbortController().signal, timeoutMs: 2000, ...options };
    return withQmp(path, all, (execute) => execute('query-status', { a: 'ü' }));
  }

  it('negotiates, sends the command and returns the result', async () => {
    const asked: unknown[] = [];
    await monitor(GREETING, (request) => {
      asked.push(request);
      return returning({ status: 'running' })(request);
    });

    expect(await ask()).toEqual({ status: 'running' });
    expect(asked).toMatchObject([
      { execute: 'qmp_capabilities' },
      { execute: 'query-status', arguments: { a: 'ü' } },
    ]);
  });

  it('skips events, unrelated responses and invalid JSON', async () => {
    const noise = '{"event":"STOP"}\n{"return":"no","id":"other"}\n{"return":"no"}\nnonsense\n[]\nnull\n';
    await monitor(GREETING, returning('yes', noise));

    expect(await ask()).toBe('yes');
  });

  it('reports the error from QEMU', async () => {
    await monitor(GREETING, ({ id, execute }) =>
      execute === 'qmp_capabilities'
        ? `${JSON.stringify({ return: {}, id })}\n`
        : `${JSON.stringify({ error: { class: 'GenericError', desc: 'no such thing' }, id })}\n`,
    );

    await expect(ask()).rejects.toThrow(new QmpError('no such thing'));
  });

  it('times out without a greeting or a response', async () => {
    await monitor('', () => '');
    await expect(ask({ timeoutMs: 50 })).rejects.toThrow(QmpUnreachableError);
    sockets.forEach((socket) => socket.write(GREETING));
    await expect(ask({ timeoutMs: 50 })).rejects.toThrow('QEMU does not respond');
  });

  it('rejects with the reason when it is aborted', async () => {
    await monitor('', () => '');
    const controller = new AbortController();
    const asking = ask({ signal: controller.signal });
    controller.abort(new Error('not wanted any more'));

    await expect(asking).rejects.toThrow('not wanted any more');
  });

  it('rejects a line that is too long', async () => {
    await monitor(`${GREETING}{"return": "`, () => 'x'.repeat(2_000_000));

    await expect(ask()).rejects.toThrow('the response of QEMU is too large');
  });

  it('reports a missing socket and a closed connection', async () => {
    await expect(ask()).rejects.toThrow(QmpUnreachableError);
    await monitor(GREETING, () => {
      sockets.forEach((socket) => socket.destroy());
      return '';
    });
    await expect(ask()).rejects.toThrow(QmpUnreachableError);
  });
});
