import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import {
  OperationsQueue,
  traitsOf,
  type CappedGroup,
  type OperationType,
} from '../../src/compute/operations';
import { CLAIM, claimValues } from '../../src/compute/operations/store/claims';
import { WorkerSlots } from '../../src/compute/worker/worker-slots';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { claim } from '../support/claim';
import { parseJson } from '../support/json';

const HOST = 'simulated';
const BASE = { owner: 'test', leaseMs: 60_000, timeoutMs: 60_000 };

interface Backlog {
  readonly tenant: string;
  readonly count: number;
  readonly type?: OperationType;
  readonly hostId?: string;
  /** Seconds until they are due. */
  readonly inSeconds?: number;
}

describe(`claims in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let queue: OperationsQueue;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    queue = new OperationsQueue(database);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.remove();
  });
  afterEach(async () => {
    await run('DELETE FROM resource_operations');
  });

  async function run<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return database.query<Row>({ name: '', text, values });
  }

  async function enqueue({ tenant, count, type = 'create', hostId = HOST, inSeconds = -1 }: Backlog) {
    const text = `
      INSERT INTO resource_operations (id, tenant_id, resource_id, type, is_background, status, request_id, host_id, due_at)
      SELECT gen_random_uuid(), $1, gen_random_uuid(), $2, $6, 'pending', 'r', $3,
        now() + $5::int * interval '1 second' + i * interval '1 microsecond'
      FROM generate_series(1, $4::int) AS i`;
    await run(text, [tenant, type, hostId, count, inSeconds, traitsOf(type).isBackground]);
  }

  /** The tenants of one claim with this much room, in alphabetical order. */
  async function tenantsOf(room: number, capped: readonly CappedGroup[] = []): Promise<string> {
    const pools = [{ hostId: HOST, room, groupRoom: room, after: '' }];
    const { operations } = await queue.claim({ ...BASE, pools, capped });
    return operations
      .map(({ tenantId }) => tenantId)
      .sort()
      .join('');
  }

  /** Operations per tenant that a worker holds after it has filled all allowed slots. */
  async function workedThrough(slots: WorkerSlots): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (let isMore = true; isMore;) {
      const { pools, capped } = slots.allowance();
      const taken = await queue.claim({ ...BASE, pools, capped });
      slots.continueAfter(pools, taken.cursors);
      for (const operation of taken.operations) {
        slots.take(operation);
        counts.set(operation.tenantId, (counts.get(operation.tenantId) ?? 0) + 1);
      }
      isMore = taken.cursors.size > 0 || (taken.isMoreDue && taken.operations.length > 0);
    }
    return counts;
  }

  it('serve a tenant in the first claim despite the backlog of another tenant', async () => {
    await enqueue({ tenant: 'a', count: 6000, inSeconds: -60 });
    await enqueue({ tenant: 'b', count: 2 });
    expect(await tenantsOf(10)).toBe('aaaaabb');
  });

  it('serve operations with a waiting request before creations of the same tenant', async () => {
    await enqueue({ tenant: 'a', count: 1000, inSeconds: -60 });
    await enqueue({ tenant: 'a', count: 1, type: 'stop' });
    const pools = [{ hostId: HOST, room: 1, groupRoom: 1, after: '' }];
    const { operations } = await queue.claim({ ...BASE, pools, capped: [] });
    expect(operations.map(({ type }) => type)).toEqual(['stop']);
  });

  it('give each tenant the same number of turns, one operation at a time', async () => {
    for (const tenant of ['a', 'b', 'c']) await enqueue({ tenant, count: 50 });
    const served = new Map<string, number>();
    let after = '';
    for (let claims = 0; claims < 30; claims++) {
      const { operations, cursors } = await queue.claim({
        ...BASE,
        pools: [{ hostId: HOST, room: 1, groupRoom: 1, after }],
        capped: [],
      });
      after = cursors.get(HOST) ?? '';
      for (const { tenantId } of operations) served.set(tenantId, (served.get(tenantId) ?? 0) + 1);
    }
    expect(Math.min(...served.values())).toBeGreaterThanOrEqual(9);
    expect(served.size).toBe(3);
  });

  it('reach all tenants even if one claim cannot scan them all', async () => {
    for (let tenant = 0; tenant < 250; tenant++) {
      await enqueue({ tenant: `t${String(tenant).padStart(3, '0')}`, count: 2 });
    }
    const counts = await workedThrough(new WorkerSlots(() => new Map([[HOST, 1000]])));
    expect(counts.size).toBe(250);
    expect(new Set(counts.values())).toEqual(new Set([2]));
  });

  it('keep slots free for other tenants while one tenant holds many', async () => {
    const slots = new WorkerSlots(() => new Map([[HOST, 100]]));
    await enqueue({ tenant: 'a', count: 500 });
    expect(await workedThrough(slots)).toEqual(new Map([['a', 80]]));
    await enqueue({ tenant: 'b', count: 5 });
    expect(await workedThrough(slots)).toEqual(new Map([['b', 5]]));
    await enqueue({ tenant: 'a', count: 1, type: 'stop' });
    expect(await workedThrough(slots)).toEqual(new Map([['a', 1]]));
  });

  it('take no more from a capped group than its room', async () => {
    await enqueue({ tenant: 'a', count: 20 });
    await enqueue({ tenant: 'b', count: 20 });
    const capped = [{ hostId: HOST, tenantId: 'a', isBackground: true, room: 1 }];
    expect(await tenantsOf(10, capped)).toBe('abbbbb');
  });

  it("apply each host's own limit and skip other hosts", async () => {
    await enqueue({ tenant: 'a', count: 20 });
    await enqueue({ tenant: 'a', count: 20, hostId: 'docker' });
    await enqueue({ tenant: 'a', count: 20, hostId: 'qemu' });
    const pools = [
      { hostId: HOST, room: 7, groupRoom: 7, after: '' },
      { hostId: 'docker', room: 2, groupRoom: 2, after: '' },
    ];
    const { operations } = await queue.claim({ ...BASE, pools, capped: [] });
    expect(operations.map(({ hostId }) => hostId).sort()).toEqual([
      ...Array<string>(2).fill('docker'),
      ...Array<string>(7).fill(HOST),
    ]);
  });

  it('skip operations that are not due yet, and find due ones behind them', async () => {
    await enqueue({ tenant: 'a', count: 50, type: 'stop', inSeconds: 60 });
    await enqueue({ tenant: 'a', count: 3 });
    expect(await tenantsOf(10)).toBe('aaa');
    expect(await tenantsOf(10)).toBe('');
  });

  it('read no more rows for a backlog of 20,000 than for one of 20', async () => {
    const scanned = async (): Promise<number> => {
      await run('ANALYZE operations');
      const text = `EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) ${explained()}`;
      const [row] = await run<{ 'QUERY PLAN': unknown }>(text);
      return rowsOf(row?.['QUERY PLAN']);
    };
    await enqueue({ tenant: 'a', count: 20 });
    await enqueue({ tenant: 'b', count: 20 });
    const few = await scanned();
    await run('DELETE FROM resource_operations');
    await enqueue({ tenant: 'a', count: 20_000 });
    await enqueue({ tenant: 'b', count: 20 });
    expect(await scanned()).toBeLessThanOrEqual(few * 3);
  }, 120_000);

  /** The claim query with room for ten, with its values inlined. */
  function explained(): string {
    const pools = [{ hostId: HOST, room: 10, groupRoom: 10, after: '' }];
    const values = claimValues({ ...BASE, pools, capped: [] });
    const literal = (value: unknown): string => {
      if (Array.isArray(value)) return `'{${value.map((one) => JSON.stringify(one)).join(',')}}'`;
      return typeof value === 'number' ? String(value) : `'${String(value)}'`;
    };
    return CLAIM.replace(/\$(\d+)/g, (_text: string, number: string) => literal(values[Number(number) - 1]));
  }

  function rowsOf(plan: unknown): number {
    const text = typeof plan === 'string' ? plan : JSON.stringify(plan);
    let most = 0;
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) node.forEach(walk);
      else if (typeof node === 'object' && node !== null) {
        if ('Actual Rows' in node && 'Actual Loops' in node && 'Relation Name' in node) {
          const removed = 'Rows Removed by Filter' in node ? Number(node['Rows Removed by Filter']) : 0;
          most += (Number(node['Actual Rows']) + removed) * Number(node['Actual Loops']);
        }
        Object.values(node).forEach(walk);
      }
    };
    walk(parseJson<unknown>(text));
    return most;
  }

  it('find the operations of a worker whose lease has expired', async () => {
    await enqueue({ tenant: 'a', count: 3 });
    const lost = await claim(queue, { leaseMs: 0 });
    expect(lost).toHaveLength(3);
    expect(await queue.requeueExpired()).toBe(3);
    expect(await queue.renew(lost, 60_000)).toEqual(new Set());
    const again = await claim(queue);
    expect(again.map(({ attempts, remainingMs }) => [attempts, remainingMs])).toEqual(
      Array.from({ length: 3 }, () => [2, 60_000]),
    );
  });

  it('repair due times and leases that are too far ahead after the clock was set back', async () => {
    await enqueue({ tenant: 'a', count: 1, inSeconds: 3600 });
    await enqueue({ tenant: 'b', count: 1 });
    expect(await tenantsOf(10)).toBe('b');
    await run(`UPDATE resource_operations SET due_at = now() + interval '1 hour' WHERE tenant_id = 'b'`);
    await enqueue({ tenant: 'c', count: 1, inSeconds: 20 });
    await queue.repairDueTimes(15_000);
    expect(await tenantsOf(10)).toBe('a');
    const [lease] = await run<{ seconds: number }>(
      `SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM resource_operations WHERE tenant_id = 'b'`,
    );
    expect(lease?.seconds).toBeGreaterThan(0);
    expect(lease?.seconds).toBeLessThanOrEqual(15);
  });

  it('count working time and delays independently of the database clock', async () => {
    await enqueue({ tenant: 'a', count: 1 });
    const [first] = await claim(queue);
    if (!first) throw new Error('nothing is due');
    const failure = { code: 'engine_failed', message: 'no' };
    await queue.requeue(first, { failure, delayMs: 0, spentMs: 1500 });
    await run(`UPDATE resource_operations SET started_at = now() - interval '1 day'`);
    const [second] = await claim(queue);
    expect(second?.remainingMs).toBe(58_500);
  });
});
