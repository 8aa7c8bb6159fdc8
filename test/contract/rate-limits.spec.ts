import { Client } from 'pg';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { RateLimitsRepository } from '../../src/access/rate-limits/rate-limits.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

describe(`request counts in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let counts: RateLimitsRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    counts = new RateLimitsRepository(database);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });
  beforeEach(() => database.query({ name: '', text: 'DELETE FROM rate_limits', values: [] }));

  async function counted(tenantId: string, age: string): Promise<void> {
    await database.query({
      name: '',
      text: 'INSERT INTO rate_limits VALUES ($1, now() - $2::interval, 7)',
      values: [tenantId, age],
    });
  }

  const number = async (tenantId: string): Promise<number> => (await counts.count(tenantId)).number;

  it('continue within the minute, and restart after it', async () => {
    await counted('within', '55 seconds');
    await counted('behind', '61 seconds');
    expect([await number('within'), await number('behind'), await number('behind')]).toEqual([8, 1, 2]);
  });

  it('restart after the clock was set back', async () => {
    await counted('before', '-1 hour');
    const { number: first, remainingMs } = await counts.count('before');
    expect(first).toBe(1);
    expect(remainingMs).toBeLessThanOrEqual(60_000);
    expect(await number('before')).toBe(2);
  });

  it('are swept when their minute is over', async () => {
    await counted('within', '30 seconds');
    await counted('behind', '61 seconds');
    expect([await counts.sweep(), await counts.sweep()]).toEqual([1, 0]);
    expect([await number('within'), await number('behind')]).toEqual([8, 1]);
  });

  const meeting = DATABASE_KIND === 'postgres' ? it : it.skip;

  meeting('are swept without waiting for rows that are being counted', async () => {
    await counted('counted', '61 seconds');
    await counted('forgotten', '61 seconds');
    const other = new Client(testDatabase.environment['DATABASE_URL']);
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(`UPDATE rate_limits SET started_at = now(), count = 1 WHERE tenant_id = 'counted'`);
      expect(await counts.sweep()).toBe(1);
      await other.query('COMMIT');
    } finally {
      await other.end();
    }
    expect([await number('counted'), await number('forgotten')]).toEqual([2, 1]);
  });
});
