import type { InstanceEvent } from '../../src/compute/events';
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
});
