import { Client as Sql } from 'pg';
import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { DoomedService, PATIENCE } from '../support/doomed-service';
import { eventually } from '../support/eventually';
import { MISCOUNTED } from '../support/ledger';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';
import { OPERATOR_TOKEN, WarmPools } from '../support/warm-pools';

const ENVIRONMENT = { OPERATOR_TOKEN };
/** Kills at each failpoint. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? '1');
const KILLS = Array.from({ length: ROUNDS }, (_, index) => index + 1);
const POOL = { size: 2 };
const REQUEST = { name: 'mine', flavor: 'small' };
const KEY = { 'Idempotency-Key': 'once' };

describe('kill -9 at the failpoint of a warm pool', () => {
  let service: DoomedService;
  let tenants = 0;

  beforeAll(async () => {
    service = await DoomedService.open(ENVIRONMENT);
  });
  afterEach(() => service.end());
  afterAll(async () => {
    expect(await service.close()).toEqual([]);
  });

  const newTenant = (): string => `tenant-${++tenants}`;
  const instancesOf = async (tenant: Client): Promise<readonly Instance[]> =>
    (await tenant.get<{ instances: readonly Instance[] }>('/instances')).body.instances;
  const usedBy = async (tenant: Client): Promise<object> =>
    (await tenant.get<{ usage: object }>('/quotas')).body.usage;
  /** Nothing is left for the next test. */
  const keep = async (url: string, tenant: Client): Promise<void> => {
    for (const { id } of await instancesOf(tenant)) await tenant.delete(`/instances/${id}?force=true`);
    await new WarmPools(url).clear(PATIENCE);
    await service.keep(tenant);
  };

  it.each(KILLS)('pool.creation_begun: the pool gets as many instances as it wants (%i)', async () => {
    const { url, died } = await service.startDoomed('pool.creation_begun');
    await Promise.allSettled([new WarmPools(url).set('web', POOL), died]);
    await died;
    const again = await service.restart();
    const pools = new WarmPools(again);
    await pools.reaches('web', { ready: 2, preparing: 0 }, PATIENCE);
    expect(await pools.prepared()).toHaveLength(2);
    await keep(again, new Client(again, newTenant()));
  });

  it.each(KILLS)('engine.created of a preparation: it resumes (%i)', async () => {
    const { url, died } = await service.startDoomed('engine.created');
    await Promise.allSettled([new WarmPools(url).set('web', POOL), died]);
    const again = await service.restart();
    const pools = new WarmPools(again);
    await pools.reaches('web', { ready: 2, preparing: 0 }, PATIENCE);
    expect(await pools.prepared()).toHaveLength(2);
    await keep(again, new Client(again, newTenant()));
  });

  it.each(KILLS)('pool.deletion_begun: the rest of the pool is deleted, too (%i)', async () => {
    const { url, died } = await service.startDoomed('pool.deletion_begun');
    const pools = new WarmPools(url);
    await pools.filled('web', POOL, PATIENCE);
    await Promise.allSettled([pools.remove('web'), died]);
    await died;
    const again = await service.restart();
    await eventually(async () => expect(await new WarmPools(again).prepared()).toEqual([]), PATIENCE);
    await keep(again, new Client(again, newTenant()));
  });

  it.each(KILLS)('pool.handed_over: the repeated request gets the same instance (%i)', async () => {
    const { url, died } = await service.startDoomed('pool.handed_over');
    await new WarmPools(url).filled('web', POOL, PATIENCE);
    const prepared = await new WarmPools(url).prepared();
    const owner = newTenant();
    await Promise.allSettled([new Client(url, owner).post('/instances', REQUEST, KEY), died]);
    await died;
    const again = await service.restart();
    const tenant = new Client(again, owner);
    const { status, body, headers } = await tenant.post<Instance>('/instances', REQUEST, KEY);
    expect([status, headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(prepared).toContain(body.id);
    await isTheOnlyOne(tenant, body.id);
    await keep(again, tenant);
  });

  it.each(KILLS)('engine.created of a hand-over: the instance is completed (%i)', async () => {
    const { url, died } = await service.startDoomed('snapshot.removed');
    await new WarmPools(url).filled('web', POOL, PATIENCE);
    const prepared = await new WarmPools(url).prepared();
    // Passed by the creation for the tenant first: it begins before the one that replaces the instance.
    service.arm('engine.created');
    const owner = newTenant();
    const { body } = await new Client(url, owner).post<Instance>('/instances', REQUEST, KEY);
    expect(prepared).toContain(body.id);
    await died;
    const again = await service.restart();
    const tenant = new Client(again, owner);
    await isTheOnlyOne(tenant, body.id);
    await keep(again, tenant);
  });

  async function isTheOnlyOne(tenant: Client, id: string): Promise<void> {
    await eventually(async () => {
      expect(await tenant.operationsOf(id)).toMatchObject([{ type: 'create', status: 'succeeded' }]);
    }, PATIENCE);
    expect((await instancesOf(tenant)).map((each) => [each.id, each.status])).toEqual([[id, 'running']]);
    expect(await usedBy(tenant)).toMatchObject({ instances: 1, vcpus: 1, ramGB: 1, diskGB: 10 });
    const pools = new WarmPools(tenant.url);
    await pools.reaches('web', { ready: 2, preparing: 0 }, PATIENCE);
    expect(await pools.prepared()).toHaveLength(2);
  }
});

describeWhere(POSTGRES_MISSING, 'a warm pool of two replicas', () => {
  let database: TestDatabase;
  let sql: Sql;
  let replicas: readonly ServiceProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    sql = new Sql(database.environment['DATABASE_URL']);
    await sql.connect();
    const environment = { ...database.environment, ...ENVIRONMENT, PROVISION_DELAY_MS: '0' };
    replicas = await Promise.all([ServiceProcess.start(environment), ServiceProcess.start(environment)]);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    const { rows } = await sql.query(MISCOUNTED);
    await sql.end();
    await database.remove();
    expect(rows).toEqual([]);
  });

  it('gives no instance twice, prepares no more than wanted, and survives one of them', async () => {
    const [one, other] = replicas;
    if (!one || !other) throw new Error('two replicas are needed');
    const pools = new WarmPools(other.url);
    await pools.filled('web', { size: 5 }, PATIENCE);
    const tenants = [new Client(one.url, 'tenant-a'), new Client(other.url, 'tenant-b')];
    const before = await pools.prepared();
    expect(before).toHaveLength(5);
    const made = await Promise.all(
      tenants.flatMap((tenant) => Array.from({ length: 10 }, (_, i) => tenant.create({ name: `n${i}` }))),
    );
    const ids = made.map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(before.filter((id) => ids.includes(id))).toEqual(before);
    await one.kill();
    await pools.reaches('web', { ready: 5, preparing: 0 }, PATIENCE);
    await eventually(async () => expect(await pools.prepared()).toHaveLength(5), PATIENCE);
    const { rows } = await sql.query<{ tenant_id: string; count: string }>(
      `SELECT tenant_id, count(*) FROM instances GROUP BY tenant_id ORDER BY tenant_id COLLATE "C"`,
    );
    expect(rows.map((row) => [row.tenant_id, Number(row.count)])).toEqual([
      ['@warm-pools', 5],
      ['tenant-a', 10],
      ['tenant-b', 10],
    ]);
  });
});
