import fc from 'fast-check';
import { aDeletion, QuotaInvariants, FAILURE, GONE, SUCCESS, UNKNOWN } from '../support/invariants';
import { resizeArgsOf } from '../../src/compute/instances/resize/resize-args';
import { claim } from '../support/claim';
import { DATABASE_KIND } from '../support/database';
import { miscounted } from '../support/ledger';

describe(`the counters in the ${DATABASE_KIND} database`, () => {
  let invariants: QuotaInvariants;

  beforeAll(async () => {
    invariants = await QuotaInvariants.open({});
    const size = { vcpus: 1, ramGB: 1, diskGB: 1, gpus: 1, gpuModel: 'nvidia-a2' };
    await invariants.flavors.create({ name: 'gpu', ...size, description: '' });
  });
  afterAll(() => invariants.close());
  afterEach(async () => {
    expect(await invariants.empty()).toEqual([]);
  });

  it('match a recount after any sequence of concurrent steps', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('make' as const),
        tenant: fc.constantFrom('a', 'b'),
        flavor: fc.constantFrom('small', 'medium', 'large', 'gpu', 'none'),
        count: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ kind: fc.constantFrom('succeed' as const, 'fail' as const, 'delete' as const) }),
      fc.record({ kind: fc.constant('resize' as const), flavor: fc.constantFrom('small', 'large', 'none') }),
      fc.record({
        kind: fc.constant('limit' as const),
        tenant: fc.constantFrom('a', 'b'),
        vcpus: fc.constantFrom(-1, 0, 3, 8, null),
      }),
      fc.record({
        kind: fc.constant('capacity' as const),
        capacity: fc.constantFrom(
          undefined,
          { ...UNKNOWN, vcpus: 2 },
          { ...UNKNOWN, vcpus: 10 },
          { ...UNKNOWN, gpus: 3, gpuModels: { 'nvidia-a2': 3 } },
        ),
      }),
    );
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
    const take = async (one: Step): Promise<unknown> => {
      if (one.kind === 'make') return invariants.makeMany(one.count, one.tenant, { flavor: one.flavor });
      if (one.kind === 'limit') return invariants.quotas.setLimits(one.tenant, { vcpus: one.vcpus });
      if (one.kind === 'capacity') {
        return one.capacity === undefined
          ? invariants.capacities.remove('simulated')
          : invariants.capacities.upsert('simulated', one.capacity);
      }
      if (one.kind === 'delete') return deleteSome();
      if (one.kind === 'resize') return resizeSome(one.flavor);
      for (const operation of await claim(invariants.queue, { limit: 2 })) {
        if (operation.type === 'delete' && one.kind !== 'fail')
          await invariants.completions.completeDelete(operation, GONE);
        else if (one.kind === 'succeed' && operation.type === 'resize')
          await invariants.resizes.complete(operation, {
            ...SUCCESS,
            size: resizeArgsOf(operation).flavor,
            isRestarted: false,
          });
        else if (one.kind === 'succeed') await invariants.completions.completeAction(operation, SUCCESS);
        else await invariants.completions.failAction(operation, FAILURE);
      }
      return undefined;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, step), { maxLength: 12 }), async (steps) => {
        for (const pair of steps) {
          await Promise.all(pair.map(take));
          expect(await miscounted(invariants.database)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  function someInstances() {
    return invariants.database.query<{ id: string; tenant_id: string; version: number }>({
      name: '',
      text: 'SELECT id, tenant_id, version FROM instances ORDER BY id LIMIT 2',
      values: [],
    });
  }

  async function resizeSome(flavor: string): Promise<void> {
    for (const { id, tenant_id: tenantId, version } of await someInstances()) {
      // Another operation may be open.
      await invariants.resize(tenantId, { id, version }, flavor).catch(() => undefined);
    }
  }

  async function deleteSome(): Promise<void> {
    for (const { id, tenant_id: tenantId, version } of await someInstances()) {
      const begun = invariants.lifecycle.beginDelete(tenantId, { id, version }, aDeletion());
      // The deletion may already be pending.
      await begun.catch(() => undefined);
    }
  }
});
