import { connect } from 'node:net';
import { Client } from '../support/client';
import { OpenSessions } from '../../src/compute/instances/sessions/open-sessions';
import { startApp } from '../support/app';
import { eventually } from '../support/eventually';
import { sendRaw } from '../support/raw-http';
import { createSession, SessionClient, type NewSession } from '../support/session-client';
import { newTenant, useApp, type SuiteApp } from '../support/use-app';

const SOON = { withinMs: 30_000 };

interface Problem {
  readonly code: string;
}

/** A tenant with a running instance. */
function useInstance(app: SuiteApp) {
  let tenant: Client;
  let instanceId: string;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id: instanceId } = await tenant.createRunning());
  });
  const create = (request: Readonly<Record<string, unknown>>): Promise<NewSession> =>
    createSession(tenant, instanceId, request);
  return {
    create,
    exec: async (...command: readonly string[]): Promise<SessionClient> =>
      SessionClient.connect(await create({ kind: 'exec', command })),
    refusal: async (): Promise<string> => {
      const { body } = await tenant.post<Problem>(`/instances/${instanceId}/console-sessions`, {
        kind: 'serial',
      });
      return body.code;
    },
    reasons: async (): Promise<readonly (string | null)[]> => {
      const { body } = await tenant.get<{ events: { type: string; reason: string | null }[] }>(
        `/instances/${instanceId}/events`,
      );
      return body.events.flatMap(({ type, reason }) => (type === 'session.closed' ? [reason] : []));
    },
    openSessions: (): number => app.running.app.get(OpenSessions, { strict: false }).size,
    tenant: () => tenant,
  };
}

describe('limits of a session', () => {
  const app = useApp({ environment: { SESSION_FRAME_BYTES: '1024', SESSION_UNREAD_SECONDS: '1' } });
  const { create, exec, reasons, openSessions } = useInstance(app);

  it('closes a session whose client sends too large a message', async () => {
    const client = await exec('cat');
    client.type('x'.repeat(1023));
    await eventually(() => expect(client.stdout).toHaveLength(1023));
    client.type('x'.repeat(1024));
    expect(await client.closed).toMatchObject({ code: 1009 });
    await eventually(async () => expect((await reasons())[0]).toMatch(/broke the protocol/));
  });

  it('disconnects a client that does not read, and stops the command', async () => {
    const client = await exec('yes');
    client.socket.pause();
    await eventually(async () => expect((await reasons())[0]).toMatch(/the client does not read$/), SOON);
    await eventually(() => expect(openSessions()).toBe(0));
    client.socket.terminate();
  });

  it('reads no more from a client than its command takes', async () => {
    const client = await exec('sleep', '1000');
    const message = Buffer.alloc(1024);
    const most = 64 * 1024 * 1024;
    let sent = 0;
    let before = -1;
    let looks = 0;
    await eventually(() => {
      while (client.socket.bufferedAmount < 1_000_000 && sent < most) {
        client.socket.send(message);
        sent += message.length;
      }
      looks = sent === before ? looks + 1 : 0;
      before = sent;
      expect(looks).toBeGreaterThan(10);
    }, SOON);
    expect(sent).toBeLessThan(most);
    client.socket.terminate();
  });

  it.each([
    ['an unknown channel', Buffer.of(9)],
    ['an empty message', Buffer.alloc(0)],
    ['text', 'text'],
    ['a size of 0', Buffer.concat([Buffer.of(4), Buffer.from('{"width":0,"height":1}')])],
    ['a size that is not JSON', Buffer.concat([Buffer.of(4), Buffer.from('{')])],
    ['the end of output', Buffer.of(255, 1)],
  ])('closes an exec session whose client sends %s', async (_, message) => {
    const client = await exec('cat');
    client.socket.send(message);
    expect(await client.closed).toMatchObject({ code: 1002 });
  });

  it('refuses handshakes that are malformed, without using the ticket', async () => {
    const session = await create({ kind: 'serial' });
    const { pathname, search } = new URL(session.url);
    const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    for (const rest of ['', 'Sec-WebSocket-Key: x\r\n', 'Sec-WebSocket-Version: 7\r\n']) {
      const { status, raw } = await sendRaw(
        app.url,
        `GET ${pathname}${search} HTTP/1.1\r\n${upgrade}${rest}\r\n`,
      );
      expect(status).toBe(400);
      expect(raw).toContain('application/problem+json');
    }
    const client = await SessionClient.connect(session);
    client.socket.terminate();
  });
});

