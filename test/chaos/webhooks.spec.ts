import type { InstanceEvent } from '../../src/compute/events';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';
import { WebhookReceiver } from '../support/webhook-receiver';

const INSTANCES = 12;
const ENVIRONMENT = {
  PROVISION_DELAY_MS: '0',
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  WEBHOOK_TIMEOUT_SECONDS: '1',
  FOLLOW_POLL_SECONDS: '1',
};

describeWhere(POSTGRES_MISSING, 'webhooks of replicas on one PostgreSQL', () => {
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  const replicas: ServiceProcess[] = [];

  beforeEach(async () => {
    database = await createTestDatabase('postgres');
    receiver = await WebhookReceiver.start();
  });
  afterEach(async () => {
    for (const replica of replicas.splice(0)) await replica.stop();
    await receiver.stop();
    await database.remove();
  });

  const start = async (): Promise<Client> => {
    const replica = await ServiceProcess.start({ ...database.environment, ...ENVIRONMENT });
    replicas.push(replica);
    return new Client(replica.url, 'tenant-a');
  };
  const create = async (clients: readonly Client[]): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let count = 0; count < INSTANCES; count++) {
      const { id } = (await clients[count % clients.length]?.createRunning()) ?? { id: '' };
      ids.push(id);
    }
    return ids;
  };
  const historyOf = async (client: Client, id: string): Promise<readonly InstanceEvent[]> =>
    (await client.get<{ events: readonly InstanceEvent[] }>(`/instances/${id}/events`)).body.events;

  it('deliver each event once and in order if nothing fails', async () => {
    const [one, two] = [await start(), await start()];
    await one.post('/webhooks', { url: receiver.url, types: ['*'] });
    const ids = await create([one, two]);
    await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(2 * INSTANCES));
    for (const id of ids) {
      expect(receiver.of(id).map(({ event }) => event)).toEqual(await historyOf(two, id));
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(2 * INSTANCES);
    expect(receiver.received).toHaveLength(2 * INSTANCES);
  });

  it('deliver every event in order after the replicas were killed while they delivered', async () => {
    const [one, two] = [await start(), await start()];
    await one.post('/webhooks', { url: receiver.url, types: ['*'] });
    receiver.behave = () => 'hang';
    const ids = await create([one, two]);
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(0));
    for (const replica of replicas.splice(0)) await replica.kill();
    receiver.reset();
    const three = await start();
    await eventually(
      async () => {
        for (const id of ids) {
          const versions = new Set(receiver.of(id).map(({ event }) => event.version));
          expect([...versions]).toEqual((await historyOf(three, id)).map(({ version }) => version));
        }
      },
      { withinMs: 60_000 },
    );
  }, 120_000);

  it('deliver an event again, before the next one, if they were killed before they recorded its delivery', async () => {
    await start();
    const [replica] = replicas;
    const one = new Client(replica?.url ?? '', 'tenant-a');
    await one.post('/webhooks', { url: receiver.url, types: ['*'] });
    // The receiver has the event, and the service does not know it.
    receiver.behave = () => {
      replica?.signal('SIGKILL');
      return 204;
    };
    // The response can be lost, too.
    await Promise.allSettled([one.create(), replica?.died]);
    replicas.pop();
    receiver.behave = () => 204;
    await start();
    await eventually(() => expect(receiver.received.map(({ event }) => event.version)).toEqual([1, 1, 2]), {
      withinMs: 60_000,
    });
    const [first, repeated, next] = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(repeated).toBe(first);
    expect(next).not.toBe(first);
  }, 120_000);

  it('deliver an event that was queued when they were killed, but not sent', async () => {
    await start();
    const [replica] = replicas;
    const one = new Client(replica?.url ?? '', 'tenant-a');
    await one.post('/webhooks', { url: receiver.url, types: ['*'] });
    receiver.behave = () => 'hang';
    const { id } = await one.createRunning();
    const { body } = await one.get<{ webhooks: readonly Webhook[] }>('/webhooks');
    await eventually(async () => {
      const path = `/webhooks/${body.webhooks[0]?.id ?? ''}/deliveries`;
      const { deliveries } = (await one.get<{ deliveries: readonly Delivery[] }>(path)).body;
      // The second one waits for the first.
      expect(deliveries.map(({ attempts }) => attempts)).toEqual([0, expect.any(Number)]);
    });
    await replica?.kill();
    replicas.pop();
    receiver.reset();
    await start();
    await eventually(() => expect(receiver.of(id).map(({ event }) => event.version)).toEqual([1, 2]), {
      withinMs: 60_000,
    });
  }, 120_000);
});
