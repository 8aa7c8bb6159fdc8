import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const WEB = { name: 'web', flavor: 'small' };
const keyed = (key: string) => ({ 'Idempotency-Key': key });
const PENDING = {
  ...{ status: 429, code: 'too_many_pending_operations' },
  detail: 'The tenant has 3 unfinished operations; try again when some have finished',
};
const KEYS = { status: 429, code: 'too_many_idempotency_keys' };

describe('a tenant at its limit of pending operations', () => {
  const clock = new ManualClock();
  const app = useApp({
    clock,
    environment: { QUOTA_PENDING_OPERATIONS: '3', PROVISION_DELAY_MS: '1000', POWER_WAIT_SECONDS: '0' },
  });
  let tenant: Client;
  let ids: readonly string[];
  beforeEach(async () => {
    tenant = app.as(newTenant());
    const { body } = await tenant.post<{ instances: readonly Instance[] }>('/instances', {
      ...WEB,
      count: 3,
    });
    ids = body.instances.map(({ id }) => id);
  });

  it('cannot create instances and gets a Retry-After', async () => {
    const refusal = await tenant.post('/instances', WEB);
    expectProblem(refusal, PENDING);
    expect(refusal.headers.get('retry-after')).toBe('10');
    expectProblem(await tenant.post('/instances', { ...WEB, count: 2 }), PENDING);
    expectProblem(await tenant.post('/instances?dryRun=true', WEB), PENDING);
    const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
    expect(body.instances).toHaveLength(3);
  });

  it('can still change and delete its instances', async () => {
    const [id = ''] = ids;
    expect((await tenant.patch(`/instances/${id}`, { name: 'other' })).status).toBe(200);
    // 204 if the delete completes in time.
    expect([202, 204]).toContain((await tenant.delete(`/instances/${id}`)).status);
  });

  it('does not affect creates of other tenants', async () => {
    await app.as(newTenant()).create();
  });

  it('can create instances again after operations have finished', async () => {
    expectProblem(await tenant.post('/instances', WEB), PENDING);
    await eventually(async () => {
      clock.pass(1000);
      expect((await tenant.post('/instances', WEB)).status).toBe(201);
    });
  });
});

describe('a tenant at its limit of idempotency keys', () => {
  const app = useApp({ environment: { QUOTA_IDEMPOTENCY_KEYS: '3' } });
  let tenant: Client;
  beforeEach(async () => {
    tenant = app.as(newTenant());
    for (const key of ['1', '2', '3']) await tenant.post('/instances', WEB, keyed(key));
  });

  it('is refused further keys on every route without side effects', async () => {
    const { id } = await tenant.createStopped();
    const refusal = await tenant.post('/instances', WEB, keyed('4'));
    expectProblem(refusal, KEYS);
    expect(refusal.headers.get('retry-after')).toBe('600');
    expectProblem(await tenant.post(`/instances/${id}/start`, undefined, keyed('5')), KEYS);
    expectProblem(await tenant.patch(`/instances/${id}`, { name: 'other' }, keyed('6')), KEYS);
    const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
    expect(body.instances).toHaveLength(4);
    expect(body.instances.find((instance) => instance.id === id)).toMatchObject({
      ...{ name: 'web', status: 'stopped' },
    });
  });

  it('can replay earlier requests and send requests without a key', async () => {
    const replay = await tenant.post('/instances', WEB, keyed('1'));
    expect([replay.status, replay.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    await tenant.create();
  });

  it('does not affect keys of other tenants', async () => {
    expect((await app.as(newTenant()).post('/instances', WEB, keyed('1'))).status).toBe(201);
  });
});

describe('a long stored response', () => {
  const app = useApp({ environment: { QUOTA_IDEMPOTENCY_KEYS: '4' } });

  it('counts as one key per 8 KiB', async () => {
    const tenant = app.as(newTenant());
    const metadata = { note: 'x'.repeat(200) };
    const list = await tenant.post('/instances', { ...WEB, metadata, count: 60 }, keyed('list'));
    expect(list.status).toBe(201);
    expect(list.text.length).toBeGreaterThan(3 * 8192);
    expectProblem(await tenant.post('/instances', WEB, keyed('next')), KEYS);
  });
});
