import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { AUTOSTARTED, historyOf, KILLED } from '../support/restarts';
import { EventfulTinyDriver, TinyEvents } from '../support/tiny-events';
import { newTenant, useApp } from '../support/use-app';
import { useEngine } from '../support/use-engine';

const ON_FAILURE = { condition: 'on-failure' } as const;
const CRASHING = { 'simulate.exitAfterMs': '20' };
const GIVEN_UP = 'exited with code 1 (given up after 3 restarts in a row)';

describe('an instance whose guest fails', () => {
  const app = useApp({ environment: { RESTART_BACKOFF_MS: '100' } });
  let tenant: Client;
  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const given = (parts: object = {}) => ({
    restartPolicy: { ...ON_FAILURE, maxRestarts: 3 },
    metadata: CRASHING,
    ...parts,
  });

  async function reachesEvent(id: string, type: string, count = 1): Promise<Instance> {
    await eventually(async () => {
      const types = (await historyOf(tenant, id)).map((event) => event.type);
      expect(types.filter((each) => each === type)).toHaveLength(count);
    });
    return (await tenant.get<Instance>(`/instances/${id}`)).body;
  }

  it('is restarted with a growing delay, and given up with a reason, all of it in its history', async () => {
    const { id } = await tenant.create(given());

    expect(await reachesEvent(id, 'restart.given_up')).toMatchObject({
      status: 'stopped',
      statusReason: GIVEN_UP,
    });

    const why = (count: number, seconds: number): string =>
      `exited with code 1 (restart ${count} of 3 after ${seconds} s)`;
    const restart = (reason: string) => [
      { type: 'observed.stopped', from: 'running', to: 'stopped', reason, actor: 'system:reconciler' },
      { type: 'start.requested', from: 'stopped', to: 'stopped', reason, actor: 'system:restarter' },
      { type: 'start.succeeded', from: 'stopped', to: 'running', actor: 'system:restarter' },
    ];
    expect(await historyOf(tenant, id)).toMatchObject([
      { type: 'create.requested' },
      { type: 'create.succeeded' },
      ...restart(why(1, 0.1)),
      ...restart(why(2, 0.2)),
      ...restart(why(3, 0.4)),
      { type: 'restart.given_up', from: 'running', to: 'stopped', reason: GIVEN_UP },
    ]);
    const operations = await tenant.operationsOf(id);
    expect(operations.map(({ type, status }) => `${type} ${status}`)).toEqual([
      ...Array.from({ length: 3 }, () => 'start succeeded'),
      'create succeeded',
    ]);
  });

  it('gets as many restarts again after a start by its user', async () => {
    const { id } = await tenant.create(given({ restartPolicy: { ...ON_FAILURE, maxRestarts: 1 } }));
    await reachesEvent(id, 'restart.given_up');
    expect((await tenant.post(`/instances/${id}/start`)).status).toBe(200);
    await reachesEvent(id, 'restart.given_up', 2);
    const starts = (await historyOf(tenant, id)).filter(({ type }) => type === 'start.requested');
    expect(starts).toMatchObject([
      { actor: 'system:restarter' },
      { actor: `tenant:${tenant.tenantId}` },
      { actor: 'system:restarter', reason: 'exited with code 1 (restart 1 of 1 after 0.1 s)' },
    ]);
  });

  it.each([
    ['its policy is never', { metadata: CRASHING }, 'exited with code 1'],
    [
      'it exited with code 0',
      { restartPolicy: ON_FAILURE, metadata: { ...CRASHING, 'simulate.exitCode': '0' } },
      'exited with code 0',
    ],
    ['it has only autostart', { autostart: true, metadata: CRASHING }, 'exited with code 1'],
  ])('stays stopped if %s', async (_, request, reason) => {
    const { id } = await tenant.create(request);
    const stopped = await reachesEvent(id, 'observed.stopped');
    expect(stopped.statusReason).toBe(reason);
    // It was stopped without a restart in mind, so a stop has nothing to cancel.
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 400, code: 'instance_not_running' });
  });
});

describe('an instance that waits for its restart', () => {
  const app = useApp({ environment: { RESTART_BACKOFF_MS: '60000' } });
  let tenant: Client;
  let id: string;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    ({ id } = await tenant.create({ restartPolicy: ON_FAILURE, metadata: CRASHING }));
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({
      statusReason: 'exited with code 1 (restart 1 of 5 after 60 s)',
    });
  });

  it('can be stopped, which cancels the restart', async () => {
    const dryRun = await tenant.post(`/instances/${id}/stop`, undefined, { Prefer: 'dry-run' });
    expect(dryRun.status).toBe(200);
    const { status, body } = await tenant.post<Instance>(`/instances/${id}/stop`);
    expect([status, body.status, body.statusReason]).toEqual([200, 'stopped', null]);
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 400, code: 'instance_not_running' });
  });

  it('can be started, restarted and deleted', async () => {
    // The guest may have exited again before the response.
    expect((await tenant.post(`/instances/${id}/start`)).status).toBe(200);
    await tenant.reaches(id, 'stopped');
    expect((await tenant.post(`/instances/${id}/restart`)).status).toBe(200);
    await tenant.reachesOperation(id, 'restart', 'succeeded');
    await tenant.reaches(id, 'stopped');
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
  });

  it('still waits after a patch', async () => {
    await tenant.patch(`/instances/${id}`, { name: 'web-1' });
    expect((await tenant.post(`/instances/${id}/stop`)).status).toBe(200);
  });
});

