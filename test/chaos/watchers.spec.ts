import { Client } from '../support/client';
import { CuttingProxy } from '../support/cutting-proxy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const TENANT = 'tenant-a';
const CHANGES = 500;
const available = POSTGRES_MISSING === undefined;
const suite = available ? describe : describe.skip;

suite(`watchers of two replicas${available ? '' : ` (skipped: ${POSTGRES_MISSING})`}`, () => {
  let database: TestDatabase;
  let replicas: readonly ServiceProcess[];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    const environment = { ...database.environment, PROVISION_DELAY_MS: '0', FOLLOW_POLL_SECONDS: '3600' };
    replicas = await Promise.all([ServiceProcess.start(environment), ServiceProcess.start(environment)]);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await database.remove();
  });

  it('see every event of each instance once and in order despite dropped connections', async () => {
    const cutters = await Promise.all([...replicas, ...replicas].map(({ url }) => CuttingProxy.before(url)));
    const watchers = cutters.map(() => new EventSource(TENANT));
    let isOver = false;
    const watching = watchers.map(async (watcher, index) => {
      for (let turn = index; !isOver; turn++) {
        // To another replica each time: event IDs are valid on both.
        const cutter = cutters[turn % cutters.length];
        await watcher.connect(cutter?.url ?? '').catch(() => undefined);
        await watcher.ended;
      }
    });
    await eventually(() => {
      for (const { lastId } of watchers) expect(lastId).toBeDefined();
    });
    const ids = await change(cutters);
    const isThere = (watcher: EventSource): boolean => watcher.received.length >= CHANGES;
    await eventually(() => expect(watchers.filter(isThere)).toHaveLength(watchers.length), {
      withinMs: 60_000,
    });
    isOver = true;
    for (const watcher of watchers) await watcher.close();
    for (const cutter of cutters) cutter.cut();
    await Promise.all(watching);
    for (const { received } of watchers) {
      expect(received).toHaveLength(CHANGES);
      for (const id of ids) {
        const versions = received
          .filter(({ event }) => event.instanceId === id)
          .map(({ event }) => event.version);
        expect(versions).toEqual([1, 2, 3, 4]);
      }
    }
    for (const cutter of cutters) await cutter.stop();
    expect(cutters.every(({ cuts }) => cuts > 3)).toBe(true);
  }, 180_000);

  /** Makes four changes per instance, through both replicas, and drops a random connection after each instance. */
  async function change(cutters: readonly CuttingProxy[]): Promise<readonly string[]> {
    const ids: string[] = [];
    const one = async (index: number): Promise<void> => {
      const tenant = new Client(replicas[index % 2]?.url ?? '', TENANT);
      const { id } = await tenant.createStopped();
      ids.push(id);
      cutters[Math.floor(Math.random() * cutters.length)]?.cut();
    };
    for (let index = 0; index < CHANGES / 4; index += 5) {
      await Promise.all([0, 1, 2, 3, 4].map((offset) => one(index + offset)));
    }
    return ids;
  }
});
