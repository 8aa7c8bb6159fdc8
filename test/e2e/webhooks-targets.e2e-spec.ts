import { newSecret } from '../../src/compute/webhooks/delivery/signature';
import { TargetRules } from '../../src/compute/webhooks/delivery/target-rules';
import { WebhookClient } from '../../src/compute/webhooks/delivery/webhook-client';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';
import { WebhooksConfig } from '../../src/compute/webhooks/webhooks.config';
import { DnsServer } from '../support/dns-server';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { WebhookReceiver } from '../support/webhook-receiver';

const REFUSED = 'The host of the URL has no address that webhooks may connect to';
const PUBLIC = '8.8.8.8';

/** What the names resolve to, for the n-th question. */
function answer(name: string, count: number): string | undefined {
  switch (name) {
    case 'allowed.test':
      return '127.0.0.2';
    case 'loopback.test':
      return '127.0.0.1';
    case 'metadata.test':
      return '169.254.169.254';
    case 'rebinding.test':
      // The creation of the webhook asks first.
      return count === 1 ? PUBLIC : '127.0.0.1';
    default:
      return undefined;
  }
}

describe('the target of a webhook', () => {
  let dns: DnsServer;
  let running: TestApp;
  let receiver: WebhookReceiver;
  let tenant: Client;

  beforeAll(async () => {
    dns = await DnsServer.start(answer);
    receiver = await WebhookReceiver.start();
    running = await startApp({
      environment: {
        WEBHOOK_ALLOW_HTTP: 'true',
        // Not 127.0.0.1, where the receiver listens.
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.2/32',
        WEBHOOK_DNS_SERVERS: dns.address,
        WEBHOOK_RETRY_SECONDS: '0',
        WEBHOOK_TIMEOUT_SECONDS: '2',
      },
    });
    tenant = new Client(running.url, 'tenant');
  });
  afterAll(async () => {
    await running.close();
    await receiver.stop();
    await dns.stop();
  });

  const subscribe = async (url: string): Promise<Webhook> => {
    const { status, body } = await tenant.post<Webhook>('/webhooks', { url, types: ['create.requested'] });
    expect(status).toBe(201);
    return body;
  };
  /** The delivery of the next event, when all attempts have failed. */
  const deadDelivery = async ({ id }: Webhook): Promise<Delivery> => {
    await tenant.create();
    const delivery = await eventually(async () => {
      const { body } = await tenant.get<{ deliveries: readonly [Delivery] }>(
        `/webhooks/${id}/deliveries?status=dead`,
      );
      expect(body.deliveries).toHaveLength(1);
      return body.deliveries[0];
    });
    await tenant.delete(`/webhooks/${id}`);
    return delivery;
  };

  it.each(['loopback.test', 'metadata.test'])(
    'is refused if it resolves to a special address: %s',
    async (host) => {
      const refused = await tenant.post('/webhooks', { url: `http://${host}/`, types: ['*'] });
      expectProblem(refused, { status: 400, code: 'webhook_target_refused' });
    },
  );

  it('is checked again by each attempt, on the address that it connects to', async () => {
    const webhook = await subscribe(`http://rebinding.test:${receiver.port}/`);
    expect(await deadDelivery(webhook)).toMatchObject({ attempts: 2, responseStatus: null, error: REFUSED });
    // Once when it was created, then for each attempt.
    expect(dns.asked.get('rebinding.test')).toBe(3);
    expect(receiver.received).toEqual([]);
  });

  it('may resolve to an address that the operator allows, or not at all while it is created', async () => {
    const webhook = await subscribe('http://unknown.test/');
    expect((await deadDelivery(webhook)).error).toContain('ENOTFOUND');
    await tenant.delete(`/webhooks/${(await subscribe('http://allowed.test/')).id}`);
  });
});

describe('a webhook that redirects', () => {
  it('fails, and the redirect is not followed', async () => {
    const [receiver, internal] = [await WebhookReceiver.start(), await WebhookReceiver.start()];
    const running = await startApp({
      environment: {
        WEBHOOK_ALLOW_HTTP: 'true',
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        WEBHOOK_RETRY_SECONDS: '0',
      },
    });
    const tenant = new Client(running.url, 'tenant');
    receiver.behave = () => ({ status: 307, headers: { Location: internal.url } });
    const { body } = await tenant.post<Webhook>('/webhooks', {
      url: receiver.url,
      types: ['create.requested'],
    });
    await tenant.create();
    const deliveries = await eventually(async () => {
      const found = await tenant.get<{ deliveries: readonly Delivery[] }>(
        `/webhooks/${body.id}/deliveries?status=dead`,
      );
      expect(found.body.deliveries).toHaveLength(1);
      return found.body.deliveries;
    });
    expect(deliveries[0]).toMatchObject({ responseStatus: 307, error: 'the response has status 307' });
    expect(receiver.received).toHaveLength(2);
    expect(internal.received).toEqual([]);
    await running.close();
    await receiver.stop();
    await internal.stop();
  });
});

describe('an attempt', () => {
  it.each([
    ['its address', { WEBHOOK_ALLOW_HTTP: 'true' }, REFUSED],
    ['http', { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' }, 'The URL of a webhook must begin with https://'],
  ])('is refused if the operator no longer allows %s', async (_, environment, message) => {
    const receiver = await WebhookReceiver.start();
    const config = new WebhooksConfig(environment);
    const client = new WebhookClient(config, new TargetRules(config));
    const delivery = { url: receiver.url, secret: newSecret(), id: 'id', body: '{}' };
    await expect(client.send(delivery, new AbortController().signal)).rejects.toThrow(message);
    expect(receiver.received).toEqual([]);
    await receiver.stop();
  });
});