describe('restart policy and autostart', () => {
  const app = useApp();

  it('are off by default, and shown as given', async () => {
    const tenant = app.as(newTenant());
    expect(await tenant.create()).toMatchObject({
      autostart: false,
      restartPolicy: { condition: 'never', maxRestarts: 5 },
    });
    const request = { autostart: true, restartPolicy: ON_FAILURE };
    const created = await tenant.create(request);
    expect(created).toMatchObject({ autostart: true, restartPolicy: { ...ON_FAILURE, maxRestarts: 5 } });
    expect((await tenant.get<Instance>(`/instances/${created.id}`)).body).toMatchObject(request);
  });

  it('are patched member by member', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.create({ restartPolicy: { ...ON_FAILURE, maxRestarts: 7 } });
    const patched = async (changes: object) =>
      (await tenant.patch<Instance>(`/instances/${id}`, changes)).body;
    expect(await patched({ autostart: true })).toMatchObject({
      autostart: true,
      restartPolicy: { ...ON_FAILURE, maxRestarts: 7 },
    });
    expect(await patched({ restartPolicy: { maxRestarts: 100 } })).toMatchObject({
      autostart: true,
      restartPolicy: { ...ON_FAILURE, maxRestarts: 100 },
    });
    expect((await patched({ restartPolicy: { condition: 'never' } })).restartPolicy).toEqual({
      condition: 'never',
      maxRestarts: 100,
    });
  });

  it.each([
    { restartPolicy: null },
    { restartPolicy: 'on-failure' },
    { restartPolicy: [] },
    { restartPolicy: { condition: 'always' } },
    { restartPolicy: { condition: null } },
    { restartPolicy: { ...ON_FAILURE, maxRestarts: 0 } },
    { restartPolicy: { ...ON_FAILURE, maxRestarts: 101 } },
    { restartPolicy: { ...ON_FAILURE, maxRestarts: 1.5 } },
    { restartPolicy: { ...ON_FAILURE, maxRestarts: null } },
    { restartPolicy: { ...ON_FAILURE, delay: 1 } },
    { autostart: 'true' },
    { autostart: null },
  ])('refuse %j', async (members) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.create();
    const invalid = { status: 400, code: 'validation_failed' };
    expectProblem(await tenant.post('/instances', { name: 'web', flavor: 'small', ...members }), invalid);
    expectProblem(await tenant.patch(`/instances/${id}`, members), invalid);
  });

  it('require a condition in a new policy', async () => {
    const request = { name: 'web', flavor: 'small', restartPolicy: { maxRestarts: 3 } };
    expectProblem(await app.as(newTenant()).post('/instances', request), {
      status: 400,
      code: 'validation_failed',
    });
  });
});

describe('a restart of the host', () => {
  let events: TinyEvents;
  beforeAll(async () => {
    events = await TinyEvents.start();
  });
  const suite = useEngine({}, ({ url }) => new EventfulTinyDriver(url, events.port));
  afterAll(() => events.stop());

  async function restarted(tenant: Client, id: string): Promise<void> {
    await tenant.reachesOperation(id, 'start', 'succeeded');
    await tenant.reaches(id, 'running');
  }

  it('brings back the instances with autostart that ran, and only those', async () => {
    const tenant = suite.app.as(newTenant());
    await suite.round();
    const autostart = await tenant.createRunning({ autostart: true });
    const other = await tenant.createRunning({ restartPolicy: ON_FAILURE });
    const stopped = await tenant.createStopped({ autostart: true });
    await suite.engine.fail('refuse');
    events.cut();
    for (const { id } of [autostart, other]) suite.engine.put(id, KILLED);
    await suite.round();
    await suite.engine.heal();

    await suite.round();

    await restarted(tenant, autostart.id);
    expect(await tenant.reaches(other.id, 'stopped')).toMatchObject({ statusReason: KILLED.reason });
    expect((await tenant.operationsOf(stopped.id))[0]).toMatchObject({ type: 'stop' });
    const history = await historyOf(tenant, autostart.id);
    expect(history.slice(-3)).toMatchObject([
      { type: 'observed.stopped', reason: AUTOSTARTED },
      { type: 'start.requested', reason: AUTOSTARTED, actor: 'system:restarter' },
      { type: 'start.succeeded' },
    ]);
  });

  it('brings back those that the engine stopped in an orderly way before', async () => {
    const tenant = suite.app.as(newTenant());
    await suite.round();
    const autostart = await tenant.createRunning({ autostart: true });
    const requested = await tenant.createStopped({ autostart: true });
    suite.engine.put(autostart.id, KILLED);
    events.say(autostart.id);
    expect((await tenant.reaches(autostart.id, 'stopped')).statusReason).toBe(KILLED.reason);
    await suite.engine.fail('refuse');
    await suite.round();
    await suite.engine.heal();

    await suite.round();

    await restarted(tenant, autostart.id);
    const history = await historyOf(tenant, autostart.id);
    expect(history.at(-2)).toMatchObject({ type: 'start.requested', reason: AUTOSTARTED });
    expect((await tenant.operationsOf(requested.id))[0]).toMatchObject({ type: 'stop' });
  });

  it('is not assumed while there is contact with the engine', async () => {
    const tenant = suite.app.as(newTenant());
    await suite.round();
    const { id } = await tenant.createRunning({ autostart: true });
    suite.engine.put(id, KILLED);
    await suite.round();
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe(KILLED.reason);
  });

  it('is known without contact if the engine reports it', async () => {
    const tenant = suite.app.as(newTenant());
    await suite.round();
    const { id } = await tenant.createRunning({ autostart: true });
    suite.engine.put(id, { ...KILLED, ending: { isFailure: true, isHostRestarted: true } });
    await suite.round();
    await restarted(tenant, id);
  });
});
