import type { ClaimedOperation } from '../../src/compute/operations';
import { aDeletion, QuotaInvariants, FAILURE, GONE, SUCCESS, UNKNOWN } from '../support/invariants';
import { claim as claimDue } from '../support/claim';
import { DATABASE_KIND } from '../support/database';
import { miscounted } from '../support/ledger';

describe(`quotas in the ${DATABASE_KIND} database`, () => {
  let invariants: QuotaInvariants;

  beforeAll(async () => {
    invariants = await QuotaInvariants.open({ QUOTA_GPUS: '0' });
  });
  afterAll(() => invariants.close());
  afterEach(async () => {
    expect(await invariants.empty()).toEqual([]);
  });

  async function usage(tenantId: string): Promise<object | null> {
    return (await invariants.quotas.account(tenantId)).usage;
  }

  async function claim(): Promise<readonly ClaimedOperation[]> {
    return claimDue(invariants.queue);
  }

  async function rows(table: string): Promise<number> {
    const found = await invariants.database.query({ name: '', text: `SELECT 1 FROM ${table}`, values: [] });
    return found.length;
  }

  it("enforces a tenant's limit under concurrent requests from several replicas", async () => {
    await invariants.quotas.setLimits('bounded', { instances: 10 });
    // The usage row exists now, so that the test covers its row lock and not the unique index.
    expect(await invariants.make('bounded')).toBe(true);
    const [bounded, free] = await Promise.all([
      invariants.makeMany(50, 'bounded'),
      invariants.makeMany(20, 'free'),
    ]);
    expect([bounded, free]).toEqual([9, 20]);
    expect(await usage('bounded')).toEqual({
      instances: 10,
      vcpus: 10,
      ramGB: 10,
      diskGB: 100,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
    expect(await rows('instances')).toBe(30);
    expect(await rows('resource_operations')).toBe(30);
  });

  it.each([
    ['instances', 1],
    ['vcpus', 2],
    ['ramGB', 4],
    ['diskGB', 40],
  ] as const)('enforces the limit of %s for the first instance of a tenant', async (resource, size) => {
    await invariants.quotas.setLimits('exact', { [resource]: size });
    await invariants.quotas.setLimits('tight', { [resource]: size - 1 });
    expect([
      await invariants.make('tight', { flavor: 'medium' }),
      await invariants.make('exact', { flavor: 'medium' }),
    ]).toEqual([false, true]);
    expect(await invariants.make('exact', { flavor: 'medium' })).toBe(false);
    expect(await usage('tight')).toBeNull();
  });

  it('uses the configured default for tenants without a limit of their own', async () => {
    await invariants.flavors.create({
      name: 'gpu',
      vcpus: 1,
      ramGB: 1,
      diskGB: 1,
      gpus: 1,
      gpuModel: null,
      description: '',
    });
    expect(await invariants.make('default', { flavor: 'gpu' })).toBe(false);
    await invariants.quotas.setLimits('default', { gpus: 1 });
    expect([
      await invariants.make('default', { flavor: 'gpu' }),
      await invariants.make('default', { flavor: 'gpu' }),
    ]).toEqual([true, false]);
    await invariants.quotas.setLimits('default', { gpus: null });
    // A request without GPUs is accepted even though GPU usage exceeds the limit.
    expect([await invariants.make('default', { flavor: 'gpu' }), await invariants.make('default')]).toEqual([
      false,
      true,
    ]);
    await invariants.flavors.remove('gpu');
    expect(await invariants.flavors.find('gpu')).toMatchObject({ gpus: 1, isRetired: true });
  });

  it('fills an engine completely for all tenants, and charges no quota for rejected instances', async () => {
    await invariants.make('before');
    await invariants.capacities.upsert('simulated', { ...UNKNOWN, vcpus: 16 });
    const made = await Promise.all([
      invariants.makeMany(20, 'one'),
      invariants.makeMany(20, 'two'),
      invariants.makeMany(5, 'other', OTHER),
    ]);
    expect(made[0] + made[1]).toBe(15);
    expect(made[2]).toBe(5);
    expect((await invariants.capacities.totals()).engines).toMatchObject([
      { hostId: 'simulated', used: { vcpus: 16 } },
    ]);
    const { allocated } = await invariants.capacities.totals();
    expect(allocated).toMatchObject({ instances: 21, vcpus: 21 });
  });

  const OTHER = { host: { id: 'another', backendId: 'another' } };

  it('recounts an engine correctly during concurrent creations', async () => {
    const makeInTurn = async (tenantId: string): Promise<void> => {
      for (let made = 0; made < 15; made++) expect(await invariants.make(tenantId)).toBe(true);
    };
    for (let round = 0; round < 5; round++) {
      const build = Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(makeInTurn));
      await Promise.all([
        invariants.capacities.upsert('simulated', { ...UNKNOWN, vcpus: 1000 }),
        invariants.capacities.upsert('simulated', { ...UNKNOWN, vcpus: 1000 }),
      ]);
      await build;
      expect(await miscounted(invariants.database)).toEqual([]);
      await invariants.capacities.remove('simulated');
    }
  });

  it('releases quota once for failed and deleted instances, and never after a lost lease', async () => {
    await invariants.capacities.upsert('simulated', { ...UNKNOWN, vcpus: 3 });
    expect(await invariants.makeMany(4, 'tenant')).toBe(3);
    const [failing, deleted, ...others] = await claim();
    if (!failing || !deleted) throw new Error('nothing is due');
    expect(others).toHaveLength(1);
    const stale = { ...failing, fence: failing.fence - 1 };
    expect(await invariants.completions.failAction(stale, FAILURE)).toBe(false);
    expect(await usage('tenant')).toMatchObject({ instances: 3 });
    expect(await invariants.completions.failAction(failing, FAILURE)).toBe(true);
    expect(await usage('tenant')).toMatchObject({ instances: 2, vcpus: 2 });
    expect(await invariants.make('tenant')).toBe(true);
    await invariants.completions.completeAction(deleted, SUCCESS);
    for (const [instanceId, version] of [
      [failing.resourceId, 2],
      [deleted.resourceId, 2],
    ] as const) {
      await invariants.lifecycle.beginDelete('tenant', { id: instanceId, version }, aDeletion());
    }
    for (const operation of await claim()) {
      if (operation.type === 'delete') {
        expect(await invariants.completions.completeDelete({ ...operation, fence: 0 }, GONE)).toBe(false);
        expect(await invariants.completions.completeDelete(operation, GONE)).toBe(true);
      }
    }
    expect(await usage('tenant')).toEqual({
      instances: 2,
      vcpus: 2,
      ramGB: 2,
      diskGB: 20,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('keeps the size an instance was created with after its flavor is removed', async () => {
    const size = { vcpus: 3, ramGB: 5, diskGB: 7, gpus: 0, gpuModel: null, description: '' };
    await invariants.flavors.create({ name: 'passing', ...size });
    await invariants.make('tenant', { flavor: 'passing' });
    await invariants.flavors.remove('passing');
    expect(await invariants.make('tenant', { flavor: 'passing' })).toBe(false);
    const [operation] = await claim();
    if (!operation) throw new Error('nothing is due');
    const target = await invariants.completions.target(operation);
    expect(target?.flavor).toEqual({ name: 'passing', vcpus: 3, ramGB: 5, diskGB: 7, gpus: 0 });
    expect(await invariants.flavors.create({ name: 'passing', ...size })).toBeUndefined();
    await invariants.completions.failAction(operation, FAILURE);
    await invariants.lifecycle.beginDelete('tenant', { id: operation.resourceId, version: 2 }, aDeletion());
    const [deleting] = await claim();
    if (deleting) await invariants.completions.completeDelete(deleting, GONE);
    await invariants.flavors.remove('passing');
    expect(await invariants.flavors.find('passing')).toBeUndefined();
  });

  it('never deletes a flavor in use when removal and creation race', async () => {
    const size = { vcpus: 1, ramGB: 1, diskGB: 1, gpus: 0, gpuModel: null, description: '' };
    for (let round = 0; round < 20; round++) {
      const flavor = `race-${round}`;
      await invariants.flavors.create({ name: flavor, ...size });
      const [made] = await Promise.all([
        invariants.makeMany(5, 'racer', { flavor }),
        invariants.flavors.remove(flavor),
      ]);
      const kept = await invariants.flavors.find(flavor);
      expect([round, kept?.isRetired ?? 'gone']).toEqual([round, made > 0 ? true : 'gone']);
      expect(await invariants.make('racer', { flavor })).toBe(false);
    }
  });

  it('counts by flavor only instances that use quota', async () => {
    await invariants.makeMany(3, 'tenant');
    await invariants.make('tenant', { flavor: 'large' });
    await invariants.make('other', { flavor: 'large' });
    const [failing] = await claim();
    if (failing) await invariants.completions.failAction(failing, FAILURE);
    const counts = await invariants.quotas.countByFlavor('tenant');
    expect(counts.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'large', instances: 1 },
      { name: 'small', instances: 2 },
    ]);
    expect(await invariants.capacities.countByFlavor()).toEqual(
      expect.arrayContaining([
        { name: 'large', instances: 2 },
        { name: 'small', instances: 2 },
      ]),
    );
  });
});
