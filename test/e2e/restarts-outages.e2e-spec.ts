import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import { Reconciler } from '../../src/compute/reconciler';
import { servedBy, startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { expectProblem } from '../support/problem';
import { AUTOSTARTED, historyOf, KILLED } from '../support/restarts';
import { TinyEngine } from '../support/tiny-engine';
import { EventfulTinyDriver, TinyEvents } from '../support/tiny-events';
import { newTenant } from '../support/use-app';
import { useEngine } from '../support/use-engine';

async function isAutostarted(tenant: Client, id: string): Promise<void> {
  await tenant.reachesOperation(id, 'start', 'succeeded');
  await tenant.reaches(id, 'running');
  const start = { type: 'start.requested', reason: AUTOSTARTED, actor: 'system:restarter' };
  expect((await historyOf(tenant, id)).at(-2)).toMatchObject(start);
}

describe('an instance that is not observed right after an outage of its engine', () => {
  let events: TinyEvents;
  beforeAll(async () => {
    events = await TinyEvents.start();
  });
  const suite = useEngine({}, ({ url }) => new EventfulTinyDriver(url, events.port));
  afterAll(() => events.stop());

  let tenant: Client;
  let id: string;
  let other: string;
  beforeEach(async () => {
    tenant = suite.app.as(newTenant());
    await suite.round();
    ({ id } = await tenant.createRunning({ autostart: true }));
    ({ id: other } = await tenant.createRunning({ autostart: true }));
  });

  async function outage(): Promise<void> {
    await suite.engine.fail('refuse');
    events.cut();
    for (const each of [id, other]) suite.engine.put(each, KILLED);
    await suite.round();
    await suite.engine.heal();
  }

  it('is started with autostart once it can be inspected, and the others do not wait for it', async () => {
    await outage();
    await suite.engine.fail('error500', { method: 'GET', path: new RegExp(`/machines/${id}$`) });
    await suite.round();
    await isAutostarted(tenant, other);
    expect(await tenant.details(id)).toMatchObject({ status: 'running' });

    await suite.engine.heal();
    await suite.round();

    await isAutostarted(tenant, id);
    suite.engine.put(id, KILLED);
    await suite.round();
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe(KILLED.reason);
  });

  it('is started with autostart after the end of the operation that was open then', async () => {
    const database = suite.app.running.app.get(Database);
    const operationId = newId();
    await database.query({
      name: '',
      text: `INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, host_id, due_at)
        VALUES ($1, $2, $3, 'attach', 'running', 'request', 'tiny', now() + interval '1 hour')`,
      values: [operationId, tenant.tenantId, id],
    });
    await outage();
    await suite.round();
    await isAutostarted(tenant, other);
    expect(await tenant.details(id)).toMatchObject({ status: 'running' });

    await database.query({
      name: '',
      text: `UPDATE resource_operations SET status = 'succeeded', finished_at = now() WHERE id = $1`,
      values: [operationId],
    });
    await suite.round();

    await isAutostarted(tenant, id);
  });
});

describe('a restart of the service', () => {
  let boot = 'first';
  class BootedDriver extends EventfulTinyDriver {
    bootId(): Promise<string> {
      return Promise.resolve(boot);
    }
  }

  let engine: TinyEngine;
  let events: TinyEvents;
  let database: TestDatabase;
  let app: TestApp;
  let tenant: Client;
  let id: string;
  beforeAll(async () => {
    [engine, events, database] = await Promise.all([
      TinyEngine.start(),
      TinyEvents.start(),
      createTestDatabase(),
    ]);
  });
  afterAll(() => Promise.all([engine.stop(), events.stop(), database.remove()]));

  beforeEach(async () => {
    const tenantId = newTenant();
    await start(tenantId);
    await round();
    ({ id } = await tenant.createRunning({ autostart: true }));
    engine.put(id, KILLED);
    events.say(id);
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe(KILLED.reason);
  });
  afterEach(async () => {
    await engine.heal();
    await app.close();
  });

  async function start(tenantId = tenant.tenantId): Promise<void> {
    app = await startApp({
      existingDatabase: database,
      environment: { RECONCILE_SECONDS: '3600' },
      engines: () => servedBy(new BootedDriver(engine.url, events.port)),
    });
    tenant = new Client(app.url, tenantId);
  }

  const round = () => app.app.get(Reconciler).round(new AbortController().signal);

  it.each([
    ['before', true],
    ['after', false],
  ])(
    'during an outage brings back what stopped shortly before it, if the engine returns %s the start',
    async (_, isBackBefore) => {
      await engine.fail('refuse');
      await round();
      await app.close();
      if (isBackBefore) await engine.heal();
      await start();
      await round();
      await engine.heal();

      await round();

      await isAutostarted(tenant, id);
    },
  );

  it('after a boot of its host brings back what stopped shortly before the service, once', async () => {
    await app.close();
    boot = 'second';
    await start();
    await round();
    await isAutostarted(tenant, id);

    engine.put(id, KILLED);
    events.say(id);
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe(KILLED.reason);
    await app.close();
    await start();
    await round();
    expect(await tenant.details(id)).toMatchObject({ status: 'stopped', statusReason: KILLED.reason });
  });

  it('after a boot of its host leaves what a tenant stopped, and what is not to be started then', async () => {
    const other = await tenant.createRunning();
    engine.put(other.id, KILLED);
    events.say(other.id);
    await tenant.reaches(other.id, 'stopped');
    const stopped = await tenant.createRunning({ autostart: true });
    await tenant.post(`/instances/${stopped.id}/stop`);
    await tenant.reaches(stopped.id, 'stopped');
    await app.close();
    boot = 'third';
    await start();
    await round();

    await isAutostarted(tenant, id);
    for (const each of [other, stopped]) {
      expect(await tenant.details(each.id)).toMatchObject({ status: 'stopped' });
      const cancelled = await tenant.post(`/instances/${each.id}/stop`);
      expectProblem(cancelled, { status: 400, code: 'instance_not_running' });
    }
  });

  it('after a boot of its host leaves what stopped long before the service', async () => {
    const run = (text: string) => app.app.get(Database).query({ name: '', text, values: [] });
    await run(`UPDATE hosts SET contact_at = now() - interval '1 hour'`);
    await run(`UPDATE instances SET ended_at = now() - interval '10 minutes' WHERE ended_at IS NOT NULL`);
    await app.close();
    boot = 'fourth';
    await start();
    await round();
    expect(await tenant.details(id)).toMatchObject({ status: 'stopped', statusReason: KILLED.reason });
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 400, code: 'instance_not_running' });
  });

  it('without an outage leaves what stopped by itself stopped', async () => {
    await app.close();
    await start();
    await round();
    expect(await tenant.details(id)).toMatchObject({ status: 'stopped', statusReason: KILLED.reason });
    // It waits for no start that a stop could cancel.
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 400, code: 'instance_not_running' });
  });
});
