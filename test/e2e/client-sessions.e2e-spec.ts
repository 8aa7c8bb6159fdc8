import { randomBytes } from 'node:crypto';
import { ComputeClient, SessionError, type ExecRequest, type RunningCommand } from 'uim-compute-client';
import { WebSocket } from 'ws';
import { OpenSessions } from '../../src/compute/instances/sessions/open-sessions';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null | undefined;
}

async function outcomeOf(running: RunningCommand): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' };
  for await (const { stream, data } of running.output())
    outcome[stream] += Buffer.from(data).toString('latin1');
  return { ...outcome, exitCode: running.exitCode };
}

describe('sessions of the typed client', () => {
  const app = useApp({
    environment: { SESSIONS_PER_TENANT: '250', SESSION_UNREAD_SECONDS: '1' },
  });
  let tenant: Client;
  let id: string;
  let compute: ComputeClient;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id } = await tenant.createRunning());
    compute = new ComputeClient({ baseUrl: app.url, tenantId: tenant.tenantId, WebSocket });
  });
  const exec = (command: readonly string[], more: Partial<ExecRequest> = {}): Promise<RunningCommand> =>
    compute.sessions.exec(id, { command, ...more });
  const openSessions = (): number => app.running.app.get(OpenSessions, { strict: false }).size;

  it('run commands with output, errors, environment and exit code', async () => {
    expect(await outcomeOf(await exec(['sh', '-c', 'echo one; none; exit 9']))).toEqual({
      stdout: 'one\n',
      stderr: 'none: not found\n',
      exitCode: 9,
    });
    expect(await outcomeOf(await exec(['env'], { env: { A: 'b c' } }))).toMatchObject({ stdout: 'A=b c\n' });
  });

  it('pass 1 MB of input and output, byte for byte', async () => {
    const input = randomBytes(1_048_576);
    const running = await exec(['cat']);
    const ended = outcomeOf(running);
    await running.write(input);
    await running.endInput();
    const { stdout, exitCode } = await ended;
    expect([exitCode, Buffer.from(stdout, 'latin1').equals(input)]).toEqual([0, true]);
  });

  it('give a command a terminal and resize it', async () => {
    const running = await exec(['sh'], { tty: { width: 132, height: 50 } });
    let seen = '';
    for await (const { data } of running.output()) {
      const before = seen;
      seen += Buffer.from(data).toString();
      if (before === '') await running.write('stty size\r');
      if (!before.includes('50 132') && seen.includes('50 132')) {
        await running.resize({ width: 90, height: 20 });
        await running.write('stty size\r');
      }
      if (!before.includes('20 90') && seen.includes('20 90')) await running.write('exit 5\r');
    }
    expect(running.exitCode).toBe(5);
  });

  it('run 200 commands at once, each with its own exit code', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const running = await exec(['sh']);
        const ended = outcomeOf(running);
        await running.write(`echo ${index}; exit ${index}\n`);
        return ended;
      }),
    );
    expect(outcomes).toEqual(
      Array.from({ length: 200 }, (_, index) => ({ stdout: `${index}\n`, stderr: '', exitCode: index })),
    );
    await eventually(() => expect(openSessions()).toBe(0));
  }, 180_000);

  it('hold back a command whose output is not read, and report that the service gave it up', async () => {
    const running = await exec(['yes']);
    await eventually(() => expect(openSessions()).toBe(0));
    let length = 0;
    const reading = (async () => {
      for await (const { data } of running.output()) length += data.length;
    })();
    await expect(reading).rejects.toBeInstanceOf(SessionError);
    expect(length).toBeGreaterThan(1_000_000);
    expect(length).toBeLessThan(64_000_000);
  });

  it('connect the serial console in both directions, until the client leaves', async () => {
    const connection = await compute.sessions.open(id, 'serial');
    let seen = '';
    for await (const message of connection.messages()) {
      seen += Buffer.from(message).toString();
      if (seen.endsWith('booted\r\n')) await connection.send(Buffer.from('typed'));
      if (seen.endsWith('typed')) connection.close();
    }
    expect(seen).toMatch(/booted\r\ntyped$/);
    await eventually(() => expect(openSessions()).toBe(0));
  });

  it('end the command if the client leaves the loop, or if its signal aborts', async () => {
    const left = await exec(['yes']);
    for await (const { stream } of left.output()) {
      expect(stream).toBe('stdout');
      break;
    }
    await eventually(() => expect(openSessions()).toBe(0));
    const ending = new AbortController();
    const aborted = await compute.sessions.exec(
      id,
      { command: ['sleep', '1000'] },
      { signal: ending.signal },
    );
    const ended = outcomeOf(aborted);
    ending.abort(new Error('no longer needed'));
    await expect(ended).rejects.toThrow('no longer needed');
    await eventually(() => expect(openSessions()).toBe(0));
  });

  it('end with an error if the instance is stopped before the command ends', async () => {
    const running = await exec(['sleep', '1000']);
    const ended = expect(outcomeOf(running)).rejects.toMatchObject({ name: 'SessionError', closeCode: 1000 });
    await tenant.post(`/instances/${id}/stop`);
    await ended;
  });

  it('report refusals before and during the connection as problems', async () => {
    const stopped = await tenant.createStopped();
    const refused = { code: 'instance_not_running' };
    await expect(compute.sessions.open(stopped.id, 'vnc')).rejects.toMatchObject(refused);
    const broken = await tenant.createRunning({ metadata: { 'simulate.execError': 'out of order' } });
    await expect(compute.sessions.exec(broken.id, { command: ['sh'] })).rejects.toMatchObject({
      name: 'ProblemError',
      status: 409,
      code: 'engine_refused',
    });
    const busy = await tenant.createRunning({ metadata: { 'simulate.execRetryableError': 'busy' } });
    await expect(compute.sessions.exec(busy.id, { command: ['sh'] })).rejects.toMatchObject({
      code: 'engine_unavailable',
      retryable: true,
      retryAfterSeconds: 5,
    });
  });

  it('need a WebSocket, and use the global one', async () => {
    const plain = new ComputeClient({ baseUrl: app.url, tenantId: tenant.tenantId });
    const before: unknown = Reflect.get(globalThis, 'WebSocket');
    try {
      Reflect.set(globalThis, 'WebSocket', undefined);
      await expect(plain.sessions.open(id, 'serial')).rejects.toThrow(/pass that of the package ws/);
      Reflect.set(globalThis, 'WebSocket', WebSocket);
      const connection = await plain.sessions.open(id, 'serial');
      connection.close();
    } finally {
      Reflect.set(globalThis, 'WebSocket', before);
    }
  });

  it('are as protected as the calls of the client', async () => {
    const fetchPlain = (request: Request): Promise<Response> =>
      fetch(request.url.replace('https:', 'http:'), {
        method: request.method,
        headers: request.headers,
        body: request.body,
        duplex: 'half',
      });
    const secure = new ComputeClient({
      baseUrl: app.url.replace('http:', 'https:'),
      tenantId: tenant.tenantId,
      fetch: fetchPlain,
    });
    const { url } = await secure.sessions.create(id, { kind: 'serial' });
    expect(new URL(url).protocol).toBe('wss:');
  });
});
