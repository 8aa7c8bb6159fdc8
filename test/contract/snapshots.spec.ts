import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { newId } from '../../src/platform/values/uuid';
import { PublishingRepository } from '../../src/compute/instances/snapshots/publishing/publishing.repository';
import { RestoresRepository } from '../../src/compute/instances/snapshots/store/restores.repository';
import { SnapshotDeletionsRepository } from '../../src/compute/instances/snapshots/store/snapshot-deletions.repository';
import { SnapshotsRepository } from '../../src/compute/instances/snapshots/store/snapshots.repository';
import { ResourceSignals } from '../../src/compute/resources';
import { PageReads } from '../../src/platform/database';
import { aCreateOperation } from '../support/builders';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

const TENANT = 'tenant-a';
const REPLICAS = 4;

interface Replica {
  readonly snapshots: SnapshotsRepository;
  readonly deletions: SnapshotDeletionsRepository;
  readonly restores: RestoresRepository;
  readonly publications: PublishingRepository;
}

/** Each replica has connections of its own, except in the embedded database. */
describe(`snapshots in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let databases: readonly Database[];
  let replicas: readonly Replica[];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    const first = await openDatabase(config);
    const isEmbedded = DATABASE_KIND === 'embedded';
    databases = isEmbedded
      ? [first]
      : [first, ...(await Promise.all(Array.from({ length: REPLICAS - 1 }, () => openDatabase(config))))];
    replicas = databases.map((database) => {
      const signals = new ResourceSignals(new NotificationBus(database));
      return {
        snapshots: new SnapshotsRepository(database, new PageReads(database, config), signals),
        deletions: new SnapshotDeletionsRepository(database, signals),
        restores: new RestoresRepository(database, signals),
        publications: new PublishingRepository(database),
      };
    });
  });
  afterAll(async () => {
    for (const database of databases) await database.close();
    await testDatabase.remove();
  });
  afterEach(async () => {
    for (const table of ['resource_operations', 'tenant_images', 'snapshots', 'instances'])
      await run(`DELETE FROM ${table}`);
  });

  const replica = (index: number): Replica => {
    const found = replicas[index % replicas.length];
    if (!found) throw new Error('there are no replicas');
    return found;
  };

  async function run<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const [database] = databases;
    if (!database) throw new Error('there is no database');
    return database.query<Row>({ name: '', text, values });
  }

  /** Instances with one available snapshot each. */
  async function stored(count: number, expiresAt = 'NULL'): Promise<readonly { id: string; of: string }[]> {
    const rows = Array.from({ length: count }, () => ({ id: newId(), of: newId() }));
    const values = [rows.map(({ id }) => id), rows.map(({ of }) => of)];
    await run(
      `INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, driver, vcpus, ram_gb, disk_gb, gpus,
         counted)
       SELECT of, '${TENANT}', 'web', 'vm', 'small', '', 'stopped', 'simulated', 1, 1, 10, 0, false
       FROM unnest($1::uuid[], $2::uuid[]) AS given(id, of)`,
      values,
    );
    await run(
      `INSERT INTO snapshots (id, tenant_id, instance_id, name, status, metadata, include_memory, quiesce, type, flavor,
         vcpus, ram_gb, disk_gb, gpus, image_id, excluded_volume_ids, snapshot_gb, counted, driver, host_id, expires_at)
       SELECT id, '${TENANT}', of, 'one', 'available', '{}', false, false, 'vm', 'small', 1, 1, 10, 0, '', '{}', 10, false,
         'simulated', 'simulated', ${expiresAt}
       FROM unnest($1::uuid[], $2::uuid[]) AS given(id, of)`,
      values,
    );
    return rows;
  }

  const deletionsOf = async (id: string): Promise<number> => {
    const text = `SELECT id FROM resource_operations WHERE resource_id = $1 AND type = 'delete_snapshot'`;
    return (await run(text, [id])).length;
  };

  it('starts the deletion of each expired snapshot once, however many replicas look for them', async () => {
    const due = await stored(300, `now() - interval '1 day'`);
    const [later] = await stored(1, `now() + interval '1 day'`);
    const rounds = Array.from({ length: 12 }, (_, index) => replica(index).deletions.beginDue(50));
    let begun = (await Promise.all(rounds)).reduce((sum, each) => sum + each, 0);
    while (begun < due.length) {
      const more = await replica(0).deletions.beginDue(50);
      if (more === 0) break;
      begun += more;
    }
    expect(begun).toBe(300);
    const rows = await run(
      `SELECT resource_id FROM resource_operations WHERE type = 'delete_snapshot' AND status = 'pending'
       GROUP BY resource_id HAVING count(*) = 1`,
    );
    expect(rows).toHaveLength(300);
    expect(await deletionsOf(later?.id ?? '')).toBe(0);
  });

  it('does not start the deletion of an expired snapshot that an operation uses', async () => {
    const [snapshot] = await stored(1, `now() - interval '1 day'`);
    if (!snapshot) throw new Error('nothing was stored');
    expect(await restore(snapshot, 0)).toBeDefined();
    expect(await replica(0).deletions.beginDue(10)).toBe(0);
    await run(`UPDATE resource_operations SET status = 'succeeded', finished_at = now()`);
    expect(await replica(0).deletions.beginDue(10)).toBe(1);
  });

  it('does not delete a snapshot that was used after the deletion was decided', async () => {
    const [snapshot] = await stored(1);
    if (!snapshot) throw new Error('nothing was stored');
    const { snapshots, deletions } = replica(0);
    const state = await snapshots.state(TENANT, snapshot.id);
    if (!state) throw new Error('it is not there');
    expect(state).toMatchObject({ uses: 0, userId: null, deletionId: null });
    expect(await restore(snapshot, 0)).toBeDefined();
    const operation = { ...aCreateOperation(), type: 'delete_snapshot' } as const;
    const ref = { id: snapshot.id, ...state };
    expect(await deletions.begin(TENANT, ref, operation, false)).toBeUndefined();
    const now = await snapshots.state(TENANT, snapshot.id);
    expect(now?.uses).toBe(1);
    expect(now?.userId).not.toBeNull();
  });

  it('never starts both a deletion and a restore at the same time', async () => {
    const all = await stored(60);
    const outcomes = await Promise.all(
      all.map(async (snapshot, index) => {
        const [restored, deleted] = await Promise.all([
          restore(snapshot, index),
          remove(snapshot.id, index + 1),
        ]);
        return { isRestored: restored !== undefined, isDeleted: deleted !== undefined };
      }),
    );
    expect(outcomes.filter(({ isRestored, isDeleted }) => isRestored && isDeleted)).toEqual([]);
    expect(outcomes.filter(({ isRestored, isDeleted }) => !isRestored && !isDeleted)).toEqual([]);
  });

  it('never deletes a snapshot that is published at the same time', async () => {
    const all = await stored(60, `now() - interval '1 day'`);
    const outcomes = await Promise.all(
      all.map(async ({ id }, index) => {
        const [isPublished, deleted] = await Promise.all([
          publish(id, `image-${index}`, { index, limit: all.length }),
          remove(id, index + 1),
          replica(index + 2).deletions.beginDue(3),
        ]);
        return { id, isPublished, deleted };
      }),
    );
    for (const { id, isPublished, deleted } of outcomes) {
      expect({ id, deletions: await deletionsOf(id) }).toEqual({ id, deletions: isPublished ? 0 : 1 });
      if (isPublished) expect(deleted).toBeUndefined();
    }
    expect(await replica(0).deletions.beginDue(100)).toBe(0);
  });

  it('publishes as many images as a tenant may have, however many replicas do', async () => {
    const [snapshot] = await stored(1);
    const publications = Array.from({ length: 40 }, (_, index) =>
      publish(snapshot?.id ?? '', `image-${index}`, { index, limit: 10 }),
    );
    expect((await Promise.all(publications)).filter(Boolean)).toHaveLength(10);
    expect(await run('SELECT id FROM tenant_images')).toHaveLength(10);
  });

  function publish(
    snapshotId: string,
    id: string,
    { index, limit }: { index: number; limit: number },
  ): Promise<boolean> {
    const image = { id, name: id, description: '', snapshotId };
    return replica(index).publications.publish(TENANT, { image, limit, body: '{}', keyRecord: null });
  }

  function restore({ id, of }: { id: string; of: string }, index: number): Promise<object | undefined> {
    const operation = { ...aCreateOperation(), type: 'restore' } as const;
    const args = { snapshotId: id, resume: false, isOn: false };
    return replica(index).restores.begin(
      TENANT,
      { id: of, version: 1 },
      { args, operation, isDryRun: false },
    );
  }

  /** As a request does. */
  async function remove(id: string, index: number): Promise<object | undefined> {
    const { snapshots, deletions } = replica(index);
    const state = await snapshots.state(TENANT, id);
    if (!state || state.deletionId !== null || state.userId !== null || state.imageId !== null)
      return undefined;
    const operation = { ...aCreateOperation(), type: 'delete_snapshot' } as const;
    return deletions.begin(TENANT, { id, ...state }, operation, false);
  }
});
