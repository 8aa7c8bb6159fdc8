import type { Instance } from '../../src/compute/instances';
import { descriptorOf, ROUTED_ACTIONS } from '../../src/compute/instances/actions/actions';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const DRY = { Prefer: 'dry-run' };
const WEB = { name: 'web', flavor: 'medium' };

interface DryRunResult {
  readonly dryRun: true;
  readonly action: string;
  readonly becomes: string;
  readonly instance: Instance;
  readonly instances: readonly Instance[];
  readonly quota: Readonly<Record<'limits' | 'usage' | 'requested', Readonly<Record<string, number>>>>;
  readonly capacity: { readonly fits: number | null };
}

describe('a dry run', () => {
  const app = useApp({ environment: { QUOTA_VCPUS: '8' } });
  const isUntouched = async (tenant: Client): Promise<void> => {
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
    expect((await tenant.get('/operations')).body).toEqual({ operations: [] });
    expect((await tenant.get<DryRunResult['quota']>('/quotas')).body.usage['instances']).toBe(0);
  };

  it.each([
    ['the header', '', DRY],
    ['the query', '?dryRun=true', {}],
    ['the query in a header', '', { 'X-Query': 'dryRun=true' }],
    ['the header, a key and a wait', '', { Prefer: 'wait=5, dry-run', 'Idempotency-Key': 'k' }],
  ])('of a create is requested by %s and changes nothing', async (_, query, headers) => {
    const tenant = app.as(newTenant());
    const answer = await tenant.post<DryRunResult>(`/instances${query}`, WEB, headers);
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, 'dry-run']);
    expect(answer.body).toMatchObject({
      dryRun: true,
      action: 'create',
      becomes: 'running',
      instance: { ...WEB, status: 'creating', tenantId: tenant.tenantId },
      quota: { limits: { vcpus: 8 }, usage: { vcpus: 0 }, requested: { vcpus: 2, instances: 1 } },
      capacity: { fits: 3 },
    });
    await isUntouched(tenant);
    expect((await tenant.get(`/instances/${answer.body.instance.id}`)).status).toBe(404);
  });

  it('previews each instance of a batch, and refuses one above the quota', async () => {
    const tenant = app.as(newTenant());
    const { body } = await tenant.post<DryRunResult>('/instances', { ...WEB, count: 4 }, DRY);
    expect(body.instances.map(({ name }) => name)).toEqual(['web-1', 'web-2', 'web-3', 'web-4']);
    expect(body.capacity).toEqual({ fits: 0 });
    const problem = expectProblem(await tenant.post('/instances', { ...WEB, count: 5 }, DRY), {
      status: 403,
      code: 'quota_exceeded',
    });
    expect(problem).toMatchObject({ resource: 'vcpus', limit: 8, used: 0, requested: 10 });
    await isUntouched(tenant);
  });

  it.each([
    [{ flavor: 'huge' }, 'invalid_flavor'],
    [{ createNetwork: { cidr: '10.0.0.0/24' } }, 'integration_disabled'],
    [{ nmae: 'web' }, 'validation_failed'],
  ])('refuses what the create would refuse: %j', async (part, code) => {
    const tenant = app.as(newTenant());
    expectProblem(await tenant.post('/instances', { ...WEB, ...part }, DRY), { status: 400, code });
    await isUntouched(tenant);
  });

  it.each(ROUTED_ACTIONS)('of %s returns the resulting status', async (action) => {
    const tenant = app.as(newTenant());
    const before = await tenant.createFor(action);
    const { via, to } = descriptorOf(action);
    const operations = await tenant.operationsOf(before.id);
    const { status, body } = await tenant.post<DryRunResult>(`/instances/${before.id}/${action}`, null, DRY);
    expect([status, body.becomes, body.instance.status]).toEqual([200, to, via ?? before.status]);
    expect((await tenant.get<Instance>(`/instances/${before.id}`)).body).toMatchObject(before);
    expect(await tenant.operationsOf(before.id)).toEqual(operations);
  });

  it.each(ROUTED_ACTIONS)('of %s is refused in a status that does not allow it', async (action) => {
    const tenant = app.as(newTenant());
    const { from } = descriptorOf(action);
    const { id } = from.includes('running') ? await tenant.createStopped() : await tenant.createRunning();
    const { status } = await tenant.post(`/instances/${id}/${action}`, null, DRY);
    expect(status).toBe(400);
  });

  it('of a delete deletes nothing', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    expectProblem(await tenant.delete(`/instances/${id}`, DRY), { status: 400, code: 'instance_running' });
    const answer = await tenant.delete<DryRunResult>(`/instances/${id}?force=true&dryRun=true`);
    expect([answer.status, answer.body.becomes, answer.body.instance.id]).toEqual([200, 'deleted', id]);
    await tenant.patch(`/instances/${id}`, { deletionProtection: true });
    expectProblem(await tenant.delete(`/instances/${id}?force=true`, DRY), { status: 409 });
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.status).toBe('running');
  });

  it('is refused on unsupported routes without side effects', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    for (const answer of [
      await tenant.patch(`/instances/${id}`, { name: 'other' }, DRY),
      await tenant.post(`/instances/${id}/networks`, { networkId: 'net-1' }, DRY),
      await tenant.delete(`/instances/${id}/networks/net-1`, DRY),
    ]) {
      expectProblem(answer, { status: 400, code: 'dry_run_unsupported' });
    }
    expect((await tenant.get<Instance>(`/instances/${id}`)).body).toMatchObject({
      name: 'web',
      networkIds: [],
    });
  });

  it.each(['dryRun=yes', 'dryRun=', 'dryRun=TRUE', 'dryrun=true', 'dry_run', 'dryRun[]=true'])(
    'rejects a misspelled or invalid parameter: ?%s',
    async (query) => {
      const tenant = app.as(newTenant());
      expectProblem(await tenant.post(`/instances?${query}`, WEB), {
        status: 400,
        code: 'validation_failed',
      });
      await isUntouched(tenant);
    },
  );
});
