import { newId } from '../../src/platform/values/uuid';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { ActionsRepository } from '../../src/compute/instances/actions/actions.repository';
import { OperationsQueue } from '../../src/compute/operations';
import { ReconcilerRepository, type DriftRecord } from '../../src/compute/reconciler/reconciler.repository';
import { RestartsRepository } from '../../src/compute/reconciler/restarts/restarts.repository';
import { ResourceSignals } from '../../src/compute/resources';
import { aCreateOperation } from '../support/builders';
import { claim } from '../support/claim';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';

const TENANT = 'tenant-a';
const HOSTS = ['simulated'];
const NOW = { delayMs: 0, restarts: 1, note: null, isGivenUp: false };

interface Row {
  readonly status: string;
  readonly version: number;
  readonly status_reason: string | null;
  readonly restarts: number;
  readonly waits: boolean;
  readonly has_ended: boolean;
}

/** Each replica has a connection of its own, except in the embedded database. */
describe(`restarts in the ${DATABASE_KIND} database`, () => {
  let testDatabase: TestDatabase;
  let databases: readonly [Database, Database];
  let replicas: readonly {
    readonly reconciler: ReconcilerRepository;
    readonly restarts: RestartsRepository;
  }[];
  let actions: ActionsRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const config = new DatabaseConfig({ ...testDatabase.environment });
    const database = await openDatabase(config);
    databases = [database, DATABASE_KIND === 'embedded' ? database : await openDatabase(config)];
    replicas = databases.map((each) => {
      const signals = new ResourceSignals(new NotificationBus(each));
      return {
        reconciler: new ReconcilerRepository(each, signals),
        restarts: new RestartsRepository(each, signals),
      };
    });
    actions = new ActionsRepository(database, new ResourceSignals(new NotificationBus(database)));
  });
  afterAll(async () => {
    for (const database of new Set(databases)) await database.close();
    await testDatabase.remove();
  });
  afterEach(async () => {
    await run('DELETE FROM resource_operations');
    await run('DELETE FROM instances');
  });

  async function run<Result>(text: string, values: readonly unknown[] = []): Promise<readonly Result[]> {
    return databases[0].query<Result>({ name: '', text, values });
  }

  async function stored(columns: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = newId();
    const all = { status: 'running', autostart: false, ...columns };
    const names = Object.keys(all);
    const places = names.map((_, index) => `$${index + 3}`);
    await run(
      `INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, driver, vcpus, ram_gb, disk_gb, gpus,
         ${names.join(', ')})
       VALUES ($1, $2, 'web', 'vm', 'small', '', 'simulated', 1, 1, 10, 0, ${places.join(', ')})`,
      [id, TENANT, ...Object.values(all)],
    );
    return id;
  }

  async function read(id: string): Promise<Row> {
    const [row] = await run<Row>(
      `SELECT status, version, status_reason, restarts, restart_at IS NOT NULL AS waits,
         ended_at IS NOT NULL AS has_ended FROM instances WHERE id = $1`,
      [id],
    );
    if (!row) throw new Error(`there is no ${id}`);
    return row;
  }

  const stop = (id: string, restart: DriftRecord['restart'] = NOW, version = 1): DriftRecord => ({
    ...{ id, version, observed: undefined, run: undefined, metric: null, restart },
    move: { to: 'stopped', reason: 'exited with code 1', ports: [], addresses: [] },
  });

  const both = <Result>(work: (replica: (typeof replicas)[number]) => Promise<Result>) =>
    Promise.all(replicas.map(work));

  const startsOf = (id: string) =>
    run<{ type: string; actor: string; status: string }>(
      'SELECT type, actor, status FROM resource_operations WHERE resource_id = $1',
      [id],
    );

  const dueIds = async (): Promise<readonly string[]> =>
    (await replicas[0]?.restarts.due(HOSTS))?.map(({ id }) => id) ?? [];

  it('start an instance once, although two replicas see the stop and its time', async () => {
    const id = await stored();
    const moves = await both(({ reconciler }) => reconciler.record([stop(id)]));
    expect(moves.flat()).toHaveLength(1);
    expect(await read(id)).toMatchObject({ status: 'stopped', version: 2, waits: true, has_ended: true });

    const begun = await both(async ({ restarts }) => restarts.begin(await restarts.due(HOSTS)));

    expect(begun.flat()).toEqual([{ id, tenantId: TENANT }]);
    expect(await startsOf(id)).toEqual([{ type: 'start', actor: 'system:restarter', status: 'pending' }]);
    expect(await read(id)).toMatchObject({ version: 3, restarts: 1, waits: false, has_ended: false });
    const events = await run(
      'SELECT version, type, reason, actor FROM resource_events WHERE resource_id = $1',
      [id],
    );
    expect(events).toEqual([
      { version: 2, type: 'observed.stopped', reason: 'exited with code 1', actor: 'system:reconciler' },
      { version: 3, type: 'start.requested', reason: 'exited with code 1', actor: 'system:restarter' },
    ]);
    expect(await claim(new OperationsQueue(databases[0]))).toMatchObject([{ resourceId: id, type: 'start' }]);
  });

  it('wait for their time, on hosts that are reached, and for the end of an operation in progress', async () => {
    const later = await stored();
    const elsewhere = await stored({ host_id: 'elsewhere' });
    const busy = await stored();
    const [replica] = replicas;
    await replica?.reconciler.record([
      stop(later, { ...NOW, delayMs: 60_000 }),
      ...[elsewhere, busy].map((id) => stop(id)),
    ]);
    const [read1 = { id: '', version: 0, reason: null, isAutostart: false }] =
      (await replica?.restarts.due(HOSTS)) ?? [];
    expect(read1).toEqual({ id: busy, version: 2, reason: 'exited with code 1', isAutostart: false });
    await run(
      `INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, host_id)
       VALUES ($1, $2, $3, 'attach', 'pending', 'request', 'simulated')`,
      [newId(), TENANT, busy],
    );
    expect(await dueIds()).toEqual([]);
    expect(await replica?.restarts.begin([read1])).toEqual([]);
    expect(await startsOf(busy)).toMatchObject([{ type: 'attach' }]);
    expect((await read(busy)).waits).toBe(true);
  });

  it('do not happen after the instance has changed since it was read', async () => {
    const id = await stored();
    const [replica] = replicas;
    await replica?.reconciler.record([stop(id)]);
    const due = (await replica?.restarts.due(HOSTS)) ?? [];
    await run('UPDATE instances SET version = version + 1 WHERE id = $1', [id]);
    expect(await replica?.restarts.begin(due)).toEqual([]);
    expect(await startsOf(id)).toEqual([]);
  });

  it('are cancelled by a request, which also resets their number', async () => {
    const id = await stored();
    await replicas[0]?.reconciler.record([stop(id, { ...NOW, restarts: 3 })]);
    const operation = { ...aCreateOperation(), type: 'stop' } as const;
    await actions.beginAction(TENANT, { id, version: 2 }, { operation, via: null, isDryRun: false });
    expect(await read(id)).toMatchObject({
      waits: false,
      has_ended: false,
      restarts: 0,
      status_reason: null,
    });
  });

  it('are cancelled by whatever else starts the instance, such as a replica of the previous version', async () => {
    const id = await stored();
    await replicas[0]?.reconciler.record([stop(id)]);
    await run(`UPDATE instances i SET status = 'running', version = i.version + 1 WHERE id = $1`, [id]);
    expect(await read(id)).toMatchObject({ waits: false, has_ended: false });
  });

  it('that are given up leave the instance stopped, with an event of their own', async () => {
    const id = await stored();
    await replicas[0]?.reconciler.record([
      stop(id, { delayMs: null, restarts: 5, note: 'given up', isGivenUp: true }),
    ]);
    expect(await read(id)).toMatchObject({ status: 'stopped', waits: false, restarts: 5, has_ended: true });
    expect(
      await run('SELECT type, from_status, to_status FROM resource_events WHERE resource_id = $1', [id]),
    ).toEqual([{ type: 'restart.given_up', from_status: 'running', to_status: 'stopped' }]);
  });

  it('after a restart of the host are for instances with autostart that stopped shortly before', async () => {
    const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
    const lostFor = 600;
    const columns = { status: 'stopped', autostart: true, ended_at: secondsAgo(lostFor + 20) };
    const late = { ended_at: secondsAgo(lostFor - 280) };
    const wanted = [
      await stored(columns),
      await stored({ ...columns, ...late }),
      await stored({ ...columns, restarted_at: secondsAgo(lostFor + 25) }),
    ];
    const others = [
      await stored({ ...columns, autostart: false }),
      await stored({ ...columns, ended_at: null }),
      await stored({ ...columns, host_id: 'elsewhere' }),
      await stored({ ...columns, ...late, restarted_at: secondsAgo(lostFor - 270) }),
      await stored({ ...columns, ended_at: secondsAgo(lostFor + 40) }),
      await stored({ ...columns, ended_at: secondsAgo(lostFor - 320) }),
    ];
    await both(({ restarts }) => restarts.makeDue('simulated', lostFor * 1000));
    const due = (await replicas[0]?.restarts.due([...HOSTS, 'elsewhere'])) ?? [];
    expect(due.map(({ id }) => id).toSorted()).toEqual(wanted);
    expect(due.map(({ isAutostart }) => isAutostart)).toEqual([true, true, true]);
    for (const id of others) expect((await read(id)).waits).toBe(false);
    expect((await read(wanted[0] ?? '')).version).toBe(1);
  });

  it('after a restart of the host keep the time of a restart policy, and wait for an open operation', async () => {
    const ended = new Date(Date.now() - 10_000).toISOString();
    const columns = { status: 'stopped', autostart: true, ended_at: ended };
    const later = new Date(Date.now() + 60_000).toISOString();
    const waiting = await stored({ ...columns, restart_at: later, restarts: 2 });
    const busy = await stored({ ...columns, restarts: 5 });
    const operationId = newId();
    await run(
      `INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, host_id)
       VALUES ($1, $2, $3, 'attach', 'pending', 'request', 'simulated')`,
      [operationId, TENANT, busy],
    );
    await replicas[0]?.restarts.makeDue('simulated', 60_000);
    expect(await dueIds()).toEqual([]);
    expect((await read(waiting)).restarts).toBe(2);
    await run(`UPDATE resource_operations SET status = 'failed', finished_at = now() WHERE id = $1`, [
      operationId,
    ]);
    expect(await replicas[0]?.restarts.due(HOSTS)).toMatchObject([{ id: busy, isAutostart: true }]);
  });

  it('after a restart of the host are as many as there are', async () => {
    await run(
      `INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, driver, vcpus, ram_gb, disk_gb, gpus,
         status, autostart, ended_at)
       SELECT gen_random_uuid(), $1, 'web', 'vm', 'small', '', 'simulated', 1, 1, 10, 0, 'stopped', true, now()
       FROM generate_series(1, 2001)`,
      [TENANT],
    );
    await replicas[0]?.restarts.makeDue('simulated', 60_000);
    expect(await run('SELECT count(*)::int AS due FROM instances WHERE restart_at <= now()')).toEqual([
      { due: 2001 },
    ]);
  });
});
