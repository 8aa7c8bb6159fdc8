import { newId } from '../../src/platform/values/uuid';
import { type Database, NotificationBus, PageReads, openDatabase } from '../../src/platform/database';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import {
  OperationSignals,
  OperationsQueue,
  ProgressReports,
  type ClaimedOperation,
} from '../../src/compute/operations';
import { OperationsRepository } from '../../src/compute/operations/store/operations.repository';
import { claim } from '../support/claim';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

const TENANT = 'tenant-a';

describe(`progress in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let queue: OperationsQueue;
  let operations: OperationsRepository;
  let reports: ProgressReports;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    database = await openDatabase(config);
    queue = new OperationsQueue(database);
    operations = new OperationsRepository(database, new PageReads(database, config));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });
  beforeEach(() => {
    reports = new ProgressReports(queue, new OperationSignals(new NotificationBus(database)));
  });
  afterEach(async () => {
    reports.onModuleDestroy();
    await database.query({ name: '', text: 'DELETE FROM resource_operations', values: [] });
  });

  const claimed = async (count: number): Promise<readonly ClaimedOperation[]> => {
    const ids = Array.from({ length: count }, newId);
    await database.query({
      name: '',
      text: `
        INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, actor, host_id)
        SELECT id, $2, id, 'cleanup', 'pending', 'request-1', 'test', 'simulated' FROM unnest($1::uuid[]) AS id`,
      values: [ids, TENANT],
    });
    return claim(queue);
  };

  const progressOf = async ({ id }: { readonly id: string }): Promise<string | null> => {
    const operation = await operations.find(TENANT, id);
    if (typeof operation !== 'object') throw new Error('it is not there');
    return operation.progress;
  };

  it('is the newest report of each operation', async () => {
    const [one, other] = await claimed(2);
    if (!one || !other) throw new Error('nothing was claimed');
    for (let percent = 0; percent <= 100; percent++) reports.report(one, `${percent} %`);
    reports.report(other, 'pulling\0 \ud800');
    await eventually(async () => {
      expect([await progressOf(one), await progressOf(other)]).toEqual(['100 %', 'pulling \ufffd']);
    });
    reports.report(one, 'x'.repeat(300));
    await eventually(async () => expect(await progressOf(one)).toBe('x'.repeat(200)));
  });

  it('is not written for an operation that has ended or belongs to another worker', async () => {
    const [ended, lost, held] = await claimed(3);
    if (!ended || !lost || !held) throw new Error('nothing was claimed');
    reports.report(ended, 'late');
    reports.report(lost, 'mine');
    reports.report(held, 'mine');
    await queue.end(ended, 'cancelled');
    await queue.release(lost);
    expect(await claim(queue)).toHaveLength(1);
    await eventually(async () => expect(await progressOf(held)).toBe('mine'));
    expect([await progressOf(ended), await progressOf(lost)]).toEqual([null, null]);
  });

  it('is dropped if the operation ends before it is written', async () => {
    const [ended, held] = await claimed(2);
    if (!ended || !held) throw new Error('nothing was claimed');
    reports.report(ended, 'early');
    reports.report(held, 'mine');
    reports.ended(ended);
    await eventually(async () => expect(await progressOf(held)).toBe('mine'));
    expect(await progressOf(ended)).toBeNull();
  });

  it('continues with later reports after a failed write', async () => {
    const [held] = await claimed(1);
    if (!held) throw new Error('nothing was claimed');
    reports.report({ id: 'no uuid', fence: 1 }, 'refused by the database');
    reports.report(held, 'goes down with it');
    await eventually(async () => {
      reports.report(held, 'later');
      expect(await progressOf(held)).toBe('later');
    });
  });
});
