import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

interface Created {
  readonly instances: readonly Instance[];
  readonly operationIds: readonly string[];
}

describe('POST /instances with count', () => {
  const app = useApp();
  const createSome = (tenant: Client, request: object, headers = {}): Promise<ApiResponse<Created>> =>
    tenant.post<Created>('/instances', { name: 'web', flavor: 'small', ...request }, headers);

  it('creates the given number, named with an index, and returns them with their operations', async () => {
    const tenant = app.as(newTenant());
    const { status, body } = await createSome(tenant, { count: 3, metadata: { role: 'worker' } });
    expect(status).toBe(201);
    expect(body.instances.map(({ name }) => name)).toEqual(['web-1', 'web-2', 'web-3']);
    for (const [index, { id }] of body.instances.entries()) {
      expect(await tenant.reaches(id, 'running')).toMatchObject({ metadata: { role: 'worker' } });
      expect(await tenant.operationsOf(id)).toMatchObject([{ id: body.operationIds[index] }]);
    }
  });

  it('returns a list even for a count of 1', async () => {
    const { body } = await createSome(app.as(newTenant()), { count: 1 });
    expect(body.instances).toMatchObject([{ name: 'web-1' }]);
  });

  it('creates a batch of 100 once if repeated with its key', async () => {
    const tenant = app.as(newTenant());
    const [one, other] = await Promise.all([
      createSome(tenant, { count: 100 }, { 'Idempotency-Key': 'k' }),
      createSome(tenant, { count: 100 }, { 'Idempotency-Key': 'k' }),
    ]);
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.text).toBe(other.text);
    const replayed = await createSome(tenant, { count: 100 }, { 'Idempotency-Key': 'k' });
    expect([replayed.text, replayed.headers.get('etag')]).toEqual([one.text, null]);
    expect((await tenant.get<Created>('/instances')).body.instances).toHaveLength(100);
  });

  it.each([0, 101, -1, 1.5, '3', null])('refuses count %j', async (count) => {
    expectProblem(await createSome(app.as(newTenant()), { count }), {
      status: 400,
      code: 'validation_failed',
    });
  });

  it.each([
    [{ count: 2, volumeIds: ['v-1'] }, 'volumeIds'],
    [{ count: 10, name: 'x'.repeat(253) }, 'name'],
  ])('refuses %j', async (request, field) => {
    const tenant = app.as(newTenant());
    const problem = expectProblem(await createSome(tenant, request), {
      status: 400,
      code: 'validation_failed',
    });
    expect(problem.errors).toMatchObject([{ field }]);
    expect((await tenant.get<Created>('/instances')).body.instances).toEqual([]);
  });
});
