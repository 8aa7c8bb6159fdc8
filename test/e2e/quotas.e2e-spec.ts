import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
const NONE = { instances: 0, vcpus: 0, ramGB: 0, diskGB: 0, gpus: 0, snapshots: 0, snapshotGB: 0 };
const FREE = { instances: -1, vcpus: -1, ramGB: -1, diskGB: -1, gpus: 0, snapshots: -1, snapshotGB: -1 };
const FLAVORS = ['small', 'medium', 'large', 'xlarge'];

interface Quota {
  readonly tenantId: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly usage: Readonly<Record<string, number>>;
}

describe('quotas', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators', QUOTA_GPUS: '0' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const limit = async (limits: object): Promise<Quota> => {
    const { status, body } = await tenant.send<Quota>('PUT', `/quotas/${tenant.tenantId}`, limits, OPERATOR);
    expect(status).toBe(200);
    return body;
  };
  const usage = async (): Promise<object> => (await tenant.get<Quota>('/quotas')).body.usage;

  it('show a tenant its limits and usage, initially zero', async () => {
    const { status, body } = await tenant.get<Quota>('/quotas');
    expect([status, body]).toEqual([
      200,
      { tenantId: tenant.tenantId, limits: FREE, usage: NONE, retainDeleted: null },
    ]);
    await tenant.create({ flavor: 'medium' });
    expect(await usage()).toEqual({
      instances: 1,
      vcpus: 2,
      ramGB: 4,
      diskGB: 40,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('are set by operators one at a time and can be reset to the default', async () => {
    expect((await limit({ instances: 3, gpus: -1 })).limits).toEqual({ ...FREE, instances: 3, gpus: -1 });
    expect((await limit({ vcpus: 8 })).limits).toEqual({ ...FREE, instances: 3, vcpus: 8, gpus: -1 });
    expect((await limit({ instances: null, gpus: null })).limits).toEqual({ ...FREE, vcpus: 8 });
    expect((await limit({})).limits).toEqual({ ...FREE, vcpus: 8 });
    const { body } = await app.as('').get<Quota>(`/quotas/${tenant.tenantId}`, OPERATOR);
    expect(body).toEqual({
      ...{ tenantId: tenant.tenantId, limits: { ...FREE, vcpus: 8 }, usage: NONE },
      retainDeleted: null,
    });
  });

  it('admit 10 of 50 parallel creates and name the exhausted resource to the others', async () => {
    await limit({ instances: 10 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => tenant.post('/instances', { name: 'web', flavor: 'small' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      const problem = expectProblem(answer, {
        status: 403,
        code: 'quota_exceeded',
        detail: 'Quota exceeded: 1 instances requested, 10 of 10 in use',
      });
      expect(problem).toMatchObject({ resource: 'instances', limit: 10, used: 10, requested: 1 });
    }
    expect(await usage()).toEqual({
      instances: 10,
      vcpus: 10,
      ramGB: 10,
      diskGB: 100,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('admit a batch as a whole or not at all', async () => {
    await limit({ instances: 5 });
    const createSome = (count: number) =>
      tenant.post('/instances', { name: 'web', flavor: 'small', count }, { 'Idempotency-Key': `${count}` });
    for (let round = 0; round < 2; round++) {
      const problem = expectProblem(await createSome(10), {
        status: 403,
        code: 'quota_exceeded',
        detail: 'Quota exceeded: 10 instances requested, 0 of 5 in use',
      });
      expect(problem).toMatchObject({ resource: 'instances', limit: 5, used: 0, requested: 10 });
      expect((await tenant.get('/instances')).body).toMatchObject({ instances: [] });
      expect(await usage()).toEqual(NONE);
    }
    expect((await createSome(5)).status).toBe(201);
    expect(await usage()).toMatchObject({ instances: 5 });
  });

  it('list the flavors that would fit', async () => {
    await limit({ vcpus: 5 });
    await tenant.create({ flavor: 'medium' });
    const problem = expectProblem(await tenant.post('/instances', { name: 'web', flavor: 'large' }), {
      status: 403,
      code: 'quota_exceeded',
      detail: 'Quota exceeded: 4 vcpus requested, 2 of 5 in use',
    });
    expect(problem).toMatchObject({ resource: 'vcpus', limit: 5, fittingFlavors: ['small', 'medium'] });
    await limit({ vcpus: 1 });
    const again = await tenant.post('/instances', { name: 'web', flavor: 'small' });
    expect(expectProblem(again, { status: 403 })).toMatchObject({ limit: 1, used: 2, fittingFlavors: [] });
  });

  it('are released by failed, deleted and cancelled instances', async () => {
    await limit({ instances: 1 });
    const { id: failing } = await tenant.create({ metadata: { 'simulate.createError': 'no' } });
    await tenant.reaches(failing, 'error');
    expect(await usage()).toEqual(NONE);
    const { id: running } = await tenant.createRunning();
    expect((await tenant.delete(`/instances/${failing}`)).status).toBe(204);
    expect(await usage()).toMatchObject({ instances: 1 });
    expect((await tenant.post('/instances', { name: 'web', flavor: 'small' })).status).toBe(403);
    expect((await tenant.delete(`/instances/${running}?force=true`)).status).toBe(204);
    const { id: creating } = await tenant.create({ metadata: { 'simulate.createDelayMs': '60000' } });
    expect((await tenant.delete(`/instances/${creating}?force=true`)).status).toBe(204);
    await eventually(async () => expect(await usage()).toEqual(NONE));
  });

  it('are checked after the flavor', async () => {
    await limit({ instances: 0 });
    const answer = await tenant.post('/instances', { name: 'web', flavor: 'huge' });
    const problem = expectProblem(answer, { status: 400, code: 'invalid_flavor', detail: 'Invalid flavor' });
    expect(problem['acceptedFlavors']).toEqual(FLAVORS);
  });

  it.each(withTitles([{}, { Authorization: 'Bearer another' }, { Authorization: 'the-token-of-operators' }]))(
    'of any tenant are accessible by operators only: %s',
    async (_, headers) => {
      const path = `/quotas/${tenant.tenantId}`;
      for (const answer of [
        await tenant.get(path, headers),
        await tenant.send('PUT', path, { instances: -1 }, headers),
      ])
        expectProblem(answer, {
          status: 401,
          code: headers.Authorization?.startsWith('Bearer ') ? 'token_invalid' : 'token_required',
        });
    },
  );

  it.each(
    withTitles<unknown>([
      { instances: -2 },
      { instances: 1.5 },
      { vcpus: '4' },
      { ramGB: 1_000_000_001 },
      { diskGB: true },
      { gpus: [] },
      { memory: 1 },
      { usage: { instances: 1 } },
      [],
      null,
    ]),
  )('are not set by %s', async (_, body) => {
    const answer = await tenant.send('PUT', `/quotas/${tenant.tenantId}`, body, OPERATOR);
    expectProblem(answer, { status: 400, code: 'validation_failed' });
  });

  it('are refused for invalid tenant IDs', async () => {
    for (const name of ['a b', 'ü', 'x'.repeat(129)]) {
      const path = `/quotas/${encodeURIComponent(name)}`;
      expectProblem(await tenant.get(path, OPERATOR), { status: 400, code: 'invalid_tenant' });
      expectProblem(await tenant.send('PUT', path, {}, OPERATOR), { status: 400, code: 'invalid_tenant' });
    }
  });
});

describe('quotas without OPERATOR_TOKEN', () => {
  const app = useApp();

  it.each(['', 'Bearer ', 'Bearer undefined'])('refuse Authorization "%s"', async (authorization) => {
    const answer = await app.as('a').get('/quotas/a', { Authorization: authorization });
    expectProblem(answer, { status: 403, code: 'operator_required' });
  });
});
