import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { OutboxRepository } from '../../src/integrations/outbox/outbox.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

describe(`the outbox in the ${DATABASE_KIND} database, after the clock was set back by an hour`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let outbox: OutboxRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    outbox = new OutboxRepository(database);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  const run = (text: string): Promise<unknown> => database.query({ name: '', text, values: [] });

  it('is delivered by a new owner, because the old lease is implausibly long', async () => {
    expect(await outbox.hold('first', 10_000)).toBe(true);
    expect(await outbox.hold('second', 10_000)).toBe(false);
    await run(`UPDATE leases SET until = until + interval '1 hour'`);
    expect(await outbox.hold('second', 10_000)).toBe(true);
    expect(await outbox.hold('first', 10_000)).toBe(false);
  });

  it('has a deferred metric due, because its delay is implausibly long', async () => {
    await run(`
      INSERT INTO outbox (instance_id, tenant_id, name, type, flavor)
      VALUES ('00000000-0000-4000-8000-000000000001', 't', 'instance_started', 'vm', 'small')`);
    const [metric] = await outbox.due(10);
    await outbox.settle([], [{ id: metric?.id ?? '', delayMs: 30_000 }]);
    expect(await outbox.due(10)).toEqual([]);
    await run(`UPDATE outbox SET due_at = due_at + interval '1 hour'`);
    expect(await outbox.due(10)).toEqual([{ ...metric, attempts: 1 }]);
  });
});
