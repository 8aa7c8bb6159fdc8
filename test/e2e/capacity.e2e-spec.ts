import { Engine } from '../support/engine';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Fits {
  readonly vm: number | null;
  readonly container: number | null;
}

const both = (fits: number | null): Fits => ({ vm: fits, container: fits });

interface Capacity {
  readonly tenantId: string | null;
  readonly allocated: Readonly<Record<string, number>>;
  readonly flavors: readonly {
    readonly name: string;
    readonly instances: number;
    readonly fits: Fits;
  }[];
  readonly drivers?: readonly unknown[];
}

describe('known capacity', () => {
  const app = useApp({
    environment: { OPERATOR_TOKEN: 'the-token-of-operators', SIMULATED_VCPUS: '12', SIMULATED_RAM_GB: '100' },
  });
  const tenantOf = (name: string) => app.as(name);

  it('is filled exactly by parallel creates of several tenants, and each tenant sees only its own share', async () => {
    const [first, second] = [tenantOf('one'), tenantOf('two')];
    await first.create({ flavor: 'medium' });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const name = ['one', 'two', 'three'][index % 3] ?? '';
        return tenantOf(name).post('/instances', { name: 'web', flavor: 'small' });
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      const problem = expectProblem(answer, {
        status: 409,
        code: 'insufficient_capacity',
        detail:
          'Insufficient capacity: 1 vcpus requested, 12 of 12 in use, 0 free; try again when other instances are deleted',
      });
      expect(problem).toMatchObject({
        resource: 'vcpus',
        limit: 12,
        used: 12,
        free: 0,
        requested: 1,
        fittingFlavors: [],
      });
    }
    const all = (await first.get<Capacity>('/capacity', OPERATOR)).body;
    expect(all).toMatchObject({ tenantId: null, allocated: { instances: 11, vcpus: 12 } });
    expect(all.drivers).toEqual([
      {
        name: 'simulated',
        total: { vcpus: 12, ramGB: 100, diskGB: -1, gpus: -1 },
        allocated: { instances: 11, vcpus: 12, ramGB: 14, diskGB: 140, gpus: 0 },
        status: 'up',
        detail: 'simulated',
      },
    ]);
    const { body } = await second.get<Capacity>('/capacity');
    const { instances } = body.allocated;
    expect(body.tenantId).toBe(second.tenantId);
    expect(body.flavors).toEqual([
      { name: 'small', instances, fits: both(0) },
      { name: 'medium', instances: 0, fits: both(0) },
      { name: 'large', instances: 0, fits: both(0) },
      { name: 'xlarge', instances: 0, fits: both(0) },
    ]);
    expect(body).not.toHaveProperty('drivers');
  });

  it('is released when instances are deleted', async () => {
    const tenant = app.as(newTenant());
    const { body } = await tenant.get<Capacity>('/capacity');
    expect(body.flavors.map(({ fits }) => fits)).toEqual([both(0), both(0), both(0), both(0)]);
    const other = tenantOf('two');
    const list = await other.get<{ instances: readonly { id: string }[] }>('/instances');
    for (const { id } of list.body.instances) await other.delete(`/instances/${id}?force=true`);
    await tenant.send('PUT', `/quotas/${tenant.tenantId}`, { instances: 1 }, OPERATOR);
    const { flavors } = (await tenant.get<Capacity>('/capacity')).body;
    expect(flavors[0]).toEqual({ name: 'small', instances: 0, fits: both(1) });
    await tenant.create();
  });
});

describe('unknown capacity', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });

  it('does not limit creates', async () => {
    const tenant = app.as(newTenant());
    await tenant.create({ flavor: 'large' });
    const { body } = await tenant.get<Capacity>('/capacity');
    expect(body).toMatchObject({
      tenantId: tenant.tenantId,
      allocated: { instances: 1, vcpus: 4, ramGB: 8, diskGB: 80, gpus: 0 },
    });
    expect(body.flavors[2]).toEqual({ name: 'large', instances: 1, fits: both(null) });
    expect((await tenant.get<Capacity>('/capacity', OPERATOR)).body.drivers).toEqual([]);
  });
});

/** An engine with a capacity of three vCPUs. */
class BoundedEngine extends Engine {
  protected override readonly inventory = { vcpus: 3, ramGB: -1, diskGB: -1, gpus: -1 };
}

describe('capacity that only the container engine reports', () => {
  const app = useApp({
    environment: { OPERATOR_TOKEN: 'the-token-of-operators' },
    engines: () => ({
      vm: new Engine('qemu', { types: ['vm'], images: 'ignored' }),
      container: new BoundedEngine('docker', { types: ['container'], images: 'ignored' }),
    }),
  });

  it('limits containers only, and reports what fits per type', async () => {
    const tenant = app.as(newTenant());
    const fitsOf = async (headers = {}): Promise<readonly Fits[]> =>
      (await tenant.get<Capacity>('/capacity', headers)).body.flavors.slice(0, 3).map(({ fits }) => fits);
    const unused = [3, 1, 0].map((container) => ({ vm: null, container }));
    expect(await fitsOf()).toEqual(unused);
    expect(await fitsOf(OPERATOR)).toEqual(unused);

    await tenant.create({ type: 'container', flavor: 'medium' });
    await tenant.create({ type: 'vm', flavor: 'large' });
    const used = [1, 0, 0].map((container) => ({ vm: null, container }));
    expect(await fitsOf()).toEqual(used);
    expect(await fitsOf(OPERATOR)).toEqual(used);

    const request = { name: 'a', type: 'container', flavor: 'medium' };
    const refusal = await tenant.post('/instances', request);
    expectProblem(refusal, { status: 409, code: 'insufficient_capacity' });
    const dryRun = await tenant.post('/instances?dryRun=true', { ...request, flavor: 'small' });
    expect(dryRun.body).toHaveProperty('capacity', { fits: 0 });

    await tenant.send('PUT', `/quotas/${tenant.tenantId}`, { instances: 7 }, OPERATOR);
    expect(await fitsOf()).toEqual([1, 0, 0].map((container) => ({ vm: 5, container })));
  });
});
