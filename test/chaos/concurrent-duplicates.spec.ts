import { Client as Sql } from 'pg';
import type { Instance } from '../../src/compute/instances';
import { Client, type ApiResponse } from '../support/client';
import { CuttingProxy, CUTS, type Cut } from '../support/cutting-proxy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { MISCOUNTED } from '../support/ledger';
import { POSTGRES_MISSING } from '../support/postgres';
import { seeded } from '../support/seeded';
import { ServiceProcess } from '../support/service';

const TENANT = 'tenant-a';
const CREATES = 200;
const STOPS = 20;
const AT_ONCE = 20;
const PATIENCE = { withinMs: 60_000 };
const TIMEOUT_MS = 180_000;
const SLOW_STOP = { metadata: { 'simulate.stopDelayMs': '200' } };

interface List {
  readonly instances: readonly Instance[];
}

/** A request that its client repeats with the same key until it gets a response. */
interface Keyed {
  readonly path: string;
  readonly body?: object;
  readonly key: string;
  /** Selects the replica that is asked first. */
  readonly turn: number;
}

const isReplay = ({ headers }: ApiResponse<unknown>): boolean =>
  headers.get('idempotency-replayed') === 'true';

const { seed, next } = seeded();

describeWhere(POSTGRES_MISSING, `requests repeated at two replicas (TEST_SEED=${seed})`, () => {
  let database: TestDatabase;
  let sql: Sql;
  let replicas: readonly [ServiceProcess, ServiceProcess];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    sql = new Sql(database.environment['DATABASE_URL']);
    await sql.connect();
    replicas = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await sql.end();
    await database.remove();
  });
  afterEach(async () => {
    const { rows: wrong } = await sql.query(MISCOUNTED);
    for (const table of ['instances', 'operations', 'idempotency_keys', 'quota_usage']) {
      await sql.query(`DELETE FROM ${table}`);
    }
    expect(wrong).toEqual([]);
  });

  /** With a short lease, so that the work of a killed replica is soon resumed. */
  function start(): Promise<ServiceProcess> {
    return ServiceProcess.start({
      ...database.environment,
      PROVISION_DELAY_MS: '200',
      WORKER_LEASE_SECONDS: '3',
    });
  }

  /** Half of the requests get through. */
  function nextCut(): Cut {
    return CUTS[Math.floor(next() * CUTS.length * 2)] ?? 'never';
  }

  async function withProxies(
    targets: readonly ServiceProcess[],
    work: (proxies: readonly CuttingProxy[]) => Promise<void>,
  ): Promise<void> {
    const proxies = await Promise.all(targets.map(({ url }) => CuttingProxy.before(url, nextCut)));
    try {
      await work(proxies);
      for (const { cuts } of proxies) expect(cuts).toBeGreaterThan(0);
    } finally {
      for (const proxy of proxies) await proxy.stop();
    }
  }

  const list = async (tenant: Client): Promise<readonly Instance[]> =>
    (await tenant.get<List>('/instances')).body.instances;

  it(
    'create exactly one instance per key despite dropped connections and a killed replica',
    async () => {
      const [mortal, [survivor]] = [await start(), replicas];
      const tenant = new Client(survivor.url, TENANT);
      const create = (turn: number): Keyed => ({
        path: '/instances',
        body: { name: `web-${turn}`, flavor: 'small' },
        key: `key ${turn}`,
        turn,
      });
      let count = 0;
      await withProxies([mortal, survivor], async (proxies) => {
        const answers = await inTurns(CREATES, async (turn) => {
          const answer = await answeredTwice<Instance>(proxies, create(turn));
          if (++count === CREATES / 2) mortal.signal('SIGKILL');
          return answer;
        });
        await mortal.died;
        expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
        const instances = await list(tenant);
        expect(instances).toHaveLength(CREATES);
        expect(idsOf(answers.map(({ body }) => body))).toEqual(idsOf(instances));
        await inTurns(CREATES, async (turn) => {
          const { path, body, key } = create(turn);
          const again = await tenant.post<Instance>(path, body, { 'Idempotency-Key': key });
          expect([isReplay(again), again.text]).toEqual([true, answers[turn]?.text]);
          await tenant.reaches(again.body.id, 'running', PATIENCE);
        });
        expect(await list(tenant)).toHaveLength(CREATES);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'stop each instance once and return the stopped instance',
    async () => {
      const tenant = new Client(replicas[0].url, TENANT);
      const running = await inTurns(STOPS, () => tenant.createRunning(SLOW_STOP));
      await withProxies(replicas, async (proxies) => {
        const answers = await inTurns(STOPS, (turn) =>
          answeredTwice(proxies, {
            path: `/instances/${running[turn]?.id ?? ''}/stop`,
            key: `key ${turn}`,
            turn,
          }),
        );
        for (const [turn, { id }] of running.entries()) {
          expect(answers[turn]).toMatchObject({ status: 200, body: { id, status: 'stopped' } });
          const operations = await tenant.operationsOf(id);
          expect(operations.filter(({ type }) => type === 'stop')).toMatchObject([{ status: 'succeeded' }]);
        }
      });
    },
    TIMEOUT_MS,
  );

  it(
    'create one batch per key even if both replicas are asked at once',
    async () => {
      const [one, other] = replicas.map(({ url }) => new Client(url, TENANT));
      if (!one || !other) throw new Error('there are no two replicas');
      for (let round = 1; round <= 10; round++) {
        const body = { name: `web-${round}`, flavor: 'small', count: 10 };
        const duplicates = await Promise.all(
          [one, other].map((tenant) =>
            tenant.post('/instances', body, { 'Idempotency-Key': `key ${round}` }),
          ),
        );
        expect(duplicates.map(({ status }) => status)).toEqual([201, 201]);
        expect(duplicates[0]?.text).toBe(duplicates[1]?.text);
        expect(duplicates.filter(isReplay)).toHaveLength(1);
        expect(await list(one)).toHaveLength(round * 10);
      }
    },
    TIMEOUT_MS,
  );
});

function idsOf(some: readonly { readonly id: string }[]): readonly string[] {
  return some.map(({ id }) => id).toSorted();
}

/** Sends a request and a concurrent duplicate; both must get the same response. */
async function answeredTwice<T>(proxies: readonly CuttingProxy[], request: Keyed): Promise<ApiResponse<T>> {
  const [answer, duplicate] = await Promise.all([
    answered<T>(proxies, request),
    answered<T>(proxies, { ...request, turn: request.turn + 1 }),
  ]);
  expect([duplicate.status, duplicate.text]).toEqual([answer.status, answer.text]);
  return answer;
}

/** Sends through the proxies in turn; repeats while the duplicate is still being processed. */
async function answered<T>(
  proxies: readonly CuttingProxy[],
  { path, body, key, turn }: Keyed,
): Promise<ApiResponse<T>> {
  let asked = turn;
  const ask = async (): Promise<ApiResponse<T>> => {
    // Without delay, to meet the earlier request whose response was lost.
    for (;;) {
      const tenant = new Client(proxies[asked++ % 2]?.url ?? '', TENANT);
      const answer = await tenant.post<T>(path, body, { 'Idempotency-Key': key }).catch(cutOff);
      if (answer) return answer;
    }
  };
  return eventually(async () => {
    const answer = await ask();
    if (answer.text.includes('idempotency_key_in_use')) throw new Error(answer.text);
    return answer;
  }, PATIENCE);
}

/** Ignores the `TypeError` that `fetch` throws for a dropped or refused connection. */
function cutOff(error: unknown): undefined {
  if (!(error instanceof Object && 'name' in error && error.name === 'TypeError')) throw error;
  return undefined;
}

/** Runs `work` `count` times, `AT_ONCE` at a time; returns the results in order. */
async function inTurns<T>(count: number, work: (turn: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  let turn = 0;
  const worker = async (): Promise<void> => {
    while (turn < count) {
      const mine = turn++;
      results[mine] = await work(mine);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
