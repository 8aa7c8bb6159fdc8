import type { Instance } from '../../src/compute/instances';
import { Database } from '../../src/platform/database';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';
import { OPERATOR_TOKEN, WarmPools } from '../support/warm-pools';

interface History {
  readonly events: readonly { readonly type: string; readonly version: number }[];
}

/** What a guest has from its start, so that only a new one can have it. */
const OWN_CREATION: readonly (readonly [string, object])[] = [
  ['a command', { container: { command: ['sleep', '1'] } }],
  ['environment variables', { container: { env: { A: 'b' } } }],
  ['published ports', { container: { ports: [{ port: 80, protocol: 'tcp' }] } }],
  ['a network', { networkIds: ['network-1'] }],
  ['a volume', { volumeIds: ['volume-1'] }],
  ['faults of the simulated engine', { metadata: { 'simulate.createDelayMs': '1' } }],
  ['another flavor', { flavor: 'medium' }],
  ['another image', { imageId: 'other' }],
  ['another type', { type: 'vm' }],
];

describe('a warm pool', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN, WARM_POOL_MAX: '12' } });
  let pools: WarmPools;
  let tenant: Client;

  beforeEach(() => {
    pools = new WarmPools(app.url);
    tenant = app.as(newTenant());
  });
  afterEach(() => pools.clear());

  const createContainer = (request: object = {}): Promise<Instance> =>
    tenant.create({ type: 'container', ...request });
  const setLimits = async (limits: object): Promise<void> => {
    const headers = { Authorization: `Bearer ${OPERATOR_TOKEN}` };
    const { status } = await tenant.send('PUT', `/quotas/${tenant.tenantId}`, limits, headers);
    expect(status).toBe(200);
  };
  const used = async (client = tenant): Promise<object> =>
    (await client.get<{ usage: object }>('/quotas')).body.usage;

  it('gives a creation an instance that runs already, and replaces it', async () => {
    await pools.filled('web', { type: 'container', size: 2 });
    const before = await pools.prepared();
    const { status, body, headers } = await tenant.post<Instance>('/instances', {
      ...{ name: 'mine', flavor: 'small', type: 'container', metadata: { team: 'red' } },
      ...{ deletionProtection: true, restartPolicy: { condition: 'on-failure' } },
    });
    expect(status).toBe(201);
    expect(before).toContain(body.id);
    expect(headers.get('location')).toBe(`/api/v1/compute/instances/${body.id}`);
    expect(body).toMatchObject({
      ...{ name: 'mine', tenantId: tenant.tenantId, status: 'running', metadata: { team: 'red' } },
      ...{ deletionProtection: true, restartPolicy: { condition: 'on-failure' } },
    });
    await tenant.reachesOperation(body.id, 'create', 'succeeded');
    await pools.reaches('web', { ready: 2, preparing: 0 });
    expect(await pools.prepared()).not.toContain(body.id);
    await tenant.patch(`/instances/${body.id}`, { deletionProtection: false });
  });

  it('is invisible to tenants, whose history begins with the hand-over', async () => {
    await pools.filled('web', { type: 'container' });
    const [id = ''] = await pools.prepared();
    expectProblem(await tenant.get(`/instances/${id}`), { status: 404, code: 'instance_not_found' });
    expect((await tenant.get<{ instances: [] }>('/instances')).body.instances).toEqual([]);
    const reserved = await tenant.get('/instances', { 'X-Tenant-ID': '@warm-pools' });
    expectProblem(reserved, { status: 400, code: 'invalid_tenant' });
    expect((await createContainer()).id).toBe(id);
    await tenant.reachesOperation(id, 'create', 'succeeded');
    const { body } = await tenant.get<History>(`/instances/${id}/events`);
    expect(body.events.map(({ type }) => type)).toEqual(['create.requested', 'create.succeeded']);
    expect((await tenant.operationsOf(id)).map(({ type }) => type)).toEqual(['create']);
    expectProblem(await app.as(newTenant()).get(`/instances/${id}`), {
      ...{ status: 403, code: 'access_denied' },
    });
  });

  it('counts against the quota of a tenant from the hand-over', async () => {
    await pools.filled('web', { type: 'container', size: 2 });
    expect(await used()).toMatchObject({ instances: 0, vcpus: 0 });
    await setLimits({ instances: 1 });
    const { id } = await createContainer();
    expect(await used()).toMatchObject({ instances: 1, vcpus: 1, ramGB: 1, diskGB: 10 });
    const refused = await tenant.post('/instances', { name: 'b', flavor: 'small', type: 'container' });
    expectProblem(refused, { status: 403, code: 'quota_exceeded' });
    await tenant.delete(`/instances/${id}?force=true`);
    await tenant.isGone(id);
    expect(await used()).toMatchObject({ instances: 0, vcpus: 0 });
    expect((await createContainer()).status).toBe('running');
  });

  it('gives each instance to one of 20 concurrent requests, and the others create their own', async () => {
    await pools.filled('web', { type: 'container', size: 5 });
    const before = await pools.prepared();
    const made = await Promise.all(
      Array.from({ length: 20 }, async (_, i) =>
        (i % 2 === 0 ? tenant : app.as(`${tenant.tenantId}-b`)).create({ type: 'container', name: `n${i}` }),
      ),
    );
    const ids = made.map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(before.every((id) => ids.includes(id))).toBe(true);
    expect([await used(), await used(app.as(`${tenant.tenantId}-b`))]).toMatchObject([
      { instances: 10 },
      { instances: 10 },
    ]);
    await pools.reaches('web', { ready: 5, preparing: 0 });
  });

  it.each(OWN_CREATION)('leaves a request with %s to an ordinary creation', async (_, request) => {
    await pools.filled('web', { type: 'container' });
    const before = await pools.prepared();
    const made = await createContainer(request);
    expect(before).not.toContain(made.id);
    expect(made.status).toBe('creating');
  });

  it('serves no list of instances and no dry run', async () => {
    await pools.filled('web', { type: 'container' });
    const before = await pools.prepared();
    const request = { name: 'web', flavor: 'small', type: 'container' };
    const list = await tenant.post<{ instances: Instance[] }>('/instances', { ...request, count: 2 });
    expect(list.body.instances.map(({ status }) => status)).toEqual(['creating', 'creating']);
    const dry = await tenant.post('/instances', request, { Prefer: 'dry-run' });
    expect(dry.status).toBe(200);
    expect(await pools.prepared()).toEqual(before);
  });

  it('hands one instance over for a repeated request with an idempotency key', async () => {
    await pools.filled('web', { type: 'container', size: 2 });
    const key = { 'Idempotency-Key': 'once' };
    const request = { name: 'web', flavor: 'small', type: 'container' };
    const first = await tenant.post<Instance>('/instances', request, key);
    const again = await tenant.post<Instance>('/instances', request, key);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('location')).toContain(first.body.id);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await used()).toMatchObject({ instances: 1 });
  });

  it('probes the guest for the tenant that asked for it', async () => {
    await pools.filled('web', { type: 'container' });
    const readiness = { kind: 'exec', command: ['echo', 'up'], timeoutSeconds: 60 };
    const made = await createContainer({ readiness });
    expect(made).toMatchObject({ status: 'running', ready: false });
    await eventually(async () => expect(await tenant.details(made.id)).toMatchObject({ ready: true }));
  });

  it('replaces its instances when its flavor changes, and removes the surplus of a smaller one', async () => {
    await pools.filled('web', { type: 'container', size: 3 });
    const before = await pools.prepared();
    await pools.filled('web', { type: 'container', size: 2 });
    await eventually(async () => expect(await pools.prepared()).toHaveLength(2));
    expect(before).toEqual(expect.arrayContaining([...(await pools.prepared())]));
    await pools.filled('web', { type: 'container', size: 2, flavor: 'medium' });
    await eventually(async () => expect(await pools.prepared()).toHaveLength(2));
    for (const id of await pools.prepared()) expect(before).not.toContain(id);
  });

  it('deletes its prepared instances with itself, but none that was handed over', async () => {
    await pools.filled('web', { type: 'container', size: 2 });
    const { id } = await createContainer();
    expect((await pools.remove('web')).status).toBe(204);
    await eventually(async () => expect(await pools.prepared()).toEqual([]));
    expect((await tenant.details(id)).status).toBe('running');
    expectProblem(await pools.remove('web'), { status: 404, code: 'warm_pool_not_found' });
  });

  it('is refused if all pools together would be too large, also by concurrent requests', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => pools.set(name, { type: 'container', size: 5 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'warm_pool_limit_exceeded', used: 10, limit: 12 });
  });

  it('is refused for an unknown flavor, and by everyone but operators', async () => {
    expectProblem(await pools.set('web', { flavor: 'huge' }), { status: 400, code: 'invalid_flavor' });
    expectProblem(await pools.set('Web'), { status: 400, code: 'validation_failed' });
    expectProblem(await pools.set('web', { size: 0 }), { status: 400, code: 'validation_failed' });
    for (const [method, path] of [
      ['GET', '/warm-pools'],
      ['GET', '/warm-pools/web'],
      ['PUT', '/warm-pools/web'],
      ['DELETE', '/warm-pools/web'],
    ] as const) {
      const body = method === 'PUT' ? { flavor: 'small', size: 1 } : undefined;
      expect((await tenant.send(method, path, body)).status).toBe(401);
    }
  });

  it('replaces an instance that ended, after a delay, and shows why', async () => {
    await pools.filled('web', { type: 'container' });
    const [id = ''] = await pools.prepared();
    await app.running.app.get(Database).query({
      name: 'test end',
      text: `UPDATE instances SET status = 'stopped', status_reason = 'exited', version = version + 1 WHERE id = $1`,
      values: [id],
    });
    await pools.reaches('web', { ready: 0, preparing: 0, lastError: 'exited' });
    expect((await createContainer()).status).toBe('creating');
    await pools.reaches('web', { ready: 1, lastError: null });
    expect(await pools.prepared()).not.toContain(id);
  });

  it('shows its instances in the metrics', async () => {
    await pools.filled('web', { type: 'container', size: 2 });
    const { text } = await tenant.request('/metrics');
    expect(text).toMatch(/compute_warm_pool_instances\{pool="web",state="ready",.*\} 2/);
  });
});
