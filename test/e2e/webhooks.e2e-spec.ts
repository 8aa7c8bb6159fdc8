import type { Webhook } from '../../src/compute/webhooks/webhook';
import type { DeliveryPage } from '../../src/compute/webhooks/webhooks.service';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';
import { WebhookReceiver } from '../support/webhook-receiver';

type CreatedWebhook = Webhook & { readonly secret: string };

const REQUEST = { url: 'https://203.0.114.7/events', types: ['create.*', 'delete.succeeded'] };
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const NO_ID = '019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11';

describe('webhooks', () => {
  const app = useApp({ environment: { WEBHOOKS_PER_TENANT: '3' } });
  const tenantOf = () => app.as(newTenant());
  const list = async (tenant = tenantOf()): Promise<readonly Webhook[]> =>
    (await tenant.get<{ webhooks: readonly Webhook[] }>('/webhooks')).body.webhooks;

  it('are created with a secret, which no other response has', async () => {
    const tenant = tenantOf();
    const { status, body, headers } = await tenant.post<CreatedWebhook>('/webhooks', REQUEST);
    expect(status).toBe(201);
    const { secret, ...webhook } = body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toEqual({
      id: webhook.id,
      ...REQUEST,
      enabled: true,
      disabledReason: null,
      pendingDeliveries: 0,
      lagging: false,
      createdAt: webhook.createdAt,
      updatedAt: webhook.createdAt,
    });
    expect(webhook.createdAt).toBeGreaterThan(1_700_000_000);
    expect(headers.get('location')).toBe(`/api/v1/compute/webhooks/${webhook.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await tenant.get(`/webhooks/${webhook.id}`)).body).toEqual(webhook);
    expect(await list(tenant)).toEqual([webhook]);
  });

  it('can have a secret of the tenant’s choice', async () => {
    const { body } = await tenantOf().post<CreatedWebhook>('/webhooks', { ...REQUEST, secret: SECRET });
    expect(body.secret).toBe(SECRET);
  });

  it('are created once for each idempotency key', async () => {
    const tenant = tenantOf();
    const key = { 'Idempotency-Key': 'create-it' };
    const first = await tenant.post('/webhooks', REQUEST, key);
    const second = await tenant.post('/webhooks', REQUEST, key);
    expect(second.text).toBe(first.text);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await list(tenant)).toHaveLength(1);
    const other = await tenant.post('/webhooks', { ...REQUEST, types: ['*'] }, key);
    expectProblem(other, { status: 422, code: 'idempotency_key_reused' });
  });

  it('can be changed, disabled and enabled', async () => {
    const tenant = tenantOf();
    const { body } = await tenant.post<CreatedWebhook>('/webhooks', REQUEST);
    const changes = { url: 'https://203.0.114.8/', types: ['*'], enabled: false };
    const changed = await tenant.patch<Webhook>(`/webhooks/${body.id}`, changes);
    expect(changed.body).toMatchObject({ id: body.id, ...changes });
    const enabled = await tenant.patch<Webhook>(`/webhooks/${body.id}`, { enabled: true });
    expect(enabled.body).toMatchObject({ ...changes, enabled: true });
    expect((await tenant.patch<Webhook>(`/webhooks/${body.id}`, {})).body).toMatchObject({ enabled: true });
  });

  it('can be deleted', async () => {
    const tenant = tenantOf();
    const { body } = await tenant.post<CreatedWebhook>('/webhooks', REQUEST);
    expect((await tenant.delete(`/webhooks/${body.id}`)).status).toBe(204);
    expect(await list(tenant)).toEqual([]);
    const missing = { status: 404, code: 'webhook_not_found', detail: 'Webhook not found' };
    expectProblem(await tenant.delete(`/webhooks/${body.id}`), missing);
    expectProblem(await tenant.get(`/webhooks/${body.id}`), missing);
  });

  it('are limited for each tenant', async () => {
    const tenant = tenantOf();
    for (let count = 0; count < 3; count++) await tenant.post('/webhooks', REQUEST);
    const refused = await tenant.post('/webhooks', REQUEST);
    const detail = 'The tenant has reached its limit of 3 webhooks';
    expectProblem(refused, { status: 409, code: 'too_many_webhooks', detail });
    expect(await list(tenant)).toHaveLength(3);
  });

  it.each([
    ['http://203.0.114.7/', 'webhook_url_insecure'],
    ['https://127.0.0.1/', 'webhook_target_refused'],
    ['https://2130706433/', 'webhook_target_refused'],
    ['https://10.1.2.3/', 'webhook_target_refused'],
    ['https://169.254.169.254/latest', 'webhook_target_refused'],
    ['https://[::1]/', 'webhook_target_refused'],
    ['https://[::ffff:203.0.114.7]/', 'webhook_target_refused'],
    ['https://[fd00::1]:8443/', 'webhook_target_refused'],
    ['https://user:password@203.0.114.7/', 'validation_failed'],
    ['ftp://203.0.114.7/', 'validation_failed'],
    ['203.0.114.7/events', 'validation_failed'],
    [`https://203.0.114.7/${'x'.repeat(2048)}`, 'validation_failed'],
  ])('are refused with the URL %s: %s', async (url, code) => {
    const tenant = tenantOf();
    expectProblem(await tenant.post('/webhooks', { ...REQUEST, url }), { status: 400, code });
    expect(await list(tenant)).toEqual([]);
    const { body } = await tenant.post<CreatedWebhook>('/webhooks', REQUEST);
    expectProblem(await tenant.patch(`/webhooks/${body.id}`, { url }), { status: 400, code });
    expect((await list(tenant))[0]?.url).toBe(REQUEST.url);
  });

  it.each([
    { types: [] },
    { types: ['*', '*'] },
    { types: ['create'] },
    { types: ['*.succeeded'] },
    { types: ['create.succeeded '] },
    { types: [`create.${'x'.repeat(58)}`] },
    { types: Array.from({ length: 51 }, (_, index) => `create.${'x'.repeat(index + 1)}`) },
    { types: 'create.*' },
    { types: null },
    { secret: 'secret' },
    { secret: `whsec_${Buffer.alloc(23).toString('base64')}` },
    { secret: `whsec_${Buffer.alloc(65).toString('base64')}` },
    { secret: null },
    { url: null },
    { name: 'unknown' },
  ])('are refused with %j', async (members) => {
    const refused = await tenantOf().post('/webhooks', { ...REQUEST, ...members });
    expectProblem(refused, { status: 400, code: 'validation_failed' });
  });

  it('of another tenant do not exist', async () => {
    const { body } = await tenantOf().post<CreatedWebhook>('/webhooks', REQUEST);
    const stranger = tenantOf();
    const path = `/webhooks/${body.id}`;
    const missing = { status: 404, code: 'webhook_not_found' };
    expectProblem(await stranger.get(path), missing);
    expectProblem(await stranger.patch(path, { enabled: false }), missing);
    expectProblem(await stranger.delete(path), missing);
    expectProblem(await stranger.get(`${path}/deliveries`), missing);
    expectProblem(await stranger.post(`${path}/deliveries/${NO_ID}/redeliver`), missing);
  });

  it.each(['no-id', NO_ID])('with the id %s do not exist', async (id) => {
    const tenant = tenantOf();
    const missing = { status: 404, code: 'webhook_not_found' };
    expectProblem(await tenant.get(`/webhooks/${id}`), missing);
    expectProblem(await tenant.patch(`/webhooks/${id}`, { enabled: false }), missing);
    expectProblem(await tenant.delete(`/webhooks/${id}`), missing);
  });

  it('have no deliveries with other ids', async () => {
    const tenant = tenantOf();
    const { body } = await tenant.post<CreatedWebhook>('/webhooks', REQUEST);
    for (const id of ['no-id', NO_ID]) {
      const refused = await tenant.post(`/webhooks/${body.id}/deliveries/${id}/redeliver`);
      expectProblem(refused, { status: 404, code: 'webhook_delivery_not_found' });
    }
  });
});

describe('deliveries of webhooks', () => {
  const app = useApp({
    environment: {
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    },
  });

  it('are listed in pages, newest first', async () => {
    const receiver = await WebhookReceiver.start();
    const tenant = app.as(newTenant());
    const { body } = await tenant.post<CreatedWebhook>('/webhooks', { url: receiver.url, types: ['*'] });
    await tenant.createStopped();
    await eventually(() => expect(receiver.received).toHaveLength(4));
    const page = async (query: string): Promise<DeliveryPage> =>
      (await tenant.get<DeliveryPage>(`/webhooks/${body.id}/deliveries?limit=2${query}`)).body;
    const first = await page('');
    const second = await page(`&pageToken=${first.nextPageToken ?? ''}`);
    expect(second.nextPageToken).toBeUndefined();
    const found = [...first.deliveries, ...second.deliveries].map(({ type }) => type);
    expect(found).toEqual(['stop.succeeded', 'stop.requested', 'create.succeeded', 'create.requested']);
    const refused = await tenant.get(`/webhooks/${body.id}/deliveries?pageToken=x`);
    expectProblem(refused, { status: 400, code: 'invalid_page_token' });
    await receiver.stop();
  });
});
