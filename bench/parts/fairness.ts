import { setTimeout as delay } from 'node:timers/promises';
import { INSTANCES, NEW_INSTANCE } from '../support/instances';
import { CONNECTIONS } from '../support/load-generator';
import { OtherLoad } from '../support/other-load';
import type { Bench, Finding, Part } from '../support/part';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';

const DATABASE = 'fairness';
const BACKLOG = 6000;
/** Instances per request; large, so that all are enqueued before the first one is done. */
const AT_ONCE = 100;
const GOALS_MS = { stop: 500, create: 3000 };
const BUSY = 'busy';
const OTHER = 'other';
const DEADLINE_MS = 120_000;
const LOOK_EVERY_MS = 20;

/** How long one tenant waits behind another one's burst; the engine has its default delays. */
export const fairness: Part = {
  name: 'fairness',
  about: 'a stop and a create behind 6,000 pending creates of another tenant, on both databases',
  async run(bench) {
    const url = await bench.cluster.createDatabase(DATABASE);
    const findings = [
      ...(await measure(bench, 'PostgreSQL', { DATABASE_URL: url })),
      ...(await measure(bench, 'the embedded database', {})),
    ];
    await bench.cluster.dropDatabase(DATABASE);
    return findings;
  },
};

interface Delays {
  /** Time to send the busy tenant's creates; the first ones finish after the default delay of a create. */
  readonly burstMs: number;
  readonly stopMs: number;
  readonly createMs: number;
  /** The busy tenant's unfinished creates when the other tenant's requests were sent. */
  readonly pending: number;
  readonly drainSeconds: number;
}

async function measure(
  bench: Bench,
  where: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const { directory, load, rounds, scale } = bench;
  const service = await Service.start({ directory, variables: { ...variables, LOG_LEVEL: 'warn' } });
  const others = new OtherLoad();
  const measured: Delays[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const api = new Api(service.url, `${OTHER}-${round}`);
      const { id } = await api.create();
      await api.reaches(id, 'running');
      const burstMs = await elapsed(() => burst(Math.round(BACKLOG * scale), service.url));
      const pending = await new Api(service.url, BUSY).pending();
      const [stopMs, createMs] = await Promise.all([
        elapsed(() => api.stop(id)),
        elapsed(async () => api.reaches((await api.create()).id, 'running')),
      ]);
      const drainMs = await elapsed(() => new Api(service.url, BUSY).drained());
      measured.push({ burstMs, stopMs, createMs, pending, drainSeconds: drainMs / 1000 });
      bench.say(`${where}: ${JSON.stringify(measured.at(-1))}`);
    }
  } finally {
    await service.stop();
  }
  return findingsOf(where, measured, others.share());

  async function burst(count: number, url: string): Promise<void> {
    const amount = Math.ceil(count / AT_ONCE);
    const connections = Math.min(CONNECTIONS, amount);
    const requests = [requestOf(BUSY, { count: AT_ONCE })];
    await load.run({ url, connections, amount, seconds: DEADLINE_MS / 1000, requests });
  }
}

function requestOf(tenant: string, parts: object = {}) {
  const headers = { 'X-Tenant-ID': tenant, 'Content-Type': 'application/json' };
  return {
    method: 'POST',
    path: INSTANCES,
    headers,
    body: JSON.stringify({ ...NEW_INSTANCE, ...parts }),
  } as const;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

interface Request {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
}

/** The API as one tenant. */
class Api {
  constructor(
    private readonly url: string,
    private readonly tenant: string,
  ) {}

  async create(): Promise<{ readonly id: string }> {
    const { method, path, body } = requestOf(this.tenant);
    const answer: unknown = await this.call(path, { method, body });
    if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string') {
      return { id: answer.id };
    }
    throw new Error(`the create was answered with ${JSON.stringify(answer)}`);
  }

  async stop(id: string): Promise<void> {
    const answer = await this.call(`${INSTANCES}/${id}/stop`, { method: 'POST' });
    if (statusOf(answer) !== 'stopped')
      throw new Error(`the stop was answered with ${JSON.stringify(answer)}`);
  }

  async reaches(id: string, status: string): Promise<void> {
    const end = performance.now() + DEADLINE_MS;
    while (statusOf(await this.call(`${INSTANCES}/${id}`)) !== status) {
      if (performance.now() > end) throw new Error(`${id} does not become ${status}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  /** A lower bound for the unfinished creates: the length of one page. */
  async pending(): Promise<number> {
    const answer = await this.call(`${INSTANCES}?status=creating&limit=1000`);
    if (typeof answer !== 'object' || answer === null || !('instances' in answer)) throw new Error('no list');
    return Array.isArray(answer.instances) ? answer.instances.length : 0;
  }

  async drained(): Promise<void> {
    const end = performance.now() + DEADLINE_MS;
    while ((await this.pending()) > 0) {
      if (performance.now() > end) throw new Error('the backlog is not worked off');
      await delay(100);
    }
  }

  private async call(path: string, { method = 'GET', body: text }: Request = {}): Promise<unknown> {
    const headers = { 'X-Tenant-ID': this.tenant, 'Content-Type': 'application/json' };
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers,
      ...(text !== undefined && { body: text }),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    return body;
  }
}

function statusOf(instance: unknown): unknown {
  return typeof instance === 'object' && instance !== null && 'status' in instance
    ? instance.status
    : undefined;
}

function findingsOf(where: string, measured: readonly Delays[], otherLoad: number): readonly Finding[] {
  return (['stop', 'create'] as const).map((action) => {
    const delays = measured.map(({ stopMs, createMs }) => (action === 'stop' ? stopMs : createMs));
    const { median, lowest, highest } = spreadOf(delays);
    return {
      goal: `${action} behind ${BACKLOG.toLocaleString('en')} creates of another tenant, ${where}`,
      wanted: `below ${GOALS_MS[action]} ms`,
      figure: `${Math.round(median)} ms (${Math.round(lowest)} to ${Math.round(highest)})`,
      isReached: median < GOALS_MS[action],
      otherLoad,
      measured: { rounds: measured },
    };
  });
}
