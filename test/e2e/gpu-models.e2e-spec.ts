import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Capacity {
  readonly flavors: readonly { readonly name: string; readonly fits: { readonly vm: number | null } }[];
  readonly drivers?: readonly { readonly gpuModels?: unknown }[];
}

describe('an engine that reports GPUs by model', () => {
  const app = useApp({
    environment: {
      OPERATOR_TOKEN: 'the-token-of-operators',
      SIMULATED_GPUS: 'nvidia-l40s:4,nvidia-a2:2',
      SIMULATED_VCPUS: '100',
    },
  });
  const tenant = () => app.as(newTenant());

  beforeAll(async () => {
    for (const [name, gpus, gpuModel] of [
      ['l40s', 1, 'nvidia-l40s'],
      ['l40s-pair', 2, 'nvidia-l40s'],
      ['a2', 1, 'nvidia-a2'],
      ['h100', 1, 'nvidia-h100'],
      ['any', 1, undefined],
    ] as const) {
      const flavor = { name, vcpus: 1, ramGB: 1, diskGB: 1, gpus, gpuModel };
      expect((await tenant().post('/flavors', flavor, OPERATOR)).status).toBe(201);
    }
  });

  const capacity = async (headers = {}) => (await tenant().get<Capacity>('/capacity', headers)).body;

  async function fits(headers = {}): Promise<Readonly<Record<string, number | null>>> {
    const { flavors } = await capacity(headers);
    return Object.fromEntries(flavors.map((each) => [each.name, each.fits.vm]));
  }

  it('gives out each model exactly, and says which one is short', async () => {
    expect(await fits()).toMatchObject({ l40s: 4, 'l40s-pair': 2, a2: 2, h100: 0, any: 6, medium: 50 });
    const client = tenant();
    const absent = expectProblem(await client.post('/instances', { name: 'web', flavor: 'h100' }), {
      status: 409,
      code: 'insufficient_capacity',
      detail:
        'Insufficient capacity: 1 gpus of model nvidia-h100 requested, 0 of 0 in use, 0 free; use one of small, medium, large, xlarge, l40s, l40s-pair, a2, any, or try again when other instances are deleted',
    });
    expect(absent).toMatchObject({ resource: 'gpus', gpuModel: 'nvidia-h100', limit: 0, used: 0, free: 0 });

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => tenant().post('/instances', { name: 'web', flavor: 'l40s' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    const dryRun = await client.post('/instances?dryRun=true', { name: 'web', flavor: 'a2' });
    expect(dryRun.body).toHaveProperty('capacity', { fits: 1 });
    await client.create({ flavor: 'a2' });
    await client.create({ flavor: 'any' });

    // The flavor without a model has the sixth GPU, so none is left for another a2.
    expect(await fits()).toMatchObject({ l40s: 0, 'l40s-pair': 0, a2: 0, any: 0 });
    expect(await fits(OPERATOR)).toMatchObject({ l40s: 0, a2: 0, any: 0 });
    const refused = expectProblem(await client.post('/instances', { name: 'web', flavor: 'l40s-pair' }), {
      status: 409,
      code: 'insufficient_capacity',
    });
    expect(refused).toMatchObject({ gpuModel: 'nvidia-l40s', limit: 4, used: 4, free: 0, requested: 2 });
    const total = expectProblem(await client.post('/instances', { name: 'web', flavor: 'a2' }), {
      status: 409,
      code: 'insufficient_capacity',
    });
    expect(total).toMatchObject({ resource: 'gpus', limit: 6, used: 6 });
    expect(total).not.toHaveProperty('gpuModel');
  });

  it('shows operators what each model has', async () => {
    const { drivers } = await capacity(OPERATOR);
    expect(drivers).toMatchObject([
      {
        total: { gpus: 6 },
        allocated: { gpus: 6 },
        gpuModels: [
          { model: 'nvidia-a2', total: 2, allocated: 1 },
          { model: 'nvidia-l40s', total: 4, allocated: 4 },
        ],
      },
    ]);
    expect(await capacity()).not.toHaveProperty('drivers');
  });

  it('has free GPUs again when an instance is deleted', async () => {
    const client = app.as('owner');
    expect(await fits()).toMatchObject({ l40s: 0 });
    const list = await client.get<{ instances: readonly { id: string; tenantId: string; flavor: string }[] }>(
      '/instances?allTenants=true',
      OPERATOR,
    );
    const instance = list.body.instances.find(({ flavor }) => flavor === 'l40s');
    if (!instance) throw new Error('no instance has an L40S');
    await app.as(instance.tenantId).delete(`/instances/${instance.id}?force=true`);
    expect(await fits()).toMatchObject({ l40s: 1, 'l40s-pair': 0, a2: 1, any: 1 });
  });

  it('creates several instances only if the model has enough for all', async () => {
    const client = tenant();
    const request = { name: 'web', flavor: 'a2', count: 2 };
    expectProblem(await client.post('/instances', request), { status: 409, code: 'insufficient_capacity' });
    expect((await client.post('/instances', { ...request, count: 1 })).status).toBe(201);
  });
});

describe('an engine that reports only the number of GPUs', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators', SIMULATED_GPUS: '2' } });

  it('limits the number, whatever the model', async () => {
    const client = app.as(newTenant());
    const flavor = { name: 'h100', vcpus: 1, ramGB: 1, diskGB: 1, gpus: 2, gpuModel: 'nvidia-h100' };
    await client.post('/flavors', flavor, OPERATOR);
    await client.create({ flavor: 'h100' });
    expectProblem(await client.post('/instances', { name: 'web', flavor: 'h100' }), {
      status: 409,
      code: 'insufficient_capacity',
    });
    const { drivers = [] } = (await client.get<Capacity>('/capacity', OPERATOR)).body;
    expect(drivers).toHaveLength(1);
    expect(drivers[0]).not.toHaveProperty('gpuModels');
  });
});
