import { createComputeClient, unwrap } from '../../src/client';
import { expectProblem } from '../support/problem';
import { titled } from '../support/titled';
import { newTenant, useApp } from '../support/use-app';

const SMALL = {
  name: 'small',
  vcpus: 1,
  ramGB: 1,
  diskGB: 10,
  description: 'Suitable for development and testing',
};

describe('flavors', () => {
  const app = useApp();

  it('are listed in the order of the original, whoever asks', async () => {
    const client = app.as(newTenant());
    const typed = createComputeClient({ baseUrl: app.url, tenantId: client.tenantId });
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

  it('are found by their name', async () => {
    const client = createComputeClient({ baseUrl: app.url });
    const params = { path: { name: 'small' } };
    expect(await unwrap(client.GET('/api/v1/compute/flavors/{name}', { params }))).toEqual(SMALL);
  });

  it.each(titled(['huge', 'Small', 'small%20', '%00', '__proto__', 'constructor', 'x'.repeat(2000)]))(
    'are not found by %s',
    async (_, name) => {
      const answer = await app.as(newTenant()).get(`/flavors/${name}`);
      expectProblem(answer, { status: 404, code: 'flavor_not_found', detail: 'Flavor not found' });
    },
  );

  it('cannot be changed', async () => {
    const client = app.as(newTenant());
    expectProblem(await client.post('/flavors', SMALL), { status: 404, code: 'route_not_found' });
    expectProblem(await client.patch('/flavors/small', SMALL), { status: 404, code: 'route_not_found' });
    expectProblem(await client.delete('/flavors/small'), { status: 404, code: 'route_not_found' });
  });
});
