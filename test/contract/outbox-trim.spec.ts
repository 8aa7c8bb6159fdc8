import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { OutboxRepository } from '../../src/integrations/outbox/outbox.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

const HOUR_MS = 3_600_000;
const INSTANCE = '00000000-0000-4000-8000-000000000001';

describe(`the outbox limit in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let outbox: OutboxRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    outbox = new OutboxRepository(database);
  });
  beforeEach(() => database.query({ name: '', text: 'DELETE FROM outbox', values: [] }));
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  /** Adds metrics of the given age with a number in their name. */
  const add = (tenantId: string, count: number, ageMs = 0): Promise<unknown> =>
    database.query({
      name: '',
      text: `
        INSERT INTO outbox (instance_id, tenant_id, name, type, flavor, created_at)
        SELECT '${INSTANCE}', $1, 'metric_' || i, 'vm', 'small', now() - $3::float8 * interval '1 millisecond'
        FROM generate_series(1, $2::int) AS i ORDER BY i`,
      values: [tenantId, count, ageMs],
    });
  const kept = async (): Promise<readonly string[]> => {
    const rows = await database.query<{ readonly label: string }>({
      name: '',
      text: `SELECT tenant_id || ' ' || name AS label FROM outbox ORDER BY id`,
      values: [],
    });
    return rows.map(({ label }) => label);
  };

  it('drops the oldest metrics of the tenant with the most, and none of other tenants', async () => {
    await add('quiet', 2);
    await add('loud', 6);
    expect(await outbox.trim(5)).toBe(3);
    expect(await kept()).toEqual([
      ...['quiet metric_1', 'quiet metric_2'],
      ...['loud metric_4', 'loud metric_5', 'loud metric_6'],
    ]);
    expect(await outbox.trim(5)).toBe(0);
  });

  it('drops in several steps if several tenants have many', async () => {
    await add('quiet', 1);
    await add('loud', 300);
    await add('louder', 310);
    let dropped = 0;
    for (let batch = -1; batch !== 0; dropped += batch) batch = await outbox.trim(101);
    expect(dropped).toBe(510);
    const labels = await kept();
    expect(labels).toContain('quiet metric_1');
    expect(labels.filter((label) => label.startsWith('loud ')).length).toBeGreaterThanOrEqual(1);
    expect(labels.filter((label) => label.startsWith('louder ')).length).toBeGreaterThanOrEqual(1);
  });

  it('drops metrics that are too old', async () => {
    await add('loud', 3, 2 * HOUR_MS);
    await add('loud', 2);
    expect(await outbox.expire(HOUR_MS)).toBe(3);
    expect(await kept()).toEqual(['loud metric_1', 'loud metric_2']);
  });
});
