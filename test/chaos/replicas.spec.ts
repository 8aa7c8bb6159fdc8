import { Client as Sql } from 'pg';
import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { MISCOUNTED } from '../support/ledger';
import { POSTGRES_MISSING } from '../support/postgres';
import { ServiceProcess } from '../support/service';

const LEASE_MS = 15_000;
/** Outlives every test, so that nothing resumes because a lease expired. */
const LONG_LEASE = { WORKER_LEASE_SECONDS: '3600' };
const LOST = 'the lease of an operation was lost';
const available = POSTGRES_MISSING === undefined;
const suite = available ? describe : describe.skip;

suite(`two replicas on one PostgreSQL${available ? '' : ` (skipped: ${POSTGRES_MISSING})`}`, () => {
  let database: TestDatabase;
  let sql: Sql;
  let replicas: ServiceProcess[];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    sql = new Sql(database.environment['DATABASE_URL']);
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await database.remove();
  });
  afterEach(async () => {
    for (const replica of replicas) {
      replica.signal('SIGCONT');
      await replica.stop();
    }
    const { rows: wrong } = await sql.query(MISCOUNTED);
    await sql.query('DELETE FROM instances');
    await sql.query('DELETE FROM resource_operations');
    await sql.query('DELETE FROM quota_usage');
    await sql.query('DELETE FROM quotas');
    await sql.query('DELETE FROM host_inventory');
    expect(wrong).toEqual([]);
  });

  async function start(environment: Record<string, string> = {}): Promise<[ServiceProcess, ServiceProcess]> {
    const all = { ...database.environment, ...environment };
    const started = await Promise.all([ServiceProcess.start(all), ServiceProcess.start(all)]);
    replicas = [...started];
    return [started[0], started[1]];
  }

  function tenantOf(replica: ServiceProcess): Client {
    return new Client(replica.url, 'tenant-a');
  }

  /** The replica that works on the operation of an instance, and the other one. */
  async function workerOf(id: string): Promise<[worker: ServiceProcess, other: ServiceProcess]> {
    const owner = await eventually(async () => {
      const { rows } = await sql.query<{ lease_owner: string | null }>(
        `SELECT lease_owner FROM resource_operations WHERE resource_id = $1 AND status = 'running'`,
        [id],
      );
      const pid = rows[0]?.lease_owner?.split(':').at(-1);
      if (pid === undefined) throw new Error('nobody works on it');
      return Number(pid);
    });
    const worker = replicas.find(({ pid }) => pid === owner);
    const other = replicas.find(({ pid }) => pid !== owner);
    if (!worker || !other) throw new Error('the worker is none of the replicas');
    // The claim is committed before the worker learns of it; after its next response, it has.
    await tenantOf(worker).get(`/instances/${id}`);
    return [worker, other];
  }

  it('shows changes made through one replica at once through the other', async () => {
    const [one, two] = await start({ PROVISION_DELAY_MS: '0' });
    for (let round = 0; round < 20; round++) {
      const { id } = await tenantOf(one).create();
      expect((await tenantOf(two).get(`/instances/${id}`)).status).toBe(200);
      await tenantOf(two).reaches(id, 'running');
      expect((await tenantOf(two).post<Instance>(`/instances/${id}/stop`)).body.status).toBe('stopped');
      expect((await tenantOf(one).get<Instance>(`/instances/${id}`)).body.status).toBe('stopped');
      expect((await tenantOf(one).delete(`/instances/${id}`)).status).toBe(204);
      expect((await tenantOf(two).get(`/instances/${id}`)).status).toBe(404);
    }
  });

  it('finishes the work of a killed replica on the other within the default lease', async () => {
    const [one] = await start();
    const { id } = await tenantOf(one).create();
    const [worker, other] = await workerOf(id);
    await worker.kill();
    expect(await count(`status = 'running' AND due_at <= now() + interval '${LEASE_MS} milliseconds'`)).toBe(
      1,
    );
    // The lease, one poll of the queue and the two seconds of work; doubled for a busy machine.
    await tenantOf(other).reaches(id, 'running', { withinMs: 2 * LEASE_MS });
    expect(await tenantOf(other).operationsOf(id)).toMatchObject([{ attempts: 2, status: 'succeeded' }]);
  });

  it('never runs one operation on both replicas', async () => {
    // With a concurrency this low, neither replica can take all operations.
    const [one, two] = await start({ PROVISION_DELAY_MS: '20', WORKER_CONCURRENCY: '10' });
    const created = await Promise.all(
      Array.from({ length: 300 }, (_, index) => tenantOf(index % 2 === 0 ? one : two).create()),
    );
    for (const { id } of created) await tenantOf(two).reaches(id, 'running', { withinMs: 20_000 });
    const { body } = await tenantOf(one).get<{ operations: readonly Operation[] }>('/operations');
    expect(body.operations).toHaveLength(300);
    expect(body.operations.filter(({ attempts }) => attempts !== 1)).toEqual([]);
    const counts = await Promise.all([one, two].map((replica) => ended(replica, 'succeeded')));
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBeGreaterThan(0);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(300);
  });

  /** The number of creates that ended with `result`, from the replica's metrics. */
  async function ended(replica: ServiceProcess, result: string): Promise<number> {
    const text = await (await fetch(`${replica.url}/metrics`)).text();
    const counter = new RegExp(`compute_operations_total\\{type="create",result="${result}"[^}]*\\} (\\d+)`);
    return Number(counter.exec(text)?.[1] ?? 0);
  }

  it('cancels at once through one replica an operation that runs on the other', async () => {
    const [one] = await start({ PROVISION_DELAY_MS: '3600000', ...LONG_LEASE });
    const { id } = await tenantOf(one).create();
    const [, other] = await workerOf(id);
    // The lease does not expire within the test: the worker was notified and released it.
    expect((await tenantOf(other).delete(`/instances/${id}`)).status).toBe(204);
    await tenantOf(other).isGone(id);
    expect(await tenantOf(other).operationsOf(id)).toMatchObject([
      { type: 'delete', status: 'succeeded' },
      { type: 'create', status: 'cancelled' },
    ]);
  });

  // Suspended until its lease expires: on resume, the work is unfinished in one case and finished in the other.
  it.each([
    { workMs: 6000, leaseSeconds: 1 },
    { workMs: 3000, leaseSeconds: 5 },
  ])('ignores a worker that resumes after its lease expired: $workMs ms of work', async (given) => {
    const [one] = await start({
      PROVISION_DELAY_MS: String(given.workMs),
      WORKER_LEASE_SECONDS: String(given.leaseSeconds),
    });
    const { id } = await tenantOf(one).create();
    const [worker, other] = await workerOf(id);
    worker.signal('SIGSTOP');
    const { version } = await tenantOf(other).reaches(id, 'running', { withinMs: 30_000 });
    const { version: stopped } = (await tenantOf(other).post<Instance>(`/instances/${id}/stop`)).body;
    expect(stopped).toBe(version + 2);
    worker.signal('SIGCONT');
    await eventually(() => expect(worker.log.map(({ msg }) => msg)).toContain(LOST));
    expect((await tenantOf(worker).get<Instance>(`/instances/${id}`)).body).toMatchObject({
      status: 'stopped',
      version: stopped,
    });
    expect(await ended(worker, 'lost')).toBe(1);
  });

  it('resumes its own operation, once, after it was suspended past its lease', async () => {
    const service = await ServiceProcess.start({
      ...database.environment,
      // Unfinished on resume: as no other replica has claimed the operation, its outcome would count.
      PROVISION_DELAY_MS: '9000',
      // Long enough to be renewed in time on a busy machine: it must not be lost a second time.
      WORKER_LEASE_SECONDS: '5',
    });
    replicas = [service];
    const { id } = await tenantOf(service).create();
    await eventually(async () => expect(await count(`status = 'running'`)).toBe(1));
    service.signal('SIGSTOP');
    await eventually(async () => expect(await count(`status = 'running' AND due_at < now()`)).toBe(1));
    service.signal('SIGCONT');
    await tenantOf(service).reaches(id, 'running', { withinMs: 30_000 });
    expect(await tenantOf(service).operationsOf(id)).toMatchObject([{ attempts: 2, status: 'succeeded' }]);
    expect(await ended(service, 'succeeded')).toBe(1);
  });

  async function count(condition: string): Promise<number> {
    const { rows } = await sql.query(`SELECT 1 FROM resource_operations WHERE ${condition}`);
    return rows.length;
  }

  it('requeues unfinished work on SIGTERM, and the other replica resumes it at once', async () => {
    const [one] = await start({ PROVISION_DELAY_MS: '8000', SHUTDOWN_GRACE_SECONDS: '1', ...LONG_LEASE });
    const { id } = await tenantOf(one).create();
    const [worker, other] = await workerOf(id);
    expect(await worker.stop()).toBe(0);
    await tenantOf(other).reaches(id, 'running');
    expect(await tenantOf(other).operationsOf(id)).toMatchObject([{ attempts: 1, status: 'succeeded' }]);
  });
});
