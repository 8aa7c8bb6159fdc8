import { ReadinessProber } from '../../src/compute/instances/readiness/readiness-prober';
import type { Instance } from '../../src/compute/instances';
import { Database } from '../../src/platform/database';
import type { Abilities } from '../../src/drivers';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { EventfulTinyDriver, TinyEvents } from '../support/tiny-events';
import { newTenant, useApp } from '../support/use-app';
import { useEngine } from '../support/use-engine';

const PORTS = [{ port: 80, protocol: 'tcp' }];
const AT_PORT = { kind: 'port', port: 80 };
const NEVER = { 'simulate.readyAfterMs': '3600000' };

describe('readiness', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const create = async (readiness: object, metadata: object = {}): Promise<Instance> => {
    const request = { name: 'web', flavor: 'small', type: 'container', container: { ports: PORTS } };
    const { status, body } = await tenant.post<Instance>('/instances', { ...request, readiness, metadata });
    expect(status).toBe(201);
    return body;
  };
  const wait = <T = Instance>(id: string, query = 'ready=true'): Promise<ApiResponse<T>> =>
    tenant.get<T>(`/instances/${id}/wait?${query}`);
  const eventsOf = async (
    id: string,
  ): Promise<readonly { readonly type: string; readonly reason: unknown }[]> =>
    (await tenant.get<{ events: readonly { type: string; reason: unknown }[] }>(`/instances/${id}/events`))
      .body.events;

  it('becomes true when the guest is ready, some time after it was started', async () => {
    const made = await create(AT_PORT, { 'simulate.readyAfterMs': '700' });
    const readiness = { ...AT_PORT, timeoutSeconds: 300 };
    expect(made).toMatchObject({ readiness, ready: false, readyAt: null });
    const running = await wait(made.id, 'status=running');
    expect(running.body).toMatchObject({ status: 'running', ready: false, readyAt: null });
    const { status, body } = await wait(made.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'running', ready: true });
    expect(body.readyAt).toBeGreaterThanOrEqual(body.createdAt);
    expect(body.version).toBeGreaterThan(running.body.version);
    const types = (await eventsOf(made.id)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['create.succeeded', 'instance.ready']));
  });

  it.each([
    [
      { kind: 'http', port: 80 },
      { kind: 'http', port: 80, path: '/', timeoutSeconds: 300 },
    ],
    [
      { kind: 'exec', command: ['echo', 'up'] },
      { kind: 'exec', command: ['echo', 'up'], timeoutSeconds: 300 },
    ],
    [
      { kind: 'serial', text: 'booted', timeoutSeconds: 9 },
      { kind: 'serial', text: 'booted', timeoutSeconds: 9 },
    ],
  ])('is found with %j', async (readiness, shown) => {
    const { id } = await create(readiness);
    expect((await wait(id)).body).toMatchObject({ readiness: shown, ready: true });
  });

  it.each([
    [{ ...AT_PORT, timeoutSeconds: 1 }, 'nothing listens at the port yet'],
    [{ kind: 'exec', command: ['sh', '-c', 'exit 3'], timeoutSeconds: 1 }, 'the command exited with code 3'],
    [{ kind: 'serial', text: 'never', timeoutSeconds: 1 }, 'the console has not printed the text'],
  ])('is given up after its time, with the reason: %j', async (readiness, why) => {
    const { id } = await create(readiness, NEVER);
    const reason = `not ready after 1 s: ${why}`;
    const { detail } = expectProblem(await wait(id), { status: 409, code: 'instance_not_ready' });
    expect(detail).toContain(reason);
    expect(await tenant.details(id)).toMatchObject({
      ...{ status: 'running', ready: false, readyAt: null, statusReason: reason },
    });
    expect(await eventsOf(id)).toContainEqual(
      expect.objectContaining({ type: 'instance.not_ready', reason }),
    );
  });

  it.each([['stop', 'start'], ['stop', 'restart'], ['reboot']])(
    'is found again after %s and %s',
    async (...actions) => {
      const { id } = await create(AT_PORT);
      await wait(id);
      await tenant.patch(`/instances/${id}`, { metadata: NEVER });
      for (const action of actions)
        await tenant.post(`/instances/${id}/${action}`, null, { Prefer: 'wait=30' });
      const again = (await wait(id, 'status=running')).body;
      expect(again).toMatchObject({ status: 'running', ready: false, readyAt: null });
    },
  );

  it('is false while the instance is stopped, and stays true while it is paused', async () => {
    const { id } = await create(AT_PORT);
    await wait(id);
    expect((await tenant.post<Instance>(`/instances/${id}/pause`)).body).toMatchObject({ ready: true });
    expect((await tenant.post<Instance>(`/instances/${id}/resume`)).body).toMatchObject({ ready: true });
    const stopped = await tenant.post<Instance>(`/instances/${id}/stop`);
    expect(stopped.body).toMatchObject({ status: 'stopped', ready: false, readyAt: null });
    await tenant.post(`/instances/${id}/start`);
    expect((await wait(id)).body).toMatchObject({ ready: true });
  });

  it('is found again after a rebuild, and after a resize with a restart', async () => {
    const { id } = await create(AT_PORT);
    await wait(id);
    const readies = async (): Promise<number> =>
      (await eventsOf(id)).filter(({ type }) => type === 'instance.ready').length;
    // Without waiting for the next round of probes.
    const wakes = jest.spyOn(app.running.app.get(ReadinessProber, { strict: false }), 'wake');
    const isWoken = async (): Promise<void> => {
      await eventually(() => expect(wakes).toHaveBeenCalled());
      wakes.mockClear();
    };
    await tenant.post(`/instances/${id}/rebuild`, { imageId: 'new' });
    await wait(id);
    await isWoken();
    expect(await readies()).toBe(2);
    await tenant.post(`/instances/${id}/resize`, { flavor: 'medium' });
    await wait(id);
    await isWoken();
    expect(await readies()).toBe(2);
    await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.resizeRestart': 'yes' } });
    await tenant.post(`/instances/${id}/resize`, { flavor: 'large', allowRestart: true });
    await wait(id);
    await isWoken();
    expect(await readies()).toBe(3);
    wakes.mockRestore();
  });

  it('is null without a probe: a wait for it ends as soon as the instance runs', async () => {
    const { body } = await tenant.post<Instance>('/instances', { name: 'web', flavor: 'small' });
    expect(body).toMatchObject({ readiness: null, ready: null, readyAt: null });
    expect((await wait(body.id)).body).toMatchObject({ status: 'running', ready: null });
  });

  it('is waited for by its tenant only, and for one goal at a time', async () => {
    const { id } = await create(AT_PORT);
    const other = app.as(newTenant());
    expectProblem(await other.get(`/instances/${id}/wait?ready=true`), {
      status: 403,
      code: 'access_denied',
    });
    for (const query of ['', 'ready=true&status=running', 'ready=false', 'ready=1', 'status=ready'])
      expectProblem(await wait(id, query), { status: 400, code: 'validation_failed' });
    expectProblem(await wait(id, 'ready=true&timeoutSeconds=x'), { status: 400, code: 'validation_failed' });
  });

  it.each([
    [{}, 'readiness.kind'],
    [{ kind: 'ping' }, 'readiness.kind'],
    [{ kind: 'port' }, 'readiness.port'],
    [{ kind: 'port', port: 0 }, 'readiness.port'],
    [{ kind: 'port', port: 81 }, 'readiness.port'],
    [{ kind: 'port', port: 80, path: '/' }, 'readiness.path'],
    [{ kind: 'http', port: 80, path: 'health' }, 'readiness.path'],
    [{ kind: 'http', port: 80, path: '/a b' }, 'readiness.path'],
    [{ kind: 'http', port: 80, path: `/${'x'.repeat(1024)}` }, 'readiness.path'],
    [{ kind: 'http', port: 80, path: '/\r\nHost: x' }, 'readiness.path'],
    [{ kind: 'exec' }, 'readiness.command'],
    [{ kind: 'exec', command: [] }, 'readiness.command'],
    [{ kind: 'exec', command: ['x'.repeat(4097)] }, 'readiness.command'],
    [{ kind: 'exec', command: ['true'], port: 80 }, 'readiness.port'],
    [{ kind: 'serial', text: '' }, 'readiness.text'],
    [{ kind: 'serial', text: 'x'.repeat(256) }, 'readiness.text'],
    [{ kind: 'port', port: 80, timeoutSeconds: 0 }, 'readiness.timeoutSeconds'],
    [{ kind: 'port', port: 80, timeoutSeconds: 3601 }, 'readiness.timeoutSeconds'],
    [{ kind: 'port', port: 80, host: '10.0.0.1' }, 'readiness.host'],
    [null, 'readiness'],
    ['port', 'readiness'],
    [[AT_PORT], 'readiness'],
  ])('is refused with %j, and nothing is created', async (readiness, field) => {
    const request = { name: 'web', flavor: 'small', type: 'container', container: { ports: PORTS } };
    const answer = await tenant.post('/instances', { ...request, readiness });
    const problem = expectProblem(answer, { status: 400, code: 'validation_failed' });
    expect(JSON.stringify(problem)).toContain(`"${field}`);
    expect((await tenant.get<{ instances: readonly object[] }>('/instances')).body.instances).toEqual([]);
  });

  it('is measured, from creation to start to ready', async () => {
    const { id } = await create(AT_PORT);
    await wait(id);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    for (const name of ['start', 'ready'])
      expect(metrics).toMatch(
        new RegExp(`^compute_instance_${name}_duration_seconds_count\\{.*driver="simulated".*\\} [1-9]`, 'm'),
      );
  });
});

