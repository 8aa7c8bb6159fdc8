import { Database } from '../../src/platform/database';
import type { Observation } from '../../src/drivers';
import type { InstanceEvent } from '../../src/compute/events';
import type { Instance } from '../../src/compute/instances';
import { Reconciler } from '../../src/compute/reconciler';
import type { Client } from '../support/client';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import { servedBy } from '../support/app';
import { newTenant, useApp } from '../support/use-app';

const EXITED: Observation = { presence: 'present', power: 'stopped', reason: 'exited with code 3' };
const RUNNING: Observation = { presence: 'present', power: 'running' };
const STOPPED: Observation = { presence: 'present', power: 'stopped' };
const LOST = 'the engine no longer has it';

interface Stored {
  readonly observed: Readonly<Record<string, unknown>> | null;
  readonly version: number;
  readonly xmin: string;
}

describe('the reconciler', () => {
  let engine: TinyEngine;
  beforeAll(async () => {
    engine = await TinyEngine.start();
  });
  afterAll(() => engine.stop());
  afterEach(() => engine.heal());
  // Tests start the rounds themselves.
  const app = useApp({
    environment: { RECONCILE_SECONDS: '3600', WORKER_POLL_MS: '50' },
    engines: () => servedBy(new TinyDriver(engine.url)),
  });
  const database = (): Database => app.running.app.get(Database);
  const round = (): Promise<void> => app.running.app.get(Reconciler).round(new AbortController().signal);

  async function stored(id: string): Promise<Stored> {
    return database().one<Stored>({
      name: '',
      text: 'SELECT observed, version, xmin::text FROM instances WHERE id = $1',
      values: [id],
    });
  }
  const read = async (tenant: Client, id: string): Promise<Instance> =>
    (await tenant.get<Instance>(`/instances/${id}`)).body;
  const eventsOf = async (tenant: Client, id: string): Promise<readonly InstanceEvent[]> =>
    (await tenant.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`)).body.events;

  it('sets an exited instance to stopped with the reason; it can be started again', async () => {
    const tenant = app.as(newTenant());
    const stream = await new EventSource(tenant.tenantId).connect(app.url);
    const { id, version } = await tenant.createRunning();
    const waiting = tenant.get<Instance>(`/instances/${id}/wait?status=stopped&timeoutSeconds=20`);
    engine.put(id, EXITED);

    await round();

    expect((await waiting).body).toMatchObject({
      status: 'stopped',
      statusReason: 'exited with code 3',
      version: version + 1,
    });
    const told = {
      type: 'observed.stopped',
      from: 'running',
      to: 'stopped',
      reason: 'exited with code 3',
      actor: 'system:reconciler',
      requestId: null,
      operationId: null,
      version: version + 1,
    };
    expect((await eventsOf(tenant, id)).find((event) => event.version === version + 1)).toMatchObject(told);
    await eventually(() => {
      expect(stream.received.map(({ event }) => event)).toContainEqual(expect.objectContaining(told));
    });
    await stream.close();
    const { status, body } = await tenant.post<Instance>(`/instances/${id}/start`);
    expect([status, body.status, body.statusReason]).toEqual([200, 'running', null]);
  });

  it('shows the current published ports, only while an instance runs', async () => {
    const tenant = app.as(newTenant());
    const asked = { port: 80, protocol: 'tcp' as const };
    const first = { ...asked, address: '127.0.0.1', hostPort: 10_080 };
    const second = { ...first, hostPort: 12_345 };
    const { id } = await tenant.create({ vm: { ports: [asked] } });
    const running = await tenant.reaches(id, 'running');
    expect(running.ports).toEqual([first]);

    engine.put(id, EXITED);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'stopped', ports: [] });

    engine.put(id, { presence: 'present', power: 'running', ports: [second] });
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'running', ports: [second] });
    const before = await stored(id);
    await round();
    expect(await stored(id)).toEqual(before);

    engine.machines.delete(id);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'error', ports: [] });

    engine.put(id, RUNNING, tenant.tenantId);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'running', ports: [] });
  });

  it('shows changed ports and addresses of a running instance with a new version', async () => {
    const tenant = app.as(newTenant());
    const asked = { port: 80, protocol: 'tcp' as const };
    const { id } = await tenant.create({ vm: { ports: [asked] } });
    const before = await tenant.reaches(id, 'running');
    const ports = [{ ...asked, address: '127.0.0.1', hostPort: 12_346 }];
    const addresses = [{ address: '172.18.0.2', family: 'ipv4', network: 'uim-a', mac: null } as const];

    engine.put(id, { presence: 'present', power: 'running', ports, addresses });
    await round();
    const after = await read(tenant, id);
    expect(after).toMatchObject({ status: 'running', ports, addresses });
    expect(after).toMatchObject({ version: before.version + 1 });

    await round();
    expect(await read(tenant, id)).toEqual(after);

    engine.put(id, EXITED);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'stopped', ports: [], addresses: [] });
  });

  it('sets a missing instance to error, and restores its status when it reappears', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const machine = engine.machines.get(id);
    engine.machines.delete(id);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'error', statusReason: LOST });

    engine.put(id, STOPPED, machine?.tenantId);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'stopped' });

    engine.put(id, RUNNING);
    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'running', statusReason: null });
    expect((await eventsOf(tenant, id)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['observed.error', 'observed.stopped', 'observed.running']),
    );
  });

  it('does not trust a list that lacks an existing instance', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const machine = engine.machines.get(id);
    engine.machines.delete(id);
    await engine.fail('hang', { method: 'GET', path: new RegExp(`/machines/${id}`), times: 1 });
    const running = round();
    // The list lacked the instance, so it is now inspected individually.
    await eventually(() => {
      expect(engine.received.at(-1)?.path).toBe(`/machines/${id}`);
    });
    engine.machines.set(id, machine ?? { id, tenantId: tenant.tenantId, observation: RUNNING });
    await engine.heal();
    await running;
    expect(await read(tenant, id)).toMatchObject({ status: 'running', statusReason: null });

    await round();
    expect(await read(tenant, id)).toMatchObject({ status: 'running', statusReason: null });
  });

  it('ignores an instance with an operation in progress', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    await engine.fail('hang', { method: 'PUT', path: new RegExp(`/machines/${id}/stopped`) });
    const stopping = await tenant.post<Instance>(`/instances/${id}/stop`, undefined, { Prefer: 'wait=0' });
    expect(stopping.status).toBe(202);
    const before = await stored(id);
    engine.put(id, EXITED);

    await round();

    expect(await stored(id)).toEqual(before);
    await engine.heal();
    await tenant.reaches(id, 'stopped');
  });

  it('ignores an instance whose operation began during the inspection', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const machine = new RegExp(`/machines/${id}$`);
    engine.put(id, EXITED);
    await engine.fail('late', { method: 'GET', path: machine, times: 1 });
    const running = round();
    await eventually(() => {
      expect(engine.late).toBe(1);
    });
    const { body } = await tenant.post<Instance>(`/instances/${id}/stop`);
    expect([body.status, body.statusReason]).toEqual(['stopped', null]);
    // The response arrives only now, for a version that is outdated.
    engine.put(id, { presence: 'present', power: 'failed', reason: 'out of memory' });
    await running;
    expect(await read(tenant, id)).toMatchObject({
      status: 'stopped',
      statusReason: null,
      version: body.version,
    });
    engine.put(id, STOPPED);
  });

  it('stores an observation without a new version, and nothing if it is unchanged', async () => {
    const tenant = app.as(newTenant());
    const { id, version } = await tenant.createRunning();
    await round();
    const first = await stored(id);
    expect(first).toMatchObject({ version, observed: { presence: 'present', power: 'running' } });

    await round();

    expect(await stored(id)).toEqual(first);
    expect((await eventsOf(tenant, id)).filter(({ type }) => type.startsWith('observed.'))).toEqual([]);
  });

  it('leaves a failed create in error and removes its leftovers', async () => {
    const tenant = app.as(newTenant());
    await engine.fail('notFound', { method: 'PUT' });
    const { id } = await tenant.create();
    await database().query({
      name: '',
      text: 'UPDATE resource_operations SET spent_ms = 3600000 WHERE resource_id = $1',
      values: [id],
    });
    await tenant.reaches(id, 'error', { withinMs: 20_000 });
    const before = await read(tenant, id);
    engine.put(id, RUNNING, tenant.tenantId);
    await engine.fail('error500', { method: 'DELETE' });
    await round();
    expect(engine.machines.has(id)).toBe(true);
    await engine.heal();

    await round();

    expect(engine.machines.has(id)).toBe(false);
    expect(await read(tenant, id)).toEqual(before);
    const { text: metrics } = await tenant.request('/metrics');
    expect(metrics).toMatch(/compute_remains_removed_total\{.*driver="tiny".*\} 1/);
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
  });
});
