import { Database } from '../../src/platform/database';
import { SessionsRepository } from '../../src/compute/instances';
import { OpenSessions } from '../../src/compute/instances/sessions/open-sessions';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { createSession, SessionClient } from '../support/session-client';
import { newTenant, useApp } from '../support/use-app';
import { useEngine } from '../support/use-engine';

interface Event {
  readonly type: string;
  readonly actor: string;
  readonly reason: string | null;
}

describe('console and exec sessions', () => {
  const app = useApp({
    environment: { SESSIONS_PER_TENANT: '250', CORS_ORIGINS: 'https://console.example' },
  });
  let tenant: Client;
  let instanceId: string;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id: instanceId } = await tenant.createRunning());
  });
  const database = (): Database => app.running.app.get(Database);
  const openSessions = (): number => app.running.app.get(OpenSessions, { strict: false }).size;
  const exec = async (command: readonly string[], more = {}): Promise<SessionClient> =>
    SessionClient.connect(await createSession(tenant, instanceId, { kind: 'exec', command, ...more }));
  const events = async (): Promise<readonly Event[]> => {
    const { body } = await tenant.get<{ events: Event[] }>(`/instances/${instanceId}/events`);
    return body.events.filter(({ type }) => type.startsWith('session.'));
  };
  const query = (text: string, ...values: readonly unknown[]) =>
    database().query<Record<string, unknown>>({ name: '', text, values });

  it.each([
    [['echo', 'hello', 'ö'], { stdout: 'hello ö\n', stderr: '', status: { exitCode: 0 } }],
    [['exit', '3'], { stdout: '', stderr: '', status: { exitCode: 3 } }],
    [['none'], { stdout: '', stderr: 'none: not found\n', status: { exitCode: 127 } }],
    [['sh', '-c', 'echo a; exit 7'], { stdout: 'a\n', stderr: '', status: { exitCode: 7 } }],
  ])('runs the command %j', async (command, outcome) => {
    const client = await exec(command);
    expect(client.socket.protocol).toBe('v1.exec.uim-compute');
    expect(await client.closed).toEqual({ code: 1000, reason: `exit code ${outcome.status.exitCode}` });
    expect(client).toMatchObject(outcome);
  });

  it('passes the environment, deletes it when the client connects, and never returns or logs it', async () => {
    const env = { TOKEN: 'secret-of-the-session' };
    const session = await createSession(tenant, instanceId, { kind: 'exec', command: ['env'], env });
    expect(JSON.stringify(session)).not.toContain(env.TOKEN);
    const args = 'SELECT args::text, ticket_hash FROM console_sessions WHERE id = $1';
    const [before] = await query(args, session.id);
    expect(before?.['args']).toContain(env.TOKEN);
    expect(session.url).not.toContain(String(before?.['ticket_hash']));
    const client = await SessionClient.connect(session);
    await client.closed;
    expect(client.stdout).toContain(`TOKEN=${env.TOKEN}\n`);
    expect(await query(args, session.id)).toMatchObject([{ args: null }]);
  });

  it('passes standard input until the client closes it', async () => {
    const client = await exec(['cat']);
    client.type('one\n');
    await eventually(() => expect(client.stdout).toBe('one\n'));
    client.type('two');
    client.closeStdin();
    expect(await client.closed).toMatchObject({ code: 1000 });
    expect(client).toMatchObject({ stdout: 'one\ntwo', status: { exitCode: 0 } });
  });

  it('gives a command a terminal of the requested size, resizes it, and passes Ctrl-C', async () => {
    const client = await exec(['sh'], { tty: true, width: 132, height: 50 });
    client.type('stty size\r');
    await eventually(() => expect(client.stdout).toContain('\r\n50 132\r\n$ '));
    client.resize(100, 30);
    client.type('stty size\r');
    await eventually(() => expect(client.stdout).toContain('\r\n30 100\r\n$ '));
    client.type('sleep 1000\r');
    await eventually(() => expect(client.stdout).toContain('sleep 1000\r\n'));
    client.type('\u0003');
    await eventually(() => expect(client.stdout).toMatch(/sleep 1000\r\n\$ $/));
    client.type('exit 4\r');
    await client.closed;
    expect(client.status).toEqual({ exitCode: 4 });
  });

  it('connects the serial console in both directions, with text or binary messages', async () => {
    const client = await SessionClient.connect(await createSession(tenant, instanceId, { kind: 'serial' }));
    await eventually(() => expect(client.text).toContain('booted\r\n'));
    client.type('binary ');
    client.socket.send('and text');
    await eventually(() => expect(client.text).toMatch(/booted\r\nbinary and text$/));
    client.socket.close();
    await client.closed;
  });

  it('records who opened and closed a session, and how it ended, but not its content', async () => {
    const client = await exec(['sh', '-c', 'exit 9']);
    await client.closed;
    await eventually(async () => expect(await events()).toHaveLength(2));
    const described = (await events()).map(({ type, actor, reason }) => `${type} ${actor} ${reason}`);
    expect(described).toHaveLength(2);
    const actor = `tenant:${tenant.tenantId}`;
    expect(described[0]).toMatch(new RegExp(`^session.opened ${actor} exec session [0-9a-f-]{36}$`));
    expect(described[1]).toMatch(
      new RegExp(`^session.closed ${actor} exec session [0-9a-f-]{36} after \\d+ s: exit code 9$`),
    );
    expect(
      await query('SELECT exit_code FROM console_sessions WHERE tenant_id = $1', tenant.tenantId),
    ).toEqual([{ exit_code: 9 }]);
  });

  describe('tickets', () => {
    it('opens a session once, even if many clients use the ticket at the same time', async () => {
      const { url } = await createSession(tenant, instanceId, { kind: 'serial' });
      const attempts = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          SessionClient.connect({ id: '', kind: 'serial', expiresAt: 0, url }),
        ),
      );
      const opened = attempts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(opened).toHaveLength(1);
      expect(await SessionClient.refused(url)).toEqual({ status: 410, code: 'session_ticket_used' });
      expect(await events()).toMatchObject([{ type: 'session.opened' }]);
      for (const client of opened) client.socket.terminate();
    });

    it('expires after 30 seconds', async () => {
      const { url, id, expiresAt } = await createSession(tenant, instanceId, { kind: 'serial' });
      expect(expiresAt - Date.now() / 1000).toBeGreaterThan(20);
      expect(expiresAt - Date.now() / 1000).toBeLessThanOrEqual(30);
      await query('UPDATE console_sessions SET expires_at = now() WHERE id = $1', id);
      expect(await SessionClient.refused(url)).toEqual({ status: 410, code: 'session_ticket_expired' });
    });

    it('responds to unknown tickets and to those of other sessions, instances and tenants alike', async () => {
      const mine = await createSession(tenant, instanceId, { kind: 'serial' });
      const other = await createSession(tenant, instanceId, { kind: 'serial' });
      const { id: otherId } = await tenant.createRunning();
      const stranger = { headers: { 'X-Tenant-ID': newTenant() } };
      const invalid = { status: 403, code: 'session_ticket_invalid' };
      const ticket = new URL(mine.url).searchParams.get('ticket') ?? '';
      expect(await SessionClient.refused(mine.url.replace(mine.id, other.id))).toEqual(invalid);
      expect(await SessionClient.refused(mine.url.replace(instanceId, otherId))).toEqual(invalid);
      expect(await SessionClient.refused(mine.url.replace(ticket, 'x'.repeat(43)))).toEqual(invalid);
      expect(await SessionClient.refused(mine.url.replace(ticket, ''))).toEqual(invalid);
      expect(await SessionClient.refused(mine.url, stranger)).toEqual(invalid);
      // The ticket is still unused.
      const client = await SessionClient.connect(mine, { headers: { 'X-Tenant-ID': tenant.tenantId } });
      client.socket.terminate();
    });

    it('cannot be created by another tenant', async () => {
      const stranger = app.as(newTenant());
      const path = `/instances/${instanceId}/console-sessions`;
      expect((await stranger.post(path, { kind: 'serial' })).status).toBe(403);
    });
  });

  it('refuses pages of other origins without using the ticket', async () => {
    const session = await createSession(tenant, instanceId, { kind: 'serial' });
    const refusal = { status: 403, code: 'origin_not_allowed' };
    for (const origin of ['https://evil.example', 'null', 'https://console.example.evil.example'])
      expect(await SessionClient.refused(session.url, { origin })).toEqual(refusal);
    for (const origin of ['https://console.example', app.url]) {
      const client = await SessionClient.connect(
        await createSession(tenant, instanceId, { kind: 'serial' }),
        { origin },
      );
      client.socket.terminate();
    }
  });

  it('is refused for an instance that does not run', async () => {
    await tenant.post(`/instances/${instanceId}/stop`);
    const { status, body } = await tenant.post<{ code: string }>(
      `/instances/${instanceId}/console-sessions`,
      {
        kind: 'serial',
      },
    );
    expect([status, body.code]).toEqual([400, 'instance_not_running']);
  });

  it('ends when the instance is stopped', async () => {
    const client = await exec(['sleep', '1000']);
    await tenant.post(`/instances/${instanceId}/stop`);
    expect(await client.closed).toMatchObject({ code: 1000 });
  });

  it('ends the command when the client disconnects', async () => {
    const client = await exec(['sleep', '1000']);
    client.socket.terminate();
    await eventually(async () => {
      expect((await events()).at(-1)?.reason).toMatch(/the client disconnected$/);
    });
    await eventually(() => expect(openSessions()).toBe(0));
  });

  it('serves 200 sessions at once', async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => exec(['cat'])));
    expect(openSessions()).toBe(200);
    clients.forEach((client, index) => client.type(`client ${index}`));
    await eventually(() => {
      expect(clients.filter(({ stdout }, index) => stdout === `client ${index}`)).toHaveLength(200);
    });
    for (const client of clients) client.closeStdin();
    const closings = await Promise.all(clients.map(({ closed }) => closed));
    expect(new Set(closings.map(({ code }) => code))).toEqual(new Set([1000]));
    await eventually(() => expect(openSessions()).toBe(0));
  });

  it('ends the sessions of a crashed replica when it no longer renews them', async () => {
    const repository = app.running.app.get(SessionsRepository, { strict: false });
    const { id, url } = await createSession(tenant, instanceId, { kind: 'serial' });
    const ticket = new URL(url).searchParams.get('ticket') ?? '';
    // Opened without a connection, so no process renews it.
    await repository.redeem({ sessionId: id, instanceId, ticket, tenantId: null });
    expect(await repository.lost({ isAlone: false })).not.toContain(id);
    expect(await repository.lost({ isAlone: true })).toContain(id);
    await query(`UPDATE console_sessions SET alive_until = now() - interval '1 s' WHERE id = $1`, id);
    await app.running.app.get(OpenSessions, { strict: false }).endLost({ isAlone: false });
    expect((await events()).map(({ reason }) => reason?.replace(/ after \d+ s/, ''))).toEqual([
      `serial session ${id}`,
      `serial session ${id}: its replica was interrupted`,
    ]);
  });

  it('sweeps sessions that ended long ago or were never opened', async () => {
    const repository = app.running.app.get(SessionsRepository, { strict: false });
    const client = await exec(['exit']);
    await client.closed;
    await eventually(async () => expect(await events()).toHaveLength(2));
    const kept = await createSession(tenant, instanceId, { kind: 'serial' });
    const unused = await createSession(tenant, instanceId, { kind: 'serial' });
    await query(`UPDATE console_sessions SET expires_at = now() - interval '2 h' WHERE id = $1`, unused.id);
    await repository.sweep(Date.now() + 1000);
    expect(await query('SELECT id FROM console_sessions WHERE tenant_id = $1', tenant.tenantId)).toEqual([
      { id: kept.id },
    ]);
  });
});

describe('an engine without consoles', () => {
  const suite = useEngine();

  it('refuses sessions in every status, and stores none', async () => {
    const tenant = suite.app.as(newTenant());
    for (const { id } of [await tenant.createRunning(), await tenant.createStopped()]) {
      for (const kind of ['serial', 'vnc', 'exec']) {
        const request = kind === 'exec' ? { kind, command: ['sh'] } : { kind };
        const answer = await tenant.post(`/instances/${id}/console-sessions`, request);
        expectProblem(answer, { status: 409, code: 'not_supported_by_engine' });
      }
    }
    const text = 'SELECT id FROM console_sessions WHERE tenant_id = $1';
    const database = suite.app.running.app.get(Database);
    expect(await database.query({ name: '', text, values: [tenant.tenantId] })).toEqual([]);
  });
});
