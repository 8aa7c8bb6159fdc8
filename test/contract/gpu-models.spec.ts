import fc from 'fast-check';
import { aDeletion, FAILURE, GONE, QuotaInvariants, SUCCESS, UNKNOWN } from '../support/invariants';
import { claim } from '../support/claim';
import { DATABASE_KIND } from '../support/database';

const L40S = 'nvidia-l40s';
const A2 = 'nvidia-a2';
/** Numbers of GPUs and models by flavor. */
const FLAVORS = {
  l40s: [1, L40S],
  'l40s-pair': [2, L40S],
  a2: [1, A2],
  h100: [1, 'nvidia-h100'],
  any: [1, null],
} as const;
type Flavor = keyof typeof FLAVORS;

const SIX = { ...UNKNOWN, gpus: 6, gpuModels: { [L40S]: 4, [A2]: 2 } };

describe(`GPUs by model in the ${DATABASE_KIND} database`, () => {
  let invariants: QuotaInvariants;

  beforeAll(async () => {
    invariants = await QuotaInvariants.open({});
    for (const [name, [gpus, gpuModel]] of Object.entries(FLAVORS)) {
      await invariants.flavors.create({
        name,
        vcpus: 1,
        ramGB: 1,
        diskGB: 1,
        gpus,
        gpuModel,
        description: '',
      });
    }
  });
  afterAll(() => invariants.close());
  afterEach(async () => {
    expect(await invariants.empty()).toEqual([]);
  });

  const make = (flavor: Flavor, tenantId = 'tenant') => invariants.make(tenantId, { flavor });

  async function engine() {
    const { engines } = await invariants.capacities.totals();
    return engines.find(({ hostId }) => hostId === 'simulated');
  }

  /** Allocated and total GPUs by model. */
  async function models(): Promise<Readonly<Record<string, string>> | undefined> {
    const found = (await engine())?.gpuModels ?? undefined;
    return (
      found &&
      Object.fromEntries(found.map(({ model, allocated, total }) => [model, `${allocated}/${total}`]))
    );
  }

  it('are given out as far as the model has free ones', async () => {
    await invariants.capacities.upsert('simulated', SIX);
    expect(await make('h100')).toBe(false);
    expect([await make('l40s-pair'), await make('l40s'), await make('l40s-pair')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([await make('l40s'), await make('l40s')]).toEqual([true, false]);
    expect([await make('a2'), await make('a2'), await make('a2')]).toEqual([true, true, false]);
    expect(await models()).toEqual({ [L40S]: '4/4', [A2]: '2/2' });
  });

  it('of any model count only in the total', async () => {
    await invariants.capacities.upsert('simulated', SIX);
    expect([await make('any'), await make('any'), await make('any')]).toEqual([true, true, true]);
    expect([await make('l40s-pair'), await make('l40s'), await make('l40s')]).toEqual([true, true, false]);
    expect([await make('a2'), await make('any')]).toEqual([false, false]);
    expect(await models()).toEqual({ [L40S]: '3/4', [A2]: '0/2' });
    expect((await engine())?.used.gpus).toBe(6);
  });

  it.each([
    ['reports no models', { ...UNKNOWN, gpus: 6 }],
    ['does not know its GPUs', { ...UNKNOWN, vcpus: 100, gpuModels: { [A2]: 0 } }],
  ])('are not limited by model if the host %s', async (_, capacity) => {
    await invariants.capacities.upsert('simulated', capacity);
    expect([await make('h100'), await make('l40s')]).toEqual([true, true]);
    expect((await engine())?.gpuModels).toBeNull();
  });

  it('are counted before the host reports models, and remain counted if it loses one', async () => {
    expect([await make('l40s'), await make('any')]).toEqual([true, true]);
    await invariants.capacities.upsert('simulated', { ...UNKNOWN, gpus: 6 });
    expect(await make('l40s-pair')).toBe(true);
    await invariants.capacities.upsert('simulated', SIX);
    expect(await models()).toEqual({ [L40S]: '3/4', [A2]: '0/2' });
    expect([await make('l40s-pair'), await make('l40s'), await make('l40s')]).toEqual([false, true, false]);
    await invariants.capacities.upsert('simulated', { ...UNKNOWN, gpus: 2, gpuModels: { [A2]: 2 } });
    expect(await models()).toEqual({ [L40S]: '4/0', [A2]: '0/2' });
    expect(await make('l40s')).toBe(false);
    await invariants.capacities.upsert('simulated', { ...UNKNOWN, gpus: 0, gpuModels: {} });
    expect(await models()).toEqual({ [L40S]: '4/0' });
  });

  it('are released once when an instance fails or is deleted', async () => {
    await invariants.capacities.upsert('simulated', SIX);
    expect([await make('l40s-pair'), await make('l40s-pair'), await make('l40s')]).toEqual([
      true,
      true,
      false,
    ]);
    const [failing, deleted] = await claim(invariants.queue);
    if (!failing || !deleted) throw new Error('nothing is due');
    expect(await invariants.completions.failAction(failing, FAILURE)).toBe(true);
    expect(await models()).toEqual({ [L40S]: '2/4', [A2]: '0/2' });
    await invariants.completions.completeAction(deleted, SUCCESS);
    for (const { resourceId: id } of [failing, deleted]) {
      await invariants.lifecycle.beginDelete('tenant', { id, version: 2 }, aDeletion());
    }
    for (const operation of await claim(invariants.queue)) {
      if (operation.type === 'delete') await invariants.completions.completeDelete(operation, GONE);
    }
    expect(await models()).toEqual({ [L40S]: '0/4', [A2]: '0/2' });
  });

  it('are all given out, and no more, to parallel creates of several tenants', async () => {
    await invariants.capacities.upsert('simulated', { ...SIX, gpus: 8 });
    const made = await Promise.all([
      invariants.makeMany(10, 'one', { flavor: 'l40s' }),
      invariants.makeMany(10, 'two', { flavor: 'l40s' }),
      invariants.makeMany(10, 'one', { flavor: 'a2' }),
      invariants.makeMany(10, 'two', { flavor: 'small' }),
      invariants.makeMany(5, 'three', { flavor: 'h100' }),
    ]);
    expect(made[0] + made[1]).toBe(4);
    expect(made.slice(2)).toEqual([2, 10, 0]);
    expect(await models()).toEqual({ [L40S]: '4/4', [A2]: '2/2' });
  });

  it('never exceed a model or the total, whatever is created in parallel', async () => {
    const creates = fc.array(
      fc.record({
        flavor: fc.constantFrom<Flavor>('l40s', 'l40s-pair', 'a2', 'h100', 'any'),
        tenant: fc.constantFrom('a', 'b', 'c'),
        count: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 2, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(creates, async (all) => {
        expect(await invariants.empty()).toEqual([]);
        await invariants.capacities.upsert('simulated', SIX);
        await Promise.all(
          all.map(({ flavor, tenant, count }) => invariants.makeMany(count, tenant, { flavor })),
        );
        const { used, gpuModels } = (await engine()) ?? {};
        expect(gpuModels?.filter(({ allocated, total }) => allocated > total)).toEqual([]);
        expect(used?.gpus).toBeLessThanOrEqual(SIX.gpus);
      }),
      { numRuns: 25 },
    );
  });
});