describe('a guest that is restarted at its engine', () => {
  class ReadyDriver extends EventfulTinyDriver {
    override readonly abilities: Abilities = {
      ...{ inventory: this, events: this },
      readiness: { kindsFor: () => ['serial'], probe: async () => null },
    };
  }
  let events: TinyEvents;
  beforeAll(async () => {
    events = await TinyEvents.start();
  });
  const suite = useEngine({}, ({ url }) => new ReadyDriver(url, events.port));
  afterAll(() => events.stop());

  it('is probed again, once for each restart', async () => {
    const tenant = suite.app.as(newTenant());
    const readiness = { kind: 'serial', text: 'login:' };
    const { id } = await tenant.createRunning({ type: 'container', readiness });
    const wait = () => tenant.get<Instance>(`/instances/${id}/wait?ready=true`);
    const history = async (): Promise<readonly string[]> => {
      const { body } = await tenant.get<{ events: readonly { type: string }[] }>(`/instances/${id}/events`);
      return body.events.map(({ type }) => type).filter((type) => !type.startsWith('create.'));
    };
    const runs = async (run: string): Promise<void> => {
      suite.engine.put(id, { presence: 'present', power: 'running', run });
      events.say(id);
      await eventually(async () => {
        const rows = await suite.app.running.app.get(Database).query({
          ...{ name: '', text: `SELECT 1 FROM instances WHERE id = $1 AND handle ->> 'run' = $2` },
          values: [id, run],
        });
        expect(rows).toHaveLength(1);
      });
    };
    const { version } = (await wait()).body;

    await runs('first');
    expect(await tenant.details(id)).toMatchObject({ ready: true, version });
    await runs('second');
    expect((await wait()).body).toMatchObject({ status: 'running', ready: true });
    expect(await history()).toEqual(['instance.ready', 'observed.running', 'instance.ready']);

    await suite.round();
    events.say(id);
    await runs('third');
    await wait();
    expect((await history()).slice(3)).toEqual(['observed.running', 'instance.ready']);
  });
});

describe('an engine that cannot probe', () => {
  const suite = useEngine();

  it('refuses a new instance with readiness', async () => {
    const tenant = suite.app.as(newTenant());
    const request = {
      name: 'web',
      flavor: 'small',
      type: 'vm',
      readiness: { kind: 'serial', text: 'login:' },
    };
    expectProblem(await tenant.post('/instances', request), {
      status: 409,
      code: 'not_supported_by_engine',
    });
    expect((await tenant.get<{ instances: readonly object[] }>('/instances')).body.instances).toEqual([]);
  });
});
