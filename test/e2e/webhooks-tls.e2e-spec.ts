import { Webhook as Verifier } from 'standardwebhooks';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';
import { createCertificate, type Certificate } from '../support/certificate';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { DnsServer } from '../support/dns-server';
import { eventually } from '../support/eventually';
import { ServiceProcess } from '../support/service';
import { WebhookReceiver } from '../support/webhook-receiver';

const CERTIFIED = 'hooks.test';

describe('a webhook with https', () => {
  let certificate: Certificate;
  let dns: DnsServer;
  let receiver: WebhookReceiver;
  let database: TestDatabase;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    certificate = createCertificate(CERTIFIED);
    // All names lead to the receiver.
    dns = await DnsServer.start(() => '127.0.0.1');
    receiver = await WebhookReceiver.start(certificate);
  });
  beforeEach(async () => {
    database = await createTestDatabase('embedded');
    receiver.reset();
  });
  afterEach(async () => {
    await service?.stop();
    await database.remove();
  });
  afterAll(async () => {
    await receiver.stop();
    await dns.stop();
    certificate.remove();
  });

  /** A service as a process of its own, because Node.js reads `NODE_EXTRA_CA_CERTS` when it starts. */
  const start = async (environment: Readonly<Record<string, string>>): Promise<Client> => {
    service = await ServiceProcess.start({
      ...database.environment,
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      WEBHOOK_DNS_SERVERS: dns.address,
      WEBHOOK_RETRY_SECONDS: '0',
      ...environment,
    });
    return new Client(service.url, 'tenant-a');
  };
  /** The delivery of an event to the host, when it has ended. */
  const deliver = async (tenant: Client, host: string): Promise<[Webhook & { secret: string }, Delivery]> => {
    const url = `https://${host}:${receiver.port}/events`;
    const { body } = await tenant.post<Webhook & { secret: string }>('/webhooks', {
      url,
      types: ['create.requested'],
    });
    await tenant.create();
    const delivery = await eventually(async () => {
      const found = await tenant.get<{ deliveries: readonly [Delivery] }>(`/webhooks/${body.id}/deliveries`);
      expect(found.body.deliveries[0].status).not.toBe('pending');
      return found.body.deliveries[0];
    });
    return [body, delivery];
  };

  it('receives events if its certificate is of an authority in NODE_EXTRA_CA_CERTS', async () => {
    const tenant = await start({ NODE_EXTRA_CA_CERTS: certificate.certFile });
    const [{ secret }, delivery] = await deliver(tenant, CERTIFIED);
    expect(delivery).toMatchObject({ status: 'succeeded', attempts: 1, responseStatus: 204 });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(() => new Verifier(secret).verify(body, signed)).not.toThrow();
  });

  it('receives nothing if its certificate has another name', async () => {
    const tenant = await start({ NODE_EXTRA_CA_CERTS: certificate.certFile });
    const [, delivery] = await deliver(tenant, 'other.test');
    expect(delivery).toMatchObject({ status: 'dead', attempts: 2, responseStatus: null });
    expect(delivery.error).toContain(`Host: other.test. is not in the cert's altnames: DNS:${CERTIFIED}`);
    expect(receiver.received).toEqual([]);
  });

  it('receives nothing if its certificate is not trusted', async () => {
    const tenant = await start({});
    const [, delivery] = await deliver(tenant, CERTIFIED);
    expect(delivery).toMatchObject({ status: 'dead', attempts: 2, error: 'self-signed certificate' });
    expect(receiver.received).toEqual([]);
  });
});
