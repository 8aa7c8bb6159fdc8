import { DatabaseConfig } from '../../src/platform/database/database.config';
import { newId } from '../../src/platform/values/uuid';
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

  const addInstance = (driver: string, handle: object | null): Promise<unknown> =>
    database.query({
      name: '',
      text: `INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, driver, handle,
          vcpus, ram_gb, disk_gb, gpus)
        VALUES (gen_random_uuid(), 'tenant', 'old', 'vm', 'small', '', 'creating', $1, $2, 1, 1, 10, 0)`,
      values: [driver, handle && JSON.stringify(handle)],
    });

  it('of instances that no machine has started are not known yet', async () => {
    await addInstance('xen', null);
    expect(await hosts.isUsed('xen')).toBe(false);
    expect((await hosts.addMachine('xen', 'first')).id).toBe('xen');
    expect(await hosts.isUsed('xen')).toBe(true);
  });

  it('that every replica reaches have the id of their backend', async () => {
    const host = { id: 'docker', backendId: 'docker' };
    expect(await hosts.addShared('docker')).toEqual(host);
    expect(await hosts.addShared('docker')).toEqual(host);
  });

  it('that have instances of a version without hosts keep them, whatever other machine comes first', async () => {
    await addInstance('kvm', { v: 1, data: { host: 'old' } });
    expect(await hosts.isUsed('kvm')).toBe(true);
    expect((await hosts.addMachine('kvm', 'other')).id).toBe('kvm-other');
    expect((await hosts.addMachine('kvm', 'old')).id).toBe('kvm');
    expect(await hosts.isUsed('none')).toBe(false);
  });

  it('that are machines: the first takes over the instances without a host, the others have their own', async () => {
    const first = await hosts.addMachine('qemu', 'one');
    const others = await Promise.all(
      ['two', 'three', 'two'].map((machine) => hosts.addMachine('qemu', machine)),
    );
    expect(first).toEqual({ id: 'qemu', backendId: 'qemu' });
    expect(others.map(({ id }) => id)).toEqual(['qemu-two', 'qemu-three', 'qemu-two']);
    expect(await hosts.addMachine('qemu', 'one')).toEqual(first);
  });

  it('have the URL of the replica that advertised it last, until it no longer does', async () => {
    const { id } = await hosts.addMachine('advertised', 'one');
    const unknown = { backendId: 'advertised', replicaUrl: null };
    expect(await hosts.replicaOf(id)).toEqual(unknown);
    await hosts.advertise(id, 'http://10.0.0.5:8081');
    expect(await hosts.replicaOf(id)).toEqual({ ...unknown, replicaUrl: 'http://10.0.0.5:8081' });
    await hosts.addMachine('advertised', 'two');
    expect(await hosts.replicaOf('advertised-two')).toEqual(unknown);
    await hosts.advertise(id, null);
    expect(await hosts.replicaOf(id)).toEqual(unknown);
    expect(await hosts.replicaOf('none')).toBeUndefined();
  });

  it('were lost when the first replica lost them, until one has contact again', async () => {
    const { id } = await hosts.addShared('lost');
    const lostFor = (beforeMsAgo = 0) => hosts.contactLostFor(id, { beforeMsAgo, bootId: undefined });
    expect(await lostFor()).toBeUndefined();
    await hosts.contactLost(id, 10_000);
    await hosts.contactLost(id, 0);
    expect(await lostFor()).toBeGreaterThanOrEqual(10_000);

    // A comparison that began before the loss shows nothing about the time after it.
    const longBefore = 3_600_000;
    expect(await lostFor(longBefore)).toBeUndefined();
    await hosts.contactRegained(id, longBefore);
    expect(await lostFor()).toBeGreaterThanOrEqual(10_000);

    await hosts.contactRegained(id, 0);
    expect(await lostFor()).toBeUndefined();
  });

  describe('that have booted since the last contact', () => {
    const HOUR_MS = 3_600_000;
    let id: string;
    beforeEach(async () => {
      ({ id } = await hosts.addShared(newId()));
    });

    const seen = (bootId: string | undefined, atMostMsAgo = 0) =>
      hosts.recordContact(id, bootId, atMostMsAgo);
    const lostFor = (bootId: string | undefined) => hosts.contactLostFor(id, { beforeMsAgo: 0, bootId });

    /** As if everything had been stored that much earlier. */
    const pass = (ms: number): Promise<unknown> =>
      database.query({
        name: '',
        text: `UPDATE hosts SET contact_at = contact_at - $2::float8 * interval '1 millisecond' WHERE id = $1`,
        values: [id, ms],
      });

    it('were lost at that contact, until the next one', async () => {
      await seen('first');
      await pass(HOUR_MS);
      expect(await lostFor('first')).toBeUndefined();
      expect(await lostFor('second')).toBeGreaterThanOrEqual(HOUR_MS);
      await seen('second', 2 * HOUR_MS);
      expect(await lostFor('second')).toBeUndefined();
      expect(await lostFor('third')).toBeLessThan(HOUR_MS);
    });

    it('were lost then although a loss was noticed later', async () => {
      await seen('first');
      await pass(HOUR_MS);
      await hosts.contactLost(id, 0);
      expect(await lostFor('second')).toBeGreaterThanOrEqual(HOUR_MS);
      expect(await lostFor('first')).toBeLessThan(HOUR_MS);
    });

    it('store a contact in the same boot again only if the stored one is old', async () => {
      await seen('first');
      await pass(HOUR_MS);
      await seen('first', 2 * HOUR_MS);
      expect(await lostFor('second')).toBeGreaterThanOrEqual(HOUR_MS);
      await seen('first', HOUR_MS / 2);
      expect(await lostFor('second')).toBeLessThan(HOUR_MS);
    });

    it('are not known if either boot is not', async () => {
      await seen('first');
      expect(await lostFor(undefined)).toBeUndefined();
      await seen(undefined, HOUR_MS);
      expect(await lostFor('second')).toBeUndefined();
    });
  });
});
