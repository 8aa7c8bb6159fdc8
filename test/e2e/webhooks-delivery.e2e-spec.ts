import { Webhook as Verifier } from 'standardwebhooks';
import type { InstanceEvent } from '../../src/compute/events';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';
import { WebhookReceiver } from '../support/webhook-receiver';

type CreatedWebhook = Webhook & { readonly secret: string };

const ENVIRONMENT = {
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  WEBHOOK_TIMEOUT_SECONDS: '1',
  WEBHOOK_RETRY_SECONDS: '0,0,0',
};

describe('deliveries to webhooks', () => {
  const app = useApp({ environment: ENVIRONMENT });
  let receiver: WebhookReceiver;
  let tenant: Client;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  beforeEach(() => {
    tenant = app.as(newTenant());
    receiver.reset();
  });
  afterAll(() => receiver.stop());

  const subscribe = async (request: object = {}): Promise<CreatedWebhook> => {
    const { status, body } = await tenant.post<CreatedWebhook>('/webhooks', {
      url: receiver.url,
      types: ['*'],
      ...request,
    });
    expect(status).toBe(201);
    return body;
  };
  const deliveriesOf = async ({ id }: Webhook, query = ''): Promise<readonly Delivery[]> => {
    const { body } = await tenant.get<{ deliveries: readonly Delivery[] }>(
      `/webhooks/${id}/deliveries${query}`,
    );
    return body.deliveries;
  };
  const historyOf = async (id: string): Promise<readonly InstanceEvent[]> =>
    (await tenant.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`)).body.events;
  const events = (id: string): readonly InstanceEvent[] => receiver.of(id).map(({ event }) => event);

  it('are all events of the tenant since the webhook was created, in order and once', async () => {
    await tenant.createRunning();
    await subscribe();
    const { id } = await tenant.createStopped();
    await app.as(newTenant()).createRunning();
    const history = await historyOf(id);
    await eventually(() => expect(receiver.received).toHaveLength(history.length));
    expect(events(id)).toEqual(history);
  });

  it('are signed by Standard Webhooks', async () => {
    const { secret } = await subscribe();
    const { id } = await tenant.createRunning();
    await eventually(() => expect(receiver.of(id)).toHaveLength(2));
    for (const { headers, body, type, timestamp, event } of receiver.of(id)) {
      const signed = Object.fromEntries(
        ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
      );
      expect(new Verifier(secret).verify(body, signed)).toEqual({ type, timestamp, data: event });
      expect(type).toBe(event.type);
      expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/);
      expect(Math.floor(Date.parse(timestamp) / 1000)).toBe(event.at);
      expect(() => new Verifier(`whsec_${'A'.repeat(32)}`).verify(body, signed)).toThrow();
    }
  });

  it('are of the requested types only', async () => {
    await subscribe({ types: ['stop.*', 'create.succeeded', 'updated'] });
    const { id } = await tenant.createStopped();
    await tenant.patch(`/instances/${id}`, { name: 'changed' });
    await eventually(() => expect(receiver.received).toHaveLength(4));
    expect(events(id).map(({ type }) => type)).toEqual([
      'create.succeeded',
      'stop.requested',
      'stop.succeeded',
      'updated',
    ]);
  });

  it('are repeated with the same id until they succeed, and later events of the instance wait', async () => {
    const webhook = await subscribe();
    // The first attempt lasts until the next event exists.
    const failures: (number | 'hang')[] = ['hang', 500, 500];
    receiver.behave = ({ type }) => (type === 'create.requested' ? failures.shift() : undefined) ?? 204;
    const { id } = await tenant.createRunning();
    await eventually(() => expect(receiver.of(id).at(-1)?.type).toBe('create.succeeded'));
    expect(events(id).map(({ version }) => version)).toEqual([1, 1, 1, 1, 2]);
    const ids = receiver.of(id).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
    await eventually(async () =>
      expect((await deliveriesOf(webhook)).map(({ status, attempts }) => [status, attempts])).toEqual([
        ['succeeded', 1],
        ['succeeded', 4],
      ]),
    );
  });

  it('are dead after the last attempt; the next event follows, and a dead one can be repeated', async () => {
    const webhook = await subscribe();
    receiver.behave = ({ type }) => (type === 'create.requested' ? 503 : 204);
    const { id } = await tenant.createRunning();
    await eventually(() => expect(receiver.of(id)).toHaveLength(5));
    const [dead] = await eventually(async () => {
      const found = await deliveriesOf(webhook, '?status=dead');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(dead).toMatchObject({
      type: 'create.requested',
      instanceId: id,
      attempts: 4,
      responseStatus: 503,
      error: 'the response has status 503',
      nextAttemptAt: null,
    });
    receiver.reset();
    const path = `/webhooks/${webhook.id}/deliveries/${dead?.id ?? ''}/redeliver`;
    const { status, body } = await tenant.post<Delivery>(path);
    expect([status, body.status, body.attempts]).toEqual([200, 'pending', 0]);
    await eventually(async () => expect(await deliveriesOf(webhook, '?status=succeeded')).toHaveLength(2));
    expect(receiver.received.map(({ headers, type }) => [headers['webhook-id'], type])).toEqual([
      [dead?.id, 'create.requested'],
    ]);
  });

  it('fail if the receiver does not respond in time', async () => {
    const webhook = await subscribe({ types: ['create.requested'] });
    receiver.behave = () => 'hang';
    await tenant.create();
    await eventually(async () =>
      expect((await deliveriesOf(webhook, '?status=dead'))[0]).toMatchObject({
        attempts: 4,
        responseStatus: null,
        error: 'no response within 1000 ms',
      }),
    );
  });

  it('wait for as long as the receiver asks', async () => {
    const webhook = await subscribe({ types: ['create.requested'] });
    receiver.behave = () => ({ status: 429, headers: { 'Retry-After': '3600' } });
    await tenant.create();
    const [delivery] = await eventually(async () => {
      const found = await deliveriesOf(webhook);
      expect(found[0]?.responseStatus).toBe(429);
      return found;
    });
    expect(Number(delivery?.nextAttemptAt) - Number(delivery?.attemptedAt)).toBe(3600);
  });

  it('are counted in /metrics', async () => {
    const metrics = async (): Promise<readonly number[]> => {
      const { text } = await tenant.request('/metrics');
      return [
        /^compute_webhook_attempts_total\{result="succeeded"[^}]*\} (\d+)$/m,
        /^compute_webhook_attempts_total\{result="failed"[^}]*\} (\d+)$/m,
        /^compute_webhook_attempts_total\{result="dead"[^}]*\} (\d+)$/m,
        /^compute_webhook_deliveries_pending\{[^}]*\} (\d+)$/m,
      ].map((pattern) => Number(pattern.exec(text)?.[1] ?? 0));
    };
    await subscribe({ types: ['create.*'] });
    const [succeeded = 0, failed = 0, dead = 0, pending = 0] = await metrics();
    receiver.behave = ({ type }) => (type === 'create.requested' ? 500 : 204);
    await tenant.createRunning();
    await eventually(async () =>
      expect(await metrics()).toEqual([succeeded + 1, failed + 3, dead + 1, pending]),
    );
    receiver.behave = () => ({ status: 429, headers: { 'Retry-After': '3600' } });
    await tenant.createRunning();
    await eventually(async () => {
      expect((await metrics())[3]).toBe(pending + 2);
      const { text } = await tenant.request('/metrics');
      const [, age] = /^compute_webhook_delivery_age_seconds\{[^}]*\} ([\d.]+)$/m.exec(text) ?? [];
      expect(Number(age)).toBeGreaterThan(0);
    });
  });

  it('stop when the receiver is gone, and continue when the webhook is enabled again', async () => {
    const webhook = await subscribe();
    receiver.behave = () => 410;
    const { id } = await tenant.createRunning();
    await eventually(async () => {
      const { body } = await tenant.get<Webhook>(`/webhooks/${webhook.id}`);
      expect(body).toMatchObject({
        enabled: false,
        disabledReason: 'The receiver responded with status 410.',
      });
    });
    receiver.reset();
    await tenant.post(`/instances/${id}/stop`);
    const history = await historyOf(id);
    const { body } = await tenant.patch<Webhook>(`/webhooks/${webhook.id}`, { enabled: true });
    expect(body).toMatchObject({ enabled: true, disabledReason: null });
    await eventually(() => expect(events(id)).toEqual(history));
  });

  it.each([
    ['switches protocols', { status: 101, headers: { Connection: 'Upgrade', Upgrade: 'x' } }, 101],
    ['closes the connection', 'disconnect', null],
  ] as const)('end if the receiver %s, and are repeated', async (_, behavior, responseStatus) => {
    receiver.behave = () => behavior;
    const webhook = await subscribe({ types: ['create.requested'] });
    await tenant.createRunning();
    await eventually(async () => {
      expect(await deliveriesOf(webhook, '?status=dead')).toMatchObject([{ attempts: 4, responseStatus }]);
    });
  });

  it('go to the changed URL, signed with the changed secret', async () => {
    const other = await WebhookReceiver.start();
    const webhook = await subscribe();
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const { status, text } = await tenant.patch(`/webhooks/${webhook.id}`, { url: other.url, secret });
    expect(status).toBe(200);
    expect(text).not.toContain(secret);
    await tenant.createRunning();
    await eventually(() => expect(other.received).toHaveLength(2));
    const [{ headers, body } = { headers: {}, body: '' }] = other.received;
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(() => new Verifier(secret).verify(body, signed)).not.toThrow();
    expect(receiver.received).toEqual([]);
    await other.stop();
  });

  it('end when the webhook is deleted', async () => {
    const first = await subscribe();
    await subscribe();
    await tenant.delete(`/webhooks/${first.id}`);
    await tenant.createRunning();
    await eventually(() => expect(receiver.received).toHaveLength(2));
    expect((await tenant.get<{ webhooks: readonly Webhook[] }>('/webhooks')).body.webhooks).toHaveLength(1);
  });
});
