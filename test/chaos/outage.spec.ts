import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../../src/platform/http/problems/problem';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING, type PostgresCluster } from '../support/postgres';
import { ServiceProcess } from '../support/service';

type Request = readonly [method: string, path: string, body?: unknown];

const OUTAGE_MS = 10_000;
/** Default database timeout of a request. */
const DEFAULT_TIMEOUT_MS = 10_000;
/** Short because one test waits for it, but longer than any statement of that test takes on a busy machine. */
const SHORT_TIMEOUT_MS = '3000';
const available = POSTGRES_MISSING === undefined;
const suite = available ? describe : describe.skip;

suite(`database outages${available ? '' : ` (skipped: ${POSTGRES_MISSING})`}`, () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let tenant: Client;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterEach(() => service.stop());
  afterAll(() => database.remove());

  async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    service = await ServiceProcess.start({
      ...database.environment,
      PROVISION_DELAY_MS: '3000',
      ...environment,
    });
    tenant = new Client(service.url, 'tenant-a');
  }

  function cluster(): PostgresCluster {
    if (!database.cluster) throw new Error('no server to stop');
    return database.cluster;
  }

  async function ready(): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${service.url}/health/ready`);
    const body: unknown = await response.json();
    return { status: response.status, body: typeof body === 'object' ? { ...body } : {} };
  }

  it('answers 503 at once while the server is down for 10 s, then recovers without data loss', async () => {
    await start();
    const before = await tenant.createRunning();
    // Its outcome is due while the database is down.
    const during = await tenant.create();
    await cluster().down();
    const durations: number[] = [];
    try {
      const end = performance.now() + OUTAGE_MS;
      while (performance.now() < end) {
        for (const request of requests(before.id)) durations.push(await refused(request));
        const { status, body } = await ready();
        expect([status, body['code']]).toEqual([503, 'not_ready']);
        expect((await fetch(`${service.url}/health`)).status).toBe(200);
        expect((await fetch(`${service.url}/metrics`)).status).toBe(200);
        await delay(500);
      }
    } finally {
      await cluster().up();
    }
    // At once, not after a timeout.
    expect(median(durations)).toBeLessThan(DEFAULT_TIMEOUT_MS / 5);
    await eventually(async () => expect((await ready()).status).toBe(200));
    await tenant.reaches(before.id, 'running');
    await tenant.reaches(during.id, 'running', { withinMs: 20_000 });
    expect(await tenant.operationsOf(during.id)).toMatchObject([{ status: 'succeeded' }]);
    expect((await tenant.post(`/instances/${before.id}/stop`)).status).toBe(200);
  }, 180_000);

  it('answers 503 within its timeouts while the server hangs, and recovers without a restart', async () => {
    await start({
      DATABASE_CONNECT_TIMEOUT_MS: SHORT_TIMEOUT_MS,
      DATABASE_QUERY_TIMEOUT_MS: SHORT_TIMEOUT_MS,
    });
    const { id } = await tenant.createRunning();
    cluster().freeze('SIGSTOP');
    try {
      const answers = await Promise.all(Array.from({ length: 30 }, () => tenant.get(`/instances/${id}`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      expect((await ready()).status).toBe(503);
      expect((await fetch(`${service.url}/health`)).status).toBe(200);
    } finally {
      cluster().freeze('SIGCONT');
    }
    await eventually(async () => expect((await tenant.get(`/instances/${id}`)).status).toBe(200));
    expect((await tenant.post(`/instances/${id}/stop`)).status).toBe(200);
  }, 180_000);

  /** Time until the request is refused because the database is down. */
  async function refused([method, path, body]: Request): Promise<number> {
    const startedAt = performance.now();
    const answer = await tenant.send<Problem>(method, path, body);
    expect([method, path, answer.status]).toEqual([method, path, 503]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.body.code).toBe('database_unavailable');
    return performance.now() - startedAt;
  }

  function requests(id: string): Request[] {
    return [
      ['GET', '/instances'],
      ['GET', `/instances/${id}`],
      ['POST', '/instances', { name: 'web', flavor: 'small' }],
      ['PATCH', `/instances/${id}`, { name: 'other' }],
      ['POST', `/instances/${id}/stop`],
      ['DELETE', `/instances/${id}`],
      ['GET', '/operations'],
    ];
  }
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
