import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import {
  ScriptedGuest,
  SENTINEL,
  syncAnswer,
  synced,
  type GuestAnswer,
} from '../../../../test/support/scripted-guest';
import { AgentConnection } from './agent.connection';
import { AgentRefusedError, AgentUnreachableError } from './agent.errors';
import { GuestAgent } from './guest-agent';

const HOUR_MS = 3_600_000;
const INVALID = 'The guest agent has sent an invalid response';
const SILENT = 'The guest agent does not respond';

describe('a client of the guest agent', () => {
  const directory = mkdtempSync(join(tmpdir(), 'uim-agent-'));
  const path = join(directory, 'agent.sock');
  const opened: AgentConnection[] = [];
  let running: ScriptedGuest | undefined;

  afterEach(async () => {
    for (const connection of opened.splice(0)) connection.close();
    await running?.close();
    running = undefined;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Something that answers in place of an agent. */
  async function guest(answer: GuestAnswer): Promise<void> {
    running = await ScriptedGuest.listen(path, answer);
  }
  const sockets = () => [...(running?.sockets ?? [])];

  async function open(timeoutMs = 5000, signal = new AbortController().signal): Promise<AgentConnection> {
    const connection = await AgentConnection.open(path, timeoutMs, signal);
    opened.push(connection);
    return connection;
  }

  const agent = async (): Promise<GuestAgent> => new GuestAgent(await open());
  const ls = { path: 'env', args: ['A=1', 'ls'], isCaptured: true };
  const request = { command: 'guest-info', timeoutMs: 5000, maxBytes: 1000 };

  it('resets the agent, and sends commands with their arguments and input', async () => {
    const asked: unknown[] = [];
    await guest((request, socket) => {
      asked.push(request);
      return synced(() => '{"return": {"pid": 42}}\n')(request, socket);
    });
    expect(await (await agent()).exec({ ...ls, input: Buffer.from('typed') })).toBe(42);
    expect(asked).toMatchObject([
      { execute: 'guest-sync-delimited' },
      {
        execute: 'guest-exec',
        arguments: { path: 'env', arg: ['A=1', 'ls'], 'capture-output': true, 'input-data': 'dHlwZWQ=' },
      },
    ]);
  });

  it('skips what is left of earlier responses, errors, and responses with other ids', async () => {
    const other = Buffer.concat([SENTINEL, Buffer.from('{"return": 5}\n')]);
    const old = Buffer.from('d": true, "out-data": "eA=="}}\n{"error": {"desc": "JSON parse error"}}\n');
    await guest((request, socket) => {
      if (request['execute'] !== 'guest-sync-delimited') return '{"return": {"pid": 1}}\n';
      socket.write(Buffer.concat([old, other, SENTINEL, old, SENTINEL]));
      return syncAnswer(request);
    });
    expect(await (await agent()).exec(ls)).toBe(1);
  });

  it('does not believe a response to an earlier connection that arrives late', async () => {
    let isSynced = false;
    await guest((request, socket) => {
      if (request['execute'] !== 'guest-sync-delimited') return `{"return": {"pid": ${isSynced ? 1 : 2}}}\n`;
      // In another chunk, so that it is not skipped together with the first one.
      setTimeout(() => {
        isSynced = true;
        socket.write(syncAnswer(request));
      }, 100);
      return Buffer.concat([SENTINEL, Buffer.from('{"return": 5}\n')]);
    });
    expect(await (await agent()).exec(ls)).toBe(1);
  });

  it('times out if nothing answers, and ends the connection', async () => {
    await guest(() => '');
    await expect(open(50)).rejects.toThrow(new AgentUnreachableError(SILENT));
    const [socket] = sockets();
    if (socket?.closed === false) await once(socket, 'close');
  });

  it('times out if a command is not answered', async () => {
    await guest(synced(() => ''));
    await expect((await open()).request({ ...request, timeoutMs: 50 })).rejects.toThrow(SILENT);
  });

  it('rejects with the reason when it is aborted, while it connects or waits', async () => {
    let isSynced = false;
    await guest((request) => (isSynced && 'id' in Object(request['arguments']) ? syncAnswer(request) : ''));
    const [first, second] = [new AbortController(), new AbortController()];
    const opening = open(HOUR_MS, first.signal);
    first.abort(new Error('not wanted'));
    await expect(opening).rejects.toThrow('not wanted');
    isSynced = true;
    const asking = (await open(HOUR_MS, second.signal)).request({ ...request, timeoutMs: HOUR_MS });
    second.abort(new Error('not wanted either'));
    await expect(asking).rejects.toThrow('not wanted either');
  });

  it('finds the response after megabytes that look like the beginning of one', async () => {
    await guest((request) => Buffer.concat([Buffer.alloc(16_000_000, 0xff), syncAnswer(request)]));
    await open(60_000);
  });

  it('does not read a response that is too long, or anything that it has not asked for', async () => {
    const flood = Buffer.alloc(64_000_000, 'x');
    await guest(synced(() => flood));
    await expect((await open()).request(request)).rejects.toThrow(INVALID);
    const taken = sockets().map((socket) => socket.bytesWritten - socket.writableLength);
    expect(Math.max(...taken)).toBeLessThan(8_000_000);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an object without a result', '{}'],
    ['a result that is no object', '{"return": 1}'],
    ['a process id in text', '{"return": {"pid": "1"}}'],
    ['a huge process id', '{"return": {"pid": 1e99}}'],
    ['an error that is no object', '{"error": 1}'],
    ['deep nesting', '['.repeat(60_000)],
    ['no text', Buffer.of(0, 0xff, 0xfe, 0x80)],
  ])('rejects a response with %s', async (_what, line) => {
    await guest(synced(() => Buffer.concat([Buffer.from(line), Buffer.from('\n')])));
    await expect((await agent()).exec(ls)).rejects.toThrow(new AgentUnreachableError(INVALID));
  });

  it('reports why the agent refuses, without control characters and at most 200 characters of it', async () => {
    const desc = `no\u001b[31m\n\u009f such program ${'x'.repeat(1000)}`;
    await guest(synced(() => `${JSON.stringify({ error: { class: 'GenericError', desc } })}\n`));
    const refused = await (await agent()).exec(ls).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AgentRefusedError);
    const message = refused instanceof Error ? refused.message : '';
    expect(message).toMatch(/^The guest agent refused guest-exec: no \[31m {2}such program x+$/);
    expect(message.length).toBeLessThan(300);
  });

  it('reports a missing socket, and a connection that ends', async () => {
    await expect(open()).rejects.toBeInstanceOf(AgentUnreachableError);
    await guest(synced((_request, socket) => (socket.end('{"ret'), '')));
    await expect((await agent()).exec(ls)).rejects.toBeInstanceOf(AgentUnreachableError);
  });

  it.each([
    ['{"return": {"exited": false}}', null],
    [
      '{"return": {"exitcode": 3, "out-data": "b3V0Cg==", "exited": true}}',
      { exitCode: 3, signal: null, stdout: 'out\n', stderr: '', truncated: [] },
    ],
    [
      '{"return": {"signal": 9, "err-data": "ZXJyCg==", "exited": true, "out-truncated": true, "err-truncated": true}}',
      { exitCode: null, signal: 9, stdout: '', stderr: 'err\n', truncated: ['stdout', 'stderr'] },
    ],
  ])('reads the status %s', async (line, expected) => {
    await guest(synced(() => `${line}\n`));
    const status = await (await agent()).status(1);
    expect(status && { ...status, stdout: String(status.stdout), stderr: String(status.stderr) }).toEqual(
      expected,
    );
  });

  it.each(['{"return": {}}', '{"return": {"exited": 1}}', '{"return": [true]}'])(
    'rejects the status %s',
    async (line) => {
      await guest(synced(() => `${line}\n`));
      await expect((await agent()).status(1)).rejects.toThrow(INVALID);
    },
  );

  it('reads large outputs, after it was admitted to', async () => {
    const [out, err] = [Buffer.alloc(16_777_216, 'o'), Buffer.alloc(16_777_216, 'e')];
    const data = { 'out-data': out.toString('base64'), 'err-data': err.toString('base64') };
    let isAdmitted = false;
    await guest(synced(() => `${JSON.stringify({ return: { exited: true, exitcode: 0, ...data } })}\n`));
    const status = await (
      await agent()
    ).status(1, async () => {
      isAdmitted = true;
      return Promise.resolve();
    });
    expect(isAdmitted).toBe(true);
    expect([status?.stdout.equals(out), status?.stderr.equals(err)]).toEqual([true, true]);
  });

  it('does not wait for memory for a command that it says still runs, but rejects so much about it', async () => {
    const data = { 'out-data': Buffer.alloc(100_000).toString('base64') };
    await guest(synced(() => `${JSON.stringify({ return: { exited: false, ...data } })}\n`));
    await expect((await agent()).status(1, () => Promise.resolve())).rejects.toThrow(INVALID);
  });

  it('rejects a large output if it is not wanted', async () => {
    const data = { 'out-data': Buffer.alloc(100_000).toString('base64') };
    await guest(synced(() => `${JSON.stringify({ return: { exited: true, ...data } })}\n`));
    await expect((await agent()).status(1)).rejects.toThrow(INVALID);
  });

  it.each([
    ['small', 1],
    ['large', 1000],
  ])('times out while a %s response arrives byte by byte', async (_size, firstBytes) => {
    await guest(
      synced((_request, socket) => {
        const timer = setInterval(() => socket.write('x'), 5);
        socket.once('close', () => clearInterval(timer));
        return Buffer.alloc(firstBytes, 'x');
      }),
    );
    const large = { smallBytes: 100, timeoutMs: 200, admit: () => Promise.resolve() };
    const limits = { timeoutMs: 200, maxBytes: 1_000_000, large };
    await expect((await open()).request({ command: 'guest-info', ...limits })).rejects.toThrow(SILENT);
  });

  it('gives up on something that never stops sending, before its time is over', async () => {
    const flood = (socket: Socket): void => {
      const part = Buffer.alloc(1_048_576, 'x');
      while (socket.writable && socket.write(part));
      socket.once('drain', () => flood(socket));
    };
    await guest((_request, socket) => (flood(socket), ''));
    await expect(open(HOUR_MS)).rejects.toThrow(SILENT);
    const taken = sockets().map((socket) => socket.bytesWritten - socket.writableLength);
    expect(Math.max(...taken)).toBeLessThan(80_000_000);
  });

  it('reports a connection that was closed before', async () => {
    await guest(synced(() => ''));
    const connection = await open();
    connection.close();
    await expect(connection.request(request)).rejects.toBeInstanceOf(AgentUnreachableError);
  });

  it('does not parse a long response of many small values', async () => {
    const values = `[${'[],'.repeat(1_000_000)}[]]`;
    await guest(synced(() => `{"return": {"exited": true, "values": ${values}}}\n`));
    await expect((await agent()).status(1, () => Promise.resolve())).rejects.toThrow(INVALID);
  });

  it('does not count the time until it is admitted to', async () => {
    await guest(synced(() => `${'x'.repeat(1_000_000)}\n`));
    const admit = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));
    const connection = await open();
    const large = { smallBytes: 100, timeoutMs: 5000, admit };
    const limits = { timeoutMs: 500, maxBytes: 2_000_000, large };
    expect(await connection.request({ command: 'guest-info', ...limits })).toHaveLength(1_000_000);
  });
});
