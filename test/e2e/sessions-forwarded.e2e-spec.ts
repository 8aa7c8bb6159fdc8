import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Database } from '../../src/platform/database';
import { Clock } from '../../src/platform/async/clock';
import type { LocalHost } from '../../src/drivers';
import { UNBOUNDED } from '../../src/drivers/port/resources';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { OpenSessions } from '../../src/compute/instances/sessions/open-sessions';
import { servedBy, startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { expectProblem } from '../support/problem';
import { createSession, SessionClient, type NewSession } from '../support/session-client';
import { newTenant } from '../support/use-app';

const UNKNOWN = { vcpus: UNBOUNDED, ramGB: UNBOUNDED, diskGB: UNBOUNDED, gpus: UNBOUNDED };
const SOON = { withinMs: 60_000 };

/** Its instances are only reached by its own replica, as with QEMU. They have no screen. */
class MachineDriver extends SimulatedDriver {
  readonly localHost: LocalHost;

  constructor() {
    super({ provisionDelayMs: 0, restartDelayMs: 0, capacity: UNKNOWN }, new Clock());
    Object.defineProperty(this, 'abilities', { value: { ...this.abilities, vnc: undefined } });
    const id = randomUUID();
    this.localHost = { id: async () => id, ensureId: async () => id, expectId: () => undefined };
  }
}

/** The network before a replica: it can lose connections, refuse new ones, and swallow data. */
class Network {
  state: 'up' | 'refusing' | 'silent' = 'up';
  port = 0;
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Network> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const network = new Network(
      server,
      `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    );
    server.on('connection', (socket) => network.accept(socket));
    return network;
  }

  get connections(): number {
    return this.sockets.size;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private accept(socket: Socket): void {
    socket.on('error', () => undefined);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    if (this.state === 'refusing') socket.destroy();
    if (this.state !== 'up') {
      socket.resume();
      return;
    }
    const onward = connect(this.port, '127.0.0.1');
    onward.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
    socket.once('close', () => onward.destroy());
    onward.once('close', () => socket.destroy());
  }
}

interface Replica {
  readonly app: TestApp;
  readonly network: Network;
}

describeWhere(POSTGRES_MISSING, 'sessions at a replica that does not reach the host', () => {
  let database: TestDatabase;
  let here: Replica;
  let there: Replica;
  let tenant: Client;
  let instanceId: string;

  async function start(): Promise<Replica> {
    const network = await Network.start();
    const app = await startApp({
      database: 'embedded',
      environment: { ...database.environment, REPLICA_URL: network.url, RECONCILE_SECONDS: '3600' },
      engines: () => servedBy(new MachineDriver()),
    });
    network.port = Number(new URL(app.url).port);
    return { app, network };
  }

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    here = await start();
    there = await start();
  });
  afterAll(async () => {
    for (const { app, network } of [here, there]) {
      network.close();
      await app.close();
    }
    await database.remove();
  });
  beforeEach(async () => {
    tenant = new Client(here.app.url, newTenant());
    ({ id: instanceId } = await new Client(there.app.url, tenant.tenantId).createRunning());
  });
  afterEach(async () => {
    there.network.state = 'up';
    there.network.cut();
    await eventually(() => expect([open(here), open(there)]).toEqual([0, 0]), SOON);
  });

  const open = ({ app }: Replica): number => app.app.get(OpenSessions, { strict: false }).size;
  const create = (request: Readonly<Record<string, unknown>>): Promise<NewSession> =>
    createSession(tenant, instanceId, request);
  const exec = async (...command: readonly string[]): Promise<SessionClient> =>
    SessionClient.connect(await create({ kind: 'exec', command }));
  const sql = (text: string, ...values: readonly unknown[]) =>
    here.app.app.get(Database).query<Record<string, unknown>>({ name: '', text, values });

  it('are created there and forwarded, and count at both replicas', async () => {
    const client = await SessionClient.connect(await create({ kind: 'serial' }), {
      headers: { 'X-Tenant-ID': tenant.tenantId, Origin: here.app.url },
    });
    await eventually(() => expect(client.text).toContain('booted\r\n'));
    client.type('hello');
    await eventually(() => expect(client.text).toMatch(/hello$/));
    expect([open(here), open(there)]).toEqual([1, 1]);
    client.socket.close(1000);
    expect(await client.closed).toMatchObject({ code: 1000 });
  });

  it('pass on much data in both directions, the protocol, and how the session ends', async () => {
    const client = await exec('cat');
    expect(client.socket.protocol).toBe('v1.exec.uim-compute');
    for (let sent = 0; sent < 40; sent++) client.type(String(sent % 10).repeat(100_000));
    client.closeStdin();
    expect(await client.closed).toEqual({ code: 1000, reason: 'exit code 0' });
    expect(client.stdout).toHaveLength(4_000_000);
    expect(client.status).toEqual({ exitCode: 0 });
  });

  it('pass on the refusals of the other replica, and open a ticket once', async () => {
    const session = await create({ kind: 'serial' });
    const client = await SessionClient.connect(session);
    expect(await SessionClient.refused(session.url)).toEqual({ status: 410, code: 'session_ticket_used' });
    const foreign = await create({ kind: 'serial' });
    const options = { headers: { Origin: 'https://evil.example' } };
    expect(await SessionClient.refused(foreign.url, options)).toMatchObject({ code: 'origin_not_allowed' });
    const unknown = foreign.url.replace(/ticket=.*/, `ticket=${'x'.repeat(43)}`);
    expect(await SessionClient.refused(unknown)).toMatchObject({ code: 'session_ticket_invalid' });
    client.socket.terminate();
  });

  it('are refused while the other replica is down, after which the ticket is still valid', async () => {
    const session = await create({ kind: 'serial' });
    there.network.state = 'refusing';
    expect(await SessionClient.refused(session.url)).toEqual({ status: 503, code: 'engine_unavailable' });
    expect(open(here)).toBe(0);
    there.network.state = 'up';
    (await SessionClient.connect(session)).socket.terminate();
  });

  it('are refused if the other replica does not respond', async () => {
    const session = await create({ kind: 'serial' });
    there.network.state = 'silent';
    expect(await SessionClient.refused(session.url)).toEqual({ status: 503, code: 'engine_unavailable' });
    expect(open(here)).toBe(0);
    await eventually(() => expect(there.network.connections).toBe(0));
  });

  it('leave nothing open if the client gives up before the other replica responds', async () => {
    const { url } = await create({ kind: 'serial' });
    there.network.state = 'silent';
    const { hostname, port, pathname, search } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await eventually(() => expect(there.network.connections).toBe(1));
    socket.destroy();
    await eventually(() => expect([open(here), there.network.connections]).toEqual([0, 0]));
  });

  it('end at both replicas if the connection between them or to the client is lost', async () => {
    const client = await exec('cat');
    there.network.cut();
    expect(await client.closed).toMatchObject({ code: 1006 });
    await eventually(() => expect([open(here), open(there)]).toEqual([0, 0]), SOON);
    (await exec('cat')).socket.terminate();
    await eventually(() => expect([open(here), open(there)]).toEqual([0, 0]), SOON);
  });

  it('are not forwarded twice', async () => {
    const { url } = await create({ kind: 'serial' });
    const options = { headers: { 'X-Session-Forwarded': '1' } };
    expect(await SessionClient.refused(url, options)).toEqual({ status: 503, code: 'wrong_replica' });
  });

  it('are refused without the URL of the other replica', async () => {
    const session = await create({ kind: 'serial' });
    const [host] = await sql('SELECT id, replica_url FROM hosts WHERE replica_url = $1', there.network.url);
    await sql('UPDATE hosts SET replica_url = NULL WHERE id = $1', host?.['id']);
    try {
      const answer = await tenant.post(`/instances/${instanceId}/console-sessions`, { kind: 'serial' });
      expectProblem(answer, { status: 503, code: 'wrong_replica' });
      expect(await SessionClient.refused(session.url)).toEqual({ status: 503, code: 'wrong_replica' });
    } finally {
      await sql('UPDATE hosts SET replica_url = $2 WHERE id = $1', host?.['id'], there.network.url);
    }
  });

  it('are refused before they are created if the engine or the instance does not allow them', async () => {
    const path = `/instances/${instanceId}/console-sessions`;
    expectProblem(await tenant.post(path, { kind: 'vnc' }), { status: 409, code: 'not_supported_by_engine' });
    await tenant.post(`/instances/${instanceId}/stop`);
    await tenant.reaches(instanceId, 'stopped');
    expectProblem(await tenant.post(path, { kind: 'serial' }), { status: 400, code: 'instance_not_running' });
  });

  // The last one: it closes the sessions of the replica for good.
  it('are closed when the replica that forwards them shuts down', async () => {
    const client = await exec('cat');
    await here.app.app.get(OpenSessions, { strict: false }).onModuleDestroy();
    expect(await client.closed).toMatchObject({ code: 1006 });
    await eventually(() => expect(open(there)).toBe(0), SOON);
  });
});
