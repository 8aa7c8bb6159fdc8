import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { HostsRepository } from '../../src/compute/hosts/hosts.repository';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

describe(`hosts in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let hosts: HostsRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    hosts = new HostsRepository(database);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });

  it('that every replica reaches have the id of their backend', async () => {
    const host = { id: 'docker', backendId: 'docker' };
    expect(await hosts.addShared('docker')).toEqual(host);
    expect(await hosts.addShared('docker')).toEqual(host);
  });

  it('that are machines: the first takes over the instances without a host, the others have their own', async () => {
    const first = await hosts.addMachine('qemu', 'one', true);
    const others = await Promise.all(
      ['two', 'three', 'two'].map((machine) => hosts.addMachine('qemu', machine, false)),
    );
    expect(first).toEqual({ id: 'qemu', backendId: 'qemu' });
    expect(others.map(({ id }) => id)).toEqual(['qemu-two', 'qemu-three', 'qemu-two']);
    expect(await hosts.addMachine('qemu', 'one', true)).toEqual(first);
    expect(await hosts.find('qemu', 'two')).toEqual({ id: 'qemu-two', backendId: 'qemu' });
    expect(await hosts.find('qemu', 'four')).toBeUndefined();
  });
});
