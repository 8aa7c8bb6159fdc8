import { ComputeClient, unwrap } from '../../packages/client/src';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

const SMALL = {
  name: 'small',
  vcpus: 1,
  ramGB: 1,
  diskGB: 10,
  description: 'Suitable for development and testing',
};

const CACHE = { name: 'cache', vcpus: 4, ramGB: 64, diskGB: 80, description: 'Suitable for caches' };
const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

describe('flavors', () => {
  const app = useApp();

  it('are listed in the order of the original service, for any tenant header', async () => {
    const client = app.as(newTenant());
    const typed = new ComputeClient({ baseUrl: app.url, tenantId: client.tenantId }).routes;
    const body = await unwrap(typed.GET('/api/v1/compute/flavors'));
    expect(Object.keys(body)).toEqual(['flavors']);
    expect(body.flavors.map(({ name, vcpus, ramGB, diskGB }) => [name, vcpus, ramGB, diskGB])).toEqual([
      ['small', 1, 1, 10],
      ['medium', 2, 4, 40],
      ['large', 4, 8, 80],
      ['xlarge', 8, 16, 160],
    ]);
    expect(body.flavors[0]).toEqual(SMALL);
    for (const tenant of [undefined, '', 'not a tenant at all!']) {
      expect((await client.get('/flavors', { 'X-Tenant-ID': tenant })).body).toEqual(body);
    }
  });

  it('are found by name', async () => {
    const client = new ComputeClient({ baseUrl: app.url }).routes;
    const params = { path: { name: 'small' } };
    expect(await unwrap(client.GET('/api/v1/compute/flavors/{name}', { params }))).toEqual(SMALL);
  });

  it.each(withTitles(['huge', 'Small', 'small%20', '%00', '__proto__', 'constructor', 'x'.repeat(2000)]))(
    'are not found by %s',
    async (_, name) => {
      const answer = await app.as(newTenant()).get(`/flavors/${name}`);
      expectProblem(answer, { status: 404, code: 'flavor_not_found', detail: 'Flavor not found' });
    },
  );

  it('can be changed by operators only', async () => {
    const client = app.as(newTenant());
    for (const answer of [
      await client.post('/flavors', CACHE),
      await client.patch('/flavors/small', { description: 'mine' }),
      await client.delete('/flavors/small'),
    ])
      expectProblem(answer, { status: 403, code: 'operator_required' });
  });
});

