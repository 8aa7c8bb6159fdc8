import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const TENANT = 'tenant-a';
const WAITS = 2000;
const INSTANCES = 20;
const IDLE_MS = 3000;
const available = POSTGRES_MISSING === undefined;
const suite = available ? describe : describe.skip;

suite(
  `waits at one replica for changes at another${available ? '' : ` (skipped: ${POSTGRES_MISSING})`}`,
  () => {
    let database: TestDatabase;
    let replicas: readonly [ServiceProcess, ServiceProcess];

    beforeAll(async () => {
      database = await createTestDatabase('postgres');
      // No polls during the test: every response comes from a notification.
      const environment = { ...database.environment, PROVISION_DELAY_MS: '0', FOLLOW_POLL_SECONDS: '3600' };
      replicas = await Promise.all([ServiceProcess.start(environment), ServiceProcess.start(environment)]);
    });
    afterAll(async () => {
      for (const replica of replicas) await replica.stop();
      await database.remove();
    });

    it('end with the change and use little CPU until then', async () => {
      const [waited, changed] = replicas;
      const tenant = new Client(changed.url, TENANT);
      const ids = await Promise.all(
        Array.from({ length: INSTANCES }, async () => (await tenant.createRunning()).id),
      );
      const agent = new Agent({ maxSockets: Infinity });
      const answers = Array.from({ length: WAITS }, (_, index) =>
        wait(agent, `${waited.url}/api/v1/compute/instances/${ids[index % INSTANCES] ?? ''}/wait`),
      );
      await eventually(async () => expect(await waiting(waited)).toBe(WAITS), { withinMs: 60_000 });
      const share = await idleShareOf(waited.pid);
      const late: number[] = [];
      for (const [index, id] of ids.entries()) {
        const { body } = await tenant.post<Instance>(`/instances/${id}/stop`);
        const changedAt = performance.now();
        expect(body.status).toBe('stopped');
        for (let at = index; at < WAITS; at += INSTANCES) {
          const answer = await answers[at];
          expect(answer?.status).toBe(200);
          late.push((answer?.at ?? Infinity) - changedAt);
        }
      }
      agent.destroy();
      expect(late).toHaveLength(WAITS);
      expect(Math.max(...late)).toBeLessThan(10_000);
      expect(share).toBeLessThan(0.15);
    }, 180_000);
  },
);

interface Answered {
  readonly status: number | undefined;
  readonly at: number;
}

function wait(agent: Agent, url: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { 'X-Tenant-ID': TENANT };
    get(`${url}?status=stopped&timeoutSeconds=300`, { agent, headers }, (response) => {
      resolve({ status: response.statusCode, at: performance.now() });
      response.resume();
    }).on('error', reject);
  });
}

async function waiting({ url }: ServiceProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/compute_waiting_requests\{for="instance"[^}]*\} (\d+)/.exec(text)?.[1]);
}

/** The share of a core that a process uses while idle, measured over `IDLE_MS`. */
async function idleShareOf(pid: number): Promise<number> {
  const hertz = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const seconds = (): number => {
    const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .split(' ')
      .slice(13, 15)
      .map(Number);
    return (user + system) / hertz;
  };
  const before = seconds();
  await delay(IDLE_MS);
  return (seconds() - before) / (IDLE_MS / 1000);
}
