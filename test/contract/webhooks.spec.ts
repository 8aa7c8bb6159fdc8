import { Client } from 'pg';
import {
  DeliveryQueueRepository,
  type ClaimedDelivery,
  type ClaimRequest,
  type Outcome,
} from '../../src/compute/webhooks/store/delivery-queue.repository';
import { WebhooksRepository } from '../../src/compute/webhooks/store/webhooks.repository';
import { openDatabase, type Database } from '../../src/platform/database';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { newId } from '../../src/platform/values/uuid';
import { eventually } from '../support/eventually';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { newTenant } from '../support/use-app';

const INSERT = 'INSERT INTO resource_events (resource_id, version, tenant_id, type) VALUES ($1, $2, $3, $4)';
const DAY_MS = 86_400_000;
/** The embedded database has no concurrent transactions. */
const onPostgres = DATABASE_KIND === 'postgres' ? it : it.skip;
const LIMITS = { limit: 100, ofTenant: 100, ofWebhook: 100 };
const CLAIM: ClaimRequest = { isSlow: false, ...LIMITS, busy: [], leaseMs: 60_000 };

describe(`webhooks in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let webhooks: WebhooksRepository;
  let queue: DeliveryQueueRepository;
  let tenant: string;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    webhooks = new WebhooksRepository(database);
    queue = new DeliveryQueueRepository(database);
  });
  beforeEach(async () => {
    tenant = newTenant();
    await run('DELETE FROM webhook_deliveries');
    await run('DELETE FROM webhooks');
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  const run = <Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    database.query<Row>({ name: '', text, values });
  const create = async (types: readonly string[] = ['*'], limit = 1000): Promise<string | undefined> => {
    const webhook = { id: newId(), url: 'https://203.0.114.7/', types, secret: 'whsec_' };
    const document = await webhooks.create(tenant, { webhook, limit, keyRecord: null });
    return document === undefined ? undefined : webhook.id;
  };
  const write = (id: string, version: number, type = 'updated', tenantId = tenant): Promise<unknown> =>
    run(INSERT, [id, version, tenantId, type]);
  /** Instances and versions of the queued events, in order of the events. */
  const queued = async (webhookId: string | undefined): Promise<readonly string[]> => {
    const rows = await run<{ event: string }>(
      `SELECT resource_id || ' ' || (body::json #>> '{data,version}') AS event
       FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY seq`,
      [webhookId],
    );
    return rows.map(({ event }) => event);
  };
  /** Like a replica that reads until nothing is left. */
  const fanOut = async (): Promise<void> => {
    while ((await queue.fanOut([tenant])).length > 0);
  };
  const settle = (delivery: ClaimedDelivery, result: Outcome['result']): Promise<void> =>
    queue.settle({
      delivery,
      result,
      responseStatus: 200,
      error: null,
      delayMs: 0,
      isSlow: false,
      disabledReason: null,
    });
  const statuses = async (): Promise<readonly string[]> => {
    const rows = await run<{ status: string }>('SELECT status FROM webhook_deliveries ORDER BY seq');
    return rows.map(({ status }) => status);
  };

  it('are at most as many for a tenant as its limit', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map(() => create(['*'], 3)));
    const [first = '', ...others] = ids.filter((id) => id !== undefined);
    expect(others).toHaveLength(2);
    await webhooks.remove(tenant, first);
    expect([await create(['*'], 3), await create(['*'], 3)]).toEqual([expect.any(String), undefined]);
  });

  onPostgres('wait for creations that have not been committed, and count them', async () => {
    const other = new Client(testDatabase.environment['DATABASE_URL']);
    await other.connect();
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO webhooks (id, tenant_id, url, types, secret)
       SELECT $1, $2, '', '{}', '' WHERE lock_and_count_webhooks($2) < 1`,
      [newId(), tenant],
    );
    const second = create(['*'], 1);
    await eventually(async () =>
      expect(await run(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).toHaveLength(1),
    );
    await other.query('COMMIT');
    expect(await second).toBeUndefined();
    await other.end();
  });

  describe('queue', () => {
    it('each event once for each webhook that has its type, also if replicas read at the same time', async () => {
      const instance = newId();
      await write(instance, 1);
      const [all, updates, stops] = [await create(), await create(['updated']), await create(['stop.*'])];
      for (let version = 2; version <= 9; version++) {
        await write(instance, version, version % 2 === 0 ? 'updated' : 'stop.succeeded');
        await write(newId(), 1, 'updated', 'somebody else');
        await Promise.all([fanOut(), fanOut(), fanOut(), fanOut()]);
      }
      const versions = (...numbers: readonly number[]) => numbers.map((version) => `${instance} ${version}`);
      expect(await queued(all)).toEqual(versions(2, 3, 4, 5, 6, 7, 8, 9));
      expect(await queued(updates)).toEqual(versions(2, 4, 6, 8));
      expect(await queued(stops)).toEqual(versions(3, 5, 7, 9));
    });

    it('events in parts if there are many, and none while 1,000 deliveries are pending', async () => {
      const webhook = await create();
      const instance = newId();
      await run(
        `INSERT INTO resource_events (resource_id, version, tenant_id, type)
         SELECT $1, version, $2, 'updated' FROM generate_series(1, 1700) AS version`,
        [instance, tenant],
      );
      expect(await queue.fanOut([tenant])).toEqual([tenant]);
      expect(await queued(webhook)).toHaveLength(500);
      await queue.fanOut([tenant]);
      expect(await queued(webhook)).toHaveLength(1000);
      expect(await queue.fanOut([tenant])).toEqual([]);
      expect(await queued(webhook)).toHaveLength(1000);
      expect((await webhooks.find(tenant, webhook ?? ''))?.lagging).toBe(true);
      await run(`UPDATE webhook_deliveries SET status = 'succeeded'`);
      await fanOut();
      expect(await queued(webhook)).toEqual(
        Array.from({ length: 1700 }, (_, index) => `${instance} ${index + 1}`),
      );
    });

    it('the events of the time in which a webhook was disabled, when it is enabled', async () => {
      const webhook = (await create()) ?? '';
      await webhooks.update(tenant, webhook, { enabled: false });
      const instance = newId();
      await write(instance, 1);
      await fanOut();
      expect(await queued(webhook)).toEqual([]);
      await webhooks.update(tenant, webhook, { enabled: true });
      await fanOut();
      expect(await queued(webhook)).toEqual([`${instance} 1`]);
    });

    it.each([
      ['all were read', 2],
      ['only a part was read', 501],
    ])('neither lose nor repeat events after a restore from another server, if %s', async (_, count) => {
      const [webhook, disabled] = [await create(), (await create()) ?? ''];
      const instance = newId();
      await run(
        `INSERT INTO resource_events (resource_id, version, tenant_id, type)
         SELECT $1, version, $2, 'updated' FROM generate_series(1, $3::int) AS version`,
        [instance, tenant, count],
      );
      await queue.fanOut([tenant]);
      await webhooks.update(tenant, disabled, { enabled: false });
      // Transactions of the other server had larger numbers.
      await run(`
        UPDATE webhooks SET since = '1000000000:1000000000:',
          until = CASE WHEN until IS NOT NULL THEN '1000000000:1000000000:'::pg_snapshot END`);
      await write(instance, count + 1);
      await fanOut();
      expect(await queued(webhook)).not.toContain(`${instance} ${count + 1}`);
      await queue.takeIn();
      await webhooks.update(tenant, disabled, { enabled: true });
      await fanOut();
      const all = Array.from({ length: count + 1 }, (_each, index) => `${instance} ${index + 1}`);
      expect(await queued(webhook)).toEqual(all);
      expect(await queued(disabled)).toEqual(all);
      // Positions of this server stay.
      await queue.takeIn();
      expect(await queue.fanOut([tenant])).toEqual([]);
    });

    onPostgres('events of a transaction that commits after later ones', async () => {
      const late = new Client(testDatabase.environment['DATABASE_URL']);
      await late.connect();
      const webhook = await create();
      const [a, b] = [newId(), newId()];
      await late.query('BEGIN');
      await late.query(INSERT, [a, 1, tenant, 'updated']);
      await write(b, 1);
      await fanOut();
      expect(await queued(webhook)).toEqual([`${b} 1`]);
      await late.query('COMMIT');
      await fanOut();
      expect(await queued(webhook)).toEqual([`${a} 1`, `${b} 1`]);
      await late.end();
    });
  });

  describe('claim', () => {
    it('the first pending event of each instance, and the next one when it has ended', async () => {
      await create();
      const [a, b] = [newId(), newId()];
      for (const version of [1, 2]) for (const id of [a, b]) await write(id, version);
      await fanOut();
      const first = await queue.claim(CLAIM);
      expect(first.map(({ body }) => body).join()).not.toContain('"version":2');
      expect(first).toHaveLength(2);
      expect(await queue.claim(CLAIM)).toEqual([]);
      for (const delivery of first) await settle(delivery, 'succeeded');
      expect(await queue.claim(CLAIM)).toHaveLength(2);
    });

    it('no more deliveries of a webhook than it may have at a time', async () => {
      const [one, two] = [(await create()) ?? '', (await create()) ?? ''];
      for (let count = 0; count < 9; count++) await write(newId(), 1);
      await fanOut();
      const busy = [{ webhookId: one, tenantId: tenant, count: 2 }];
      const claimed = await queue.claim({ ...CLAIM, ofWebhook: 3, busy });
      const countOf = (id: string): number => claimed.filter(({ webhookId }) => webhookId === id).length;
      expect([countOf(one), countOf(two)]).toEqual([1, 3]);
    });

    it('no more deliveries of a tenant than it may have at a time, with those of webhooks that it has deleted', async () => {
      for (let count = 0; count < 4; count++) await create();
      for (let count = 0; count < 9; count++) await write(newId(), 1);
      await fanOut();
      const busy = [{ webhookId: newId(), tenantId: tenant, count: 5 }];
      expect(await queue.claim({ ...CLAIM, ofTenant: 12, ofWebhook: 4, busy })).toHaveLength(7);
    });

    it('a delivery again when its lease has ended, and ignore what the former holder records', async () => {
      await create();
      await write(newId(), 1);
      await fanOut();
      const [lost] = await queue.claim({ ...CLAIM, leaseMs: 0 });
      const [held] = await queue.claim(CLAIM);
      expect([lost?.attempts, held?.attempts]).toEqual([1, 2]);
      if (!lost || !held) throw new Error('nothing was claimed');
      expect(held.id).toBe(lost.id);
      await settle(lost, 'succeeded');
      expect(await statuses()).toEqual(['pending']);
      expect(await queue.claim(CLAIM)).toEqual([]);
      await settle(held, 'dead');
      expect(await statuses()).toEqual(['dead']);
    });

    it('a released delivery at once, and do not count the attempt', async () => {
      await create();
      await write(newId(), 1);
      await fanOut();
      const [released] = await queue.claim(CLAIM);
      if (!released) throw new Error('nothing was claimed');
      await settle(released, 'released');
      expect(await queue.claim(CLAIM)).toMatchObject([{ id: released.id, attempts: 1 }]);
    });
  });

  describe('sweep', () => {
    const makeOld = (): Promise<unknown> =>
      run(`UPDATE webhook_deliveries SET created_at = now() - interval '8 days'`);

    it('only deliveries that have ended and are old', async () => {
      await create();
      for (let count = 0; count < 3; count++) await write(newId(), 1);
      await fanOut();
      const [one, other] = await queue.claim(CLAIM);
      if (!one || !other) throw new Error('nothing was claimed');
      await settle(one, 'succeeded');
      await settle(other, 'dead');
      expect(await queue.sweep(Date.now() - 7 * DAY_MS)).toBe(0);
      await makeOld();
      expect(await queue.sweep(Date.now() - 7 * DAY_MS)).toBe(2);
      expect(await statuses()).toEqual(['pending']);
    });

    it('deleted webhooks with their deliveries, in batches', async () => {
      const [deleted, kept] = [(await create()) ?? '', await create()];
      await run(
        `INSERT INTO resource_events (resource_id, version, tenant_id, type)
         SELECT gen_random_uuid(), 1, $1, 'updated' FROM generate_series(1, 1500)`,
        [tenant],
      );
      await fanOut();
      await run(`UPDATE webhook_deliveries SET status = 'succeeded'`);
      await fanOut();
      await webhooks.remove(tenant, deleted);
      expect([await queue.sweep(0), await queue.sweep(0), await queue.sweep(0)]).toEqual([1000, 500, 0]);
      expect(await run('SELECT id FROM webhooks')).toEqual([{ id: kept }]);
      expect(await queued(kept)).toHaveLength(1500);
    });
  });
});
