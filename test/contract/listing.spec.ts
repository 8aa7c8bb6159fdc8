import { newId } from '../../src/platform/values/uuid';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { type Database, NotificationBus, PageReads, openDatabase } from '../../src/platform/database';
import type { Instance } from '../../src/compute/instances';
import { ResourceSignals } from '../../src/compute/resources';
import { InstancePages, type InstanceFilter } from '../../src/compute/instances/store/instance-pages';
import { InstancesRepository } from '../../src/compute/instances/store/instances.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { parseJson } from '../support/json';

const OTHERS = 20_000;

describe(`listing instances in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let instances: InstancesRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    database = await openDatabase(config);
    instances = new InstancesRepository(
      database,
      new InstancePages(database, new PageReads(database, config)),
      new ResourceSignals(new NotificationBus(database)),
    );
    await insert('tenant-a', 1000, {});
    await insert('tenant-b', OTHERS, { environment: 'production' });
    await insert('tenant-heavy', 40, Object.fromEntries(heavyPairs()));
    await database.transaction((session) => session.script('ANALYZE instances'));
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  function heavyPairs(): [string, string][] {
    return Array.from({ length: 64 }, (_, index) => [`key-${index}`.padEnd(128, 'k'), '€'.repeat(1024)]);
  }

  /** Inserts rows with ascending ids and alternating status, type and flavor. */
  async function insert(tenantId: string, count: number, metadata: Record<string, string>): Promise<void> {
    const ids = Array.from({ length: count }, () => newId());
    await database.query({
      name: '',
      text: `
        INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, metadata, driver,
          vcpus, ram_gb, disk_gb, gpus)
        SELECT id, $2, 'web-' || place, CASE WHEN place % 2 = 0 THEN 'vm' ELSE 'container' END,
          CASE WHEN place % 3 = 0 THEN 'small' ELSE 'large' END, '',
          CASE WHEN place % 5 = 0 THEN 'stopped' ELSE 'running' END,
          CASE WHEN place % 7 = 0 THEN '{"rare": "yes"}' ELSE $3::jsonb END, 'simulated', 1, 1, 10, 0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS row(id, place)`,
      values: [ids, tenantId, JSON.stringify(metadata)],
    });
  }

  async function pages(tenantId: string, filter: InstanceFilter): Promise<Instance[][]> {
    const found: Instance[][] = [];
    for (let before: string | undefined; ;) {
      const page = await instances.list(tenantId, { ...filter, ...(before !== undefined && { before }) });
      found.push(parseJson<Instance[]>(`[${page.documents.join(',')}]`));
      if (page.lastId === null) return found;
      before = page.lastId;
    }
  }

  it('walks all pages without gaps or duplicates, newest first, with a full last page', async () => {
    const found = await pages('tenant-a', { limit: 250 });
    expect(found.map(({ length }) => length)).toEqual([250, 250, 250, 250]);
    const ids = found.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(1000);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  it('returns an empty page for a tenant without instances', async () => {
    expect(await pages('nobody', { limit: 10 })).toEqual([[]]);
  });

  it('ends a page early at the size limit, and continues with the next one', async () => {
    const found = await pages('tenant-heavy', { limit: 1000 });
    expect(found.flat()).toHaveLength(40);
    expect(found.length).toBeGreaterThan(1);
    for (const page of found) expect(page.length).toBeGreaterThan(0);
    for (const page of found) expect(JSON.stringify(page).length).toBeLessThan(4_300_000);
  });

  it.each<[string, Omit<InstanceFilter, 'limit'>, (place: number) => boolean]>([
    ['status', { status: 'stopped' }, (place) => place % 5 === 0],
    ['type', { type: 'container' }, (place) => place % 2 === 1],
    ['flavor', { flavor: 'small' }, (place) => place % 3 === 0],
    ['name', { name: 'web-77' }, (place) => place === 77],
    ['metadata', { metadata: { rare: 'yes' } }, (place) => place % 7 === 0],
    [
      'all of them',
      { status: 'stopped', type: 'vm', metadata: { rare: 'yes' } },
      (place) => place % 70 === 0,
    ],
  ])('finds exactly the instances that match a filter of %s', async (_, filter, isWanted) => {
    const found = (await pages('tenant-a', { ...filter, limit: 100 })).flat();
    const wanted = Array.from({ length: 1000 }, (_, index) => index + 1).filter(isWanted);
    expect(found.map(({ name }) => name)).toEqual(wanted.map((place) => `web-${place}`).reverse());
  });

  it.each<[string, InstanceFilter]>([
    ['no filter', { limit: 100 }],
    ['status', { status: 'error', limit: 100 }],
    ['type', { type: 'vm', limit: 100 }],
    ['flavor', { flavor: 'none', limit: 100 }],
    ['name', { name: 'none', limit: 100 }],
    ['metadata', { metadata: { environment: 'production' }, limit: 100 }],
  ])("uses an index instead of scanning other tenants' rows: %s", async (_, filter) => {
    const query = jest.spyOn(database, 'query');
    await instances.list('tenant-a', filter);
    const statement = query.mock.calls[0]?.[0];
    query.mockRestore();
    const { text, values } = statement ?? { text: '', values: [] };
    const plan = await database.query<Record<string, string>>({ name: '', text: `EXPLAIN ${text}`, values });
    const lines = plan.map((row) => row['QUERY PLAN'] ?? '').join('\n');
    expect(lines).not.toContain('Seq Scan');
    expect(lines).toMatch(/Index (Only )?Scan.* using instances_list|Bitmap Index Scan on instances_list/);
  });
});
