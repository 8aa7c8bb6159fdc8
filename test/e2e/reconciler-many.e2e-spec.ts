import { newId } from '../../src/platform/values/uuid';
import { Database } from '../../src/platform/database';
import type { InstanceEvent } from '../../src/compute/events';
import type { Instance } from '../../src/compute/instances';
import { Reconciler } from '../../src/compute/reconciler';
import { servedBy, startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { miscounted } from '../support/ledger';
import { POSTGRES_MISSING } from '../support/postgres';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import { useApp } from '../support/use-app';

const SEPARATE = { RECONCILE_SECONDS: '3600' };
const ROWS = 10_000;
const LOST = 40;
const TIMEOUT_MS = 60_000;

const roundOf = ({ app }: TestApp): Promise<void> => app.get(Reconciler).round(new AbortController().signal);

describe('a round over 10,000 instances', () => {
  let engine: TinyEngine;
  beforeAll(async () => {
    engine = await TinyEngine.start();
  });
  afterAll(() => engine.stop());
  const app = useApp({ environment: SEPARATE, engines: () => servedBy(new TinyDriver(engine.url)) });

  /** A hash that changes with every write to any row. */
  async function writes(database: Database): Promise<string> {
    const text = "SELECT md5(string_agg(xmin::text, ',' ORDER BY id)) AS all FROM instances";
    return (await database.one<{ all: string }>({ name: '', text, values: [] })).all;
  }

  /** Inserts running instances with their quota usage and allocated capacity. */
  async function insert(database: Database, ids: readonly string[]): Promise<void> {
    await database.query({
      name: '',
      text: `
        INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, driver, handle,
          vcpus, ram_gb, disk_gb, gpus)
        SELECT id, 'tenant-many', 'web', 'vm', 'small', '', 'running', 'tiny', '{"v": 1, "data": {}}', 1, 1, 10, 0
        FROM unnest($1::uuid[]) AS id`,
      values: [ids],
    });
    await database.query({
      name: '',
      text: 'INSERT INTO quota_usage SELECT $1, n, n, n, n * 10, 0 FROM (SELECT $2::bigint) AS rows(n)',
      values: ['tenant-many', ids.length],
    });
    await database.query({
      name: '',
      text: `
        UPDATE host_inventory SET instances = instances + $1::bigint, vcpus = vcpus + $1, ram_gb = ram_gb + $1,
          disk_gb = disk_gb + $1 * 10 WHERE host_id = 'tiny'`,
      values: [ids.length],
    });
  }

  it(
    'writes each instance once, then nothing, and detects lost instances',
    async () => {
      const database = app.running.app.get(Database);
      const ids = Array.from({ length: ROWS }, () => newId());
      // Wait for the round at startup.
      await eventually(async () => {
        const { text } = await app.as('nobody').request('/metrics');
        expect(text).toMatch(/compute_reconcile_total\{.*outcome="done"/);
      });
      await insert(database, ids);
      for (const id of ids) engine.put(id, { presence: 'present', power: 'running' }, 'tenant-many');
      const statements = jest.spyOn(database, 'query');
      const counted = async (): Promise<{ statements: number; inspections: number }> => {
        statements.mockClear();
        const asked = engine.received.length;
        await roundOf(app.running);
        return {
          statements: statements.mock.calls.filter(([{ name }]) => /^(reconcile|orphans)_/.test(name)).length,
          inspections: engine.received.slice(asked).filter(({ path }) => path.startsWith('/machines/'))
            .length,
        };
      };
      await roundOf(app.running);
      const before = await writes(database);
      const second = await counted();
      expect(await writes(database)).toBe(before);
      for (const id of ids.slice(0, LOST)) engine.machines.delete(id);
      const third = await counted();

      // 10 pages and an empty one, 10 owner lookups, and 2 orphan queries.
      expect(second).toMatchObject({ inspections: 0, statements: 23 });
      expect(third.inspections).toBe(LOST);
      const tenant = app.as('tenant-many');
      const { body } = await tenant.get<{ instances: readonly Instance[] }>(
        '/instances?status=error&limit=100',
      );
      expect(body.instances.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, LOST).toSorted());
    },
    TIMEOUT_MS,
  );
});

describeWhere(POSTGRES_MISSING, 'concurrent rounds of two replicas', () => {
  let engine: TinyEngine;
  let testDatabase: TestDatabase;
  let replicas: readonly TestApp[] = [];

  beforeAll(async () => {
    engine = await TinyEngine.start();
    testDatabase = await createTestDatabase('postgres');
    const options = {
      environment: { ...testDatabase.environment, ...SEPARATE },
      engines: () => servedBy(new TinyDriver(engine.url)),
    };
    replicas = [await startApp(options), await startApp(options)];
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await testDatabase.remove();
    await engine.stop();
  });

  it('update each instance once', async () => {
    const [one] = replicas;
    const tenant = new Client(one?.url ?? '', 'tenant-a');
    const made = await Promise.all(Array.from({ length: LOST }, () => tenant.createRunning()));
    for (const { id } of made.slice(0, LOST / 2)) engine.machines.delete(id);
    for (const { id } of made.slice(LOST / 2)) {
      engine.put(id, { presence: 'present', power: 'stopped', reason: 'exited with code 1' });
    }

    await Promise.all(replicas.flatMap((replica) => [roundOf(replica), roundOf(replica)]));

    for (const [index, { id, version }] of made.entries()) {
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body).toMatchObject({ status: index < LOST / 2 ? 'error' : 'stopped', version: version + 1 });
      const { events } = (await tenant.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`))
        .body;
      expect(events.filter(({ type }) => type.startsWith('observed.'))).toHaveLength(1);
    }
    for (const { app } of replicas) expect(await miscounted(app.get(Database))).toEqual([]);
  });
});