describe('flavors managed by operators', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  const names = async (): Promise<readonly string[]> => {
    const { body } = await app.as('').get<{ flavors: readonly { name: string }[] }>('/flavors');
    return body.flavors.map(({ name }) => name);
  };

  it('are created once if the request is repeated with its key', async () => {
    const client = app.as(newTenant());
    const keyed = { ...OPERATOR, 'Idempotency-Key': 'a key' };
    const flavor = { ...CACHE, name: 'repeated' };
    const first = await client.post('/flavors', flavor, keyed);
    const again = await client.post('/flavors', flavor, keyed);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const other = await client.post('/flavors', { ...flavor, vcpus: 5 }, keyed);
    expectProblem(other, { status: 422, code: 'idempotency_key_reused' });
    // Keys of tenants are separate from keys of operators.
    const instance = await client.post('/instances', { name: 'web', flavor: 'small' }, keyed);
    expect([instance.status, instance.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect((await client.delete('/flavors/repeated', OPERATOR)).status).toBe(204);
  });

  it('refuse dry runs', async () => {
    const client = app.as(newTenant());
    const dry = { ...OPERATOR, Prefer: 'dry-run' };
    for (const answer of [
      await client.post('/flavors', { ...CACHE, name: 'tried' }, dry),
      await client.delete('/flavors/small', dry),
      await client.send('PUT', `/quotas/${client.tenantId}`, { instances: 0 }, dry),
    ])
      expectProblem(answer, { status: 400, code: 'dry_run_unsupported' });
    expect(await names()).toEqual(['small', 'medium', 'large', 'xlarge']);
  });

  it('reject an Idempotency-Key on routes that do not support it', async () => {
    const client = app.as(newTenant());
    const keyed = { ...OPERATOR, 'Idempotency-Key': 'once' };
    const quota = (await client.get('/quotas')).body;
    for (const answer of [
      await client.send('PATCH', '/flavors/small', { description: 'changed' }, keyed),
      await client.delete('/flavors/small', keyed),
      await client.send('PUT', `/quotas/${client.tenantId}`, { instances: 0 }, keyed),
    ])
      expectProblem(answer, { status: 400, code: 'idempotency_key_unsupported' });
    expect(await names()).toEqual(['small', 'medium', 'large', 'xlarge']);
    expect((await client.get('/flavors/small')).text).not.toContain('changed');
    expect((await client.get('/quotas')).body).toEqual(quota);
  });

  it('are listed after the built-in ones and can be used', async () => {
    const client = app.as(newTenant());
    const made = await client.post('/flavors', CACHE, OPERATOR);
    expect([made.status, made.body]).toEqual([201, CACHE]);
    expect(made.headers.get('location')).toBe('/api/v1/compute/flavors/cache');
    const gpu = { ...CACHE, name: 'gpu', gpus: 2, gpuModel: 'nvidia-l40s' };
    expect((await client.post('/flavors', gpu, OPERATOR)).body).toEqual(gpu);
    expect((await client.get('/flavors/gpu')).body).toEqual(gpu);
    expect(await names()).toEqual(['small', 'medium', 'large', 'xlarge', 'cache', 'gpu']);
    expectProblem(await client.post('/flavors', gpu, OPERATOR), { status: 409, code: 'flavor_exists' });
    expect(await client.createRunning({ flavor: 'gpu' })).toMatchObject({ flavor: 'gpu' });
    const { body } = await client.get<{ usage: object }>('/quotas');
    expect(body.usage).toEqual({
      instances: 1,
      vcpus: 4,
      ramGB: 64,
      diskGB: 80,
      gpus: 2,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('allow changes of their description only', async () => {
    const client = app.as(newTenant());
    const description = 'Suitable for everything';
    const { body } = await client.patch('/flavors/small', { description }, OPERATOR);
    expect(body).toEqual({ ...SMALL, description });
    for (const change of [{ vcpus: 2 }, { description, name: 'tiny' }, {}, { description: null }]) {
      const answer = await client.patch('/flavors/small', change, OPERATOR);
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    }
    const answer = await client.patch('/flavors/huge', { description }, OPERATOR);
    expectProblem(answer, { status: 404, code: 'flavor_not_found' });
  });

  it('are deleted if unused and retired if in use', async () => {
    const client = app.as(newTenant());
    const passing = { ...CACHE, name: 'passing' };
    await client.post('/flavors', passing, OPERATOR);
    const { id } = await client.createStopped({ flavor: 'passing' });
    expect((await client.delete('/flavors/passing', OPERATOR)).status).toBe(204);
    expect((await client.get('/flavors/passing')).body).toEqual({ ...passing, retired: true });
    expect(await names()).not.toContain('passing');
    const refused = expectProblem(await client.post('/instances', { name: 'web', flavor: 'passing' }), {
      status: 400,
      code: 'invalid_flavor',
      detail: 'Invalid flavor',
    });
    expect(refused['acceptedFlavors']).toEqual(await names());
    expect((await client.post(`/instances/${id}/start`)).status).toBe(200);
    expect((await client.delete(`/instances/${id}?force=true`)).status).toBe(204);
    for (const name of ['passing', 'passing', 'never-was', '%00']) {
      expect((await client.delete(`/flavors/${name}`, OPERATOR)).status).toBe(204);
    }
    expectProblem(await client.get('/flavors/passing'), { status: 404, code: 'flavor_not_found' });
    expect((await client.post('/flavors', passing, OPERATOR)).status).toBe(201);
  });

  it.each(
    withTitles<object>([
      { name: 'Upper' },
      { name: '-dash' },
      { name: '' },
      { name: 'x'.repeat(64) },
      { name: 'a/b' },
      { vcpus: 0 },
      { vcpus: 513 },
      { ramGB: 0 },
      { ramGB: 16_385 },
      { diskGB: 0 },
      { diskGB: 65_537 },
      { diskGB: 1.5 },
      { gpus: -1 },
      { gpus: 17 },
      { gpuModel: 'nvidia-l40s' },
      { gpus: 1, gpuModel: '' },
      { description: 'x'.repeat(256) },
      { price: 1 },
    ]),
  )('are not created with %s', async (_, parts) => {
    const answer = await app.as('').post('/flavors', { ...CACHE, name: 'other', ...parts }, OPERATOR);
    expectProblem(answer, { status: 400, code: 'validation_failed' });
  });
});