describe('other upgrades', () => {
  const app = useApp();

  it.each(['h2c', 'websocket'])('serves a request that asks for %s elsewhere as usual', async (protocol) => {
    const body = JSON.stringify({ name: 'upgraded', flavor: 'small', type: 'container' });
    const head =
      'POST /api/v1/compute/instances HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
      `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n` +
      `X-Tenant-ID: ${newTenant()}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const whole = await sendRaw(app.url, head + body);
    expect(whole.status).toBe(201);
    const apart = await sendRaw(app.url, head, body);
    expect(apart.status).toBe(201);
    expect(apart.raw).toContain('"name":"upgraded"');
  });

  it('serves a session URL without an upgrade as an unknown route', async () => {
    const response = await fetch(`${app.url}/api/v1/compute/instances/x/console-sessions/y/connect?ticket=z`);
    expect(response.status).toBe(404);
  });
});

describe('idle sessions', () => {
  const app = useApp({ environment: { SESSION_IDLE_SECONDS: '1' } });
  const { exec } = useInstance(app);

  it('are closed', async () => {
    const client = await exec('sleep', '1000');
    expect(await client.closed).toEqual({ code: 1008, reason: 'no data for 1 s' });
  });
});

describe('long and busy sessions', () => {
  const app = useApp({ environment: { SESSION_MAX_SECONDS: '2', SESSION_MESSAGES_PER_SECOND: '10' } });
  const { exec } = useInstance(app);

  it('are closed after the maximum duration', async () => {
    const client = await exec('clock');
    expect(await client.closed).toEqual({ code: 1008, reason: 'the session has lasted 2 s' });
    expect(client.stdout.split('\n').length).toBeGreaterThan(1);
  });

  it('are slowed down, without loss, if the client sends many messages', async () => {
    const client = await exec('cat');
    const started = performance.now();
    for (let i = 10; i < 25; i++) client.type(`${i} `);
    await eventually(() => expect(client.stdout.trim().split(' ')).toHaveLength(15));
    expect(performance.now() - started).toBeGreaterThan(500);
    expect(client.stdout.startsWith('10 11 12')).toBe(true);
    client.socket.terminate();
  });
});

/** Resolves when the server has closed its side of the connection, too. */
function sendAndClose(url: string): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.setTimeout(15_000, () => socket.destroy(new Error('the server did not close the connection')));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume();
    const headers = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const key = `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`;
    socket.end([`GET ${pathname}${search} HTTP/1.1`, ...headers, key, '', ''].join('\r\n'));
  });
}

describe('the number of sessions', () => {
  const app = useApp({
    environment: {
      SESSIONS_PER_TENANT: '2',
      SESSIONS_PER_REPLICA: '3',
      PUBLIC_URL: 'https://compute.example/base',
    },
  });
  const first = useInstance(app);
  const second = useInstance(app);
  const local = (session: NewSession): NewSession => ({
    ...session,
    url: session.url.replace('wss://compute.example/base', app.url.replace('http', 'ws')),
  });

  it('is limited for a tenant, with tickets, and for a replica, without using the ticket', async () => {
    const mine = [await first.create({ kind: 'serial' }), await first.create({ kind: 'serial' })];
    expect(mine[0]?.url).toMatch(/^wss:\/\/compute\.example\/base\/api\/v1\/compute\/instances\//);
    expect(await first.refusal()).toBe('too_many_sessions');
    const theirs = [await second.create({ kind: 'serial' }), await second.create({ kind: 'serial' })];
    const [one, two, three, four] = [...mine, ...theirs].map(local);
    if (!one || !two || !three || !four) throw new Error('missing');
    const clients = await Promise.all([one, two, three].map((session) => SessionClient.connect(session)));
    expect(await SessionClient.refused(four.url)).toEqual({ status: 503, code: 'too_many_sessions' });
    for (const client of clients) client.socket.terminate();
    await eventually(() => expect(first.openSessions()).toBe(0));
    await eventually(async () => expect(await first.refusal()).toBeUndefined());
    const late = await SessionClient.connect(four);
    late.socket.terminate();
  });

  it('is not used up by clients that close their side of the connection with the handshake', async () => {
    for (let times = 0; times < 3; times++) {
      await sendAndClose(local(await first.create({ kind: 'serial' })).url);
      await eventually(() => expect(first.openSessions()).toBe(0));
    }
    const client = await SessionClient.connect(local(await first.create({ kind: 'serial' })));
    client.socket.terminate();
  });
});

describe('an engine that fails', () => {
  const app = useApp();

  it.each([
    ['simulate.execError', { status: 409, code: 'engine_refused' }],
    ['simulate.execRetryableError', { status: 503, code: 'engine_unavailable' }],
  ])('refuses the connection and ends the session: %s', async (fault, refusal) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning({ metadata: { [fault]: 'out of order' } });
    const { url } = await createSession(tenant, id, { kind: 'exec', command: ['sh'] });
    expect(await SessionClient.refused(url)).toEqual(refusal);
    expect(await SessionClient.refused(url)).toEqual({ status: 410, code: 'session_ticket_used' });
    const { body } = await tenant.get<{ events: { type: string; reason: string }[] }>(
      `/instances/${id}/events`,
    );
    expect(body.events.at(-1)?.type).toBe('session.closed');
    expect(body.events.at(-1)?.reason).toContain('out of order');
  });
});

describe('a shutdown', () => {
  it('closes sessions with 1012, and then completes', async () => {
    const app = await startApp();
    const tenant = new Client(app.url, newTenant());
    const { id } = await tenant.createRunning();
    const client = await SessionClient.connect(await createSession(tenant, id, { kind: 'serial' }));
    const closing = app.close();
    expect(await client.closed).toMatchObject({ code: 1012 });
    await closing;
  });
});

describe('the URL of a session', () => {
  const app = useApp();
  const { tenant } = useInstance(app);

  it('has the host of the request, and the protocol that a proxy received', async () => {
    const { id } = await tenant().createRunning();
    const path = `/instances/${id}/console-sessions`;
    const plain = await tenant().post<NewSession>(path, { kind: 'serial' });
    expect(new URL(plain.body.url).origin).toBe(app.url.replace('http', 'ws'));
    expect(plain.headers.get('cache-control')).toBe('no-store');
    const secure = await tenant().post<NewSession>(
      path,
      { kind: 'serial' },
      { 'X-Forwarded-Proto': 'https' },
    );
    expect(new URL(secure.body.url).protocol).toBe('wss:');
  });
});
