import { newId } from '../../src/platform/values/uuid';
import { QuotasConfig } from '../../src/compute/quotas/quotas.config';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { given, type NewAttachment } from '../../src/compute/instances/attachments/attachment';
import { AttachmentRecords } from '../../src/compute/instances/attachments/attachment-records.repository';
import { ResourceSignals } from '../../src/compute/resources';
import { CreationRepository } from '../../src/compute/instances/create/creation.repository';
import { ReferenceRefusedError } from '../../src/integrations';
import { OperationsQueue } from '../../src/compute/operations';
import { aNewInstance } from '../support/builders';
import { claim } from '../support/claim';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

const TENANT = 'tenant-a';

describe(`attachments in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let signals: ResourceSignals;
  let creations: CreationRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    database = await openDatabase(config);
    signals = new ResourceSignals(new NotificationBus(database));
    creations = new CreationRepository(database, signals, new QuotasConfig({}));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  const volume = (id: string, isUnchecked = false): NewAttachment => ({
    ...given('volume', id),
    state: 'planned',
    isUnchecked,
  });

  async function create(attachments: readonly NewAttachment[], tenantId = TENANT): Promise<string> {
    const instance = aNewInstance({ attachments });
    const by = { requestId: 'request-1', traceparent: null, key: null, actor: 'tenant:tenant-a' };
    const operation = { id: newId(), type: 'create', ...by } as const;
    // Concurrent first instances of a tenant can conflict on its usage row; the service retries them too.
    for (let attempt = 0; attempt < 10; attempt++) {
      if (await creations.create({ tenantId, instance, operation })) return instance.id;
    }
    throw new Error('it was never made');
  }

  it('give a volume to one instance only, without deadlocks between lists of volumes', async () => {
    for (let round = 0; round < 10; round++) {
      const ids = Array.from({ length: 12 }, (_, index) => `volume-${round}-${index}`);
      const lists = [ids, ids.toReversed(), ids.slice(6).concat(ids.slice(0, 6)), ids.toReversed()];
      const results = await Promise.allSettled(lists.map((list) => create(list.map((id) => volume(id)))));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ReferenceRefusedError);
      }
    }
  });

  it('do not let rejected volume attachments block creates without volumes', async () => {
    await create([volume('taken')]);
    const results = await Promise.allSettled([
      ...Array.from({ length: 20 }, () => create([volume('taken')])),
      ...Array.from({ length: 20 }, () => create([], 'tenant-b')),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      ...Array<string>(20).fill('rejected'),
      ...Array<string>(20).fill('fulfilled'),
    ]);
  });

  it('allow several instances to name the same unchecked id', async () => {
    await create([volume('unchecked', true)]);
    await expect(create([volume('unchecked', true)])).resolves.toBeDefined();
  });

  it('are written only by the holder of the operation, and released once', async () => {
    const instanceId = await create([volume('mine')]);
    const queue = new OperationsQueue(database);
    const records = new AttachmentRecords(database, signals);
    const claimed = await claim(queue, { limit: 1000 });
    const operation = claimed.find((one) => one.resourceId === instanceId);
    const [attachment] = await records.of(instanceId);
    if (!operation || !attachment) throw new Error('nothing to hold');
    const lost = { ...operation, fence: operation.fence - 1 };
    expect(await records.markInDoubt(lost, attachment, 1000)).toBe(false);
    expect(await records.attached(lost, attachment)).toBe(false);
    expect(await records.released(lost, attachment)).toBe(false);
    expect(await records.of(instanceId)).toEqual([attachment]);
    expect(await records.markInDoubt(operation, attachment, 60_000)).toBe(true);
    expect(await records.of(instanceId)).toMatchObject([{ isDoubtful: true }]);
    expect(await records.attached(operation, attachment)).toBe(true);
    expect(await records.of(instanceId)).toMatchObject([{ isDoubtful: false, state: 'attached' }]);
    expect(await records.released(operation, attachment)).toBe(true);
    expect(await records.released(operation, attachment)).toBe(true);
    expect(await records.of(instanceId)).toEqual([]);
  });
});
