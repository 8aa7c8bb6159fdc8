import { Client } from 'pg';
import { newId } from '../../src/platform/values/uuid';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { IdempotencyRepository } from '../../src/access/idempotency/idempotency.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

const TENANT = 'tenant-a';
const RETENTION_MS = 86_400_000;

describe(`idempotency records in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let requests: IdempotencyRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    requests = new IdempotencyRepository(database);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  async function remember(key: string, age: string): Promise<void> {
    await database.query({
      name: '',
      text: `
        INSERT INTO idempotency_keys (tenant_id, key, request_hash, attempt, status, headers, body, created_at)
        VALUES ($1, $2, 'hash', $3, 201, '{}', 'first', now() - $4::interval)`,
      values: [TENANT, key, newId(), age],
    });
  }

  const find = (key: string) => requests.find(TENANT, key, RETENTION_MS);

  it('are found until they expire', async () => {
    await remember('young', '23 hours');
    await remember('old', '25 hours');
    expect(await find('young')).toMatchObject({ answer: { status: 201, body: 'first' } });
    expect(await find('old')).toBeUndefined();
    // The old record is gone, so another request can use the key.
    await remember('old', '0');
    expect(await find('old')).toMatchObject({ answer: { status: 201 } });
  });

  it('are swept once they expire, and not before', async () => {
    for (let index = 0; index < 3; index++) await remember(`swept-${index}`, '25 hours');
    await remember('kept', '23 hours');
    expect([await requests.sweep(RETENTION_MS), await requests.sweep(RETENTION_MS)]).toEqual([3, 0]);
    expect(await find('kept')).toBeDefined();
  });

  const meeting = DATABASE_KIND === 'postgres' ? it : it.skip;

  meeting('are expired for a reader that waits for a concurrent delete', async () => {
    await remember('met', '25 hours');
    const duplicate = new Client(testDatabase.environment['DATABASE_URL']);
    await duplicate.connect();
    try {
      await duplicate.query('BEGIN');
      await duplicate.query(`DELETE FROM idempotency_keys WHERE key = 'met'`);
      const found = find('met');
      await eventually(async () => {
        const { rows } = await duplicate.query('SELECT FROM pg_locks WHERE NOT granted');
        expect(rows).toHaveLength(1);
      });
      await duplicate.query('COMMIT');
      expect(await found).toBeUndefined();
    } finally {
      await duplicate.end();
    }
  });
});
