import type { Instance } from '../../src/compute/instances';
import { startCli } from '../support/cli';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { FAKETIME_MISSING, SettableClock } from '../support/faketime';
import { Platform } from '../support/platform';
import { ServiceProcess } from '../support/service';

const IN_RETRY = /^create will be retried in \d+ s; attempt \d+ failed/;
const PATIENCE = { withinMs: 90_000 };
const TEST_MS = 120_000;
const REQUEST = { name: 'web', flavor: 'small' };
const KEY = { 'Idempotency-Key': 'a-key-of-the-client' };

describeWhere(FAKETIME_MISSING, 'clock changes while the service runs', () => {
  let clock: SettableClock;
  let platform: Platform;
  let database: TestDatabase;
  let service: ServiceProcess;

  async function start(provisionDelayMs = '0'): Promise<void> {
    clock = new SettableClock();
    platform = await Platform.start();
    database = await createTestDatabase('embedded');
    service = await ServiceProcess.start({
      ...database.environment,
      ...platform.environment,
      ...clock.environment,
      PROVISION_DELAY_MS: provisionDelayMs,
    });
  }

  async function stop(): Promise<void> {
    await service.stop();
    await platform.stop();
    await database.remove();
    clock.remove();
  }

  /** A create that fails and is retried until the Storage service works again. */
  async function createInRetry(tenant: Client): Promise<Instance> {
    await platform.storage.fail('error500', { method: 'POST' });
    const created = await tenant.create({ createVolume: { sizeGB: 5 } });
    await eventually(async () => {
      const { body } = await tenant.get<Instance>(`/instances/${created.id}`);
      expect(body.statusReason).toMatch(IN_RETRY);
    }, PATIENCE);
    return created;
  }

  describe.each([
    ['an hour back', '-1h', true],
    ['a day ahead', '+1d', false],
  ])('%s', (_title, offset, isKeyKept) => {
    let tenant: Client;
    let events: EventSource;
    let inRetry: Instance;
    let keyed: Instance;

    beforeAll(async () => {
      await start();
      tenant = new Client(service.url, 'tenant-a');
      events = await new EventSource(tenant.tenantId).connect(service.url);
      await platform.monitoring.fail('error500');
      keyed = (await tenant.post<Instance>('/instances', REQUEST, KEY)).body;
      inRetry = await createInRetry(tenant);
      clock.set(offset);
      await platform.heal();
    }, TEST_MS);
    afterAll(async () => {
      await events.close();
      await stop();
    });

    it(
      'a failed operation is retried within its backoff',
      async () => {
        await tenant.reaches(inRetry.id, 'running', PATIENCE);
        const operations = await tenant.operationsOf(inRetry.id);
        expect(operations).toMatchObject([{ type: 'create', status: 'succeeded' }]);
      },
      TEST_MS,
    );

    it(
      'new operations run and appear in the open event stream',
      async () => {
        const { id } = await tenant.createRunning();
        expect((await tenant.post(`/instances/${id}/stop`)).status).toBe(200);
        expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
        await eventually(() => {
          const mine = events.received.filter(({ event }) => event.instanceId === id);
          expect(mine.map(({ event }) => event.to)).toEqual([
            'creating',
            'running',
            'running',
            'stopped',
            'stopped',
            null,
          ]);
        }, PATIENCE);
      },
      TEST_MS,
    );

    it(
      'metrics queued for the Monitoring service are delivered',
      async () => {
        await eventually(() => expect(platform.monitoring.metrics.length).toBeGreaterThan(0), PATIENCE);
      },
      TEST_MS,
    );

    it('a key replays its response for 24 hours of wall-clock time', async () => {
      const again = await tenant.post<Instance>('/instances', REQUEST, KEY);
      expect([again.status, again.body.id === keyed.id]).toEqual([201, isKeyKept]);
    });
  });

  describe('an hour back on the host of the CLI', () => {
    beforeAll(() => start('600000'), TEST_MS);
    afterAll(stop);

    it(
      'create --wait ends after its timeout',
      async () => {
        const tenant = new Client(service.url, 'tenant-a');
        const args = ['create', 'cli', '--flavor', 'small', '--wait', '--timeout', '10'];
        const { result } = startCli(service.url, tenant.tenantId, args, clock.environment);
        await eventually(async () => {
          const { text } = await tenant.request<null>('/metrics');
          expect(text).toMatch(/compute_waiting_requests\{.*\} 1/);
        }, PATIENCE);
        clock.set('-1h');
        expect(await result).toMatchObject({ code: 5 });
      },
      TEST_MS,
    );
  });
});
