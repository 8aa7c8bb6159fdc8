import { QuotasConfig } from '../../src/compute/quotas/quotas.config';
import { CreationRepository, type NewInstance } from '../../src/compute/instances/create/creation.repository';
import {
  ReadinessRepository,
  type ProbedRun,
} from '../../src/compute/instances/readiness/readiness.repository';
import { ResizeRepository } from '../../src/compute/instances/resize/resize.repository';
import { CompletionRepository } from '../../src/compute/instances/work/completion.repository';
import { OperationsQueue, type ClaimedOperation } from '../../src/compute/operations';
import { aCreateOperation, aNewInstance } from '../support/builders';
import { claim } from '../support/claim';
import { DATABASE_KIND } from '../support/database';
import { useDatabase } from '../support/use-database';

const readiness = { kind: 'serial', text: 'login:', timeoutSeconds: 60 } as const;
const HOST = 'simulated';
const SIZE = { name: 'small', vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0 };

interface State {
  readonly status: string;
  readonly ready: boolean | null;
  readonly hasStarted: boolean;
  readonly isDue: boolean;
}

describe(`readiness in the ${DATABASE_KIND} database`, () => {
  const suite = useDatabase();
  const { run } = suite;
  let creations: CreationRepository;
  let repository: ReadinessRepository;
  let completions: CompletionRepository;
  let resizes: ResizeRepository;
  let queue: OperationsQueue;

  beforeAll(() => {
    const { database, signals } = suite;
    creations = new CreationRepository(database, signals, new QuotasConfig({}));
    repository = new ReadinessRepository(database, signals);
    completions = new CompletionRepository(database, signals);
    resizes = new ResizeRepository(database, signals, new QuotasConfig({}));
    queue = new OperationsQueue(database);
  });

  /** An operation in progress. */
  async function held(id: string, type: string): Promise<ClaimedOperation> {
    await run(
      `INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, host_id)
       VALUES (gen_random_uuid(), 'tenant-a', $1, $2, 'pending', 'request', $3)`,
      [id, type, HOST],
    );
    const [operation] = await claim(queue);
    if (!operation) throw new Error('nothing was claimed');
    return operation;
  }

  async function stateOf(id: string): Promise<State> {
    const [state] = await run<State>(
      `SELECT status, ready, started_at IS NOT NULL AS "hasStarted", probe_at <= now() AS "isDue"
       FROM instances WHERE id = $1`,
      [id],
    );
    if (!state) throw new Error('the instance is gone');
    return state;
  }

  /** An instance that has gone through these statuses; its operation has ended unless `isBusy`. */
  async function after(
    statuses: readonly string[],
    { tenantId = 'tenant-a', isBusy = false } = {},
  ): Promise<NewInstance> {
    const instance = aNewInstance({ guest: { readiness } });
    const operation = aCreateOperation();
    await creations.create({ tenantId, instance, operation });
    if (!isBusy)
      await run(`UPDATE resource_operations SET status = 'succeeded' WHERE id = $1`, [operation.id]);
    for (const status of statuses) await become(instance.id, status);
    return instance;
  }

  async function become(id: string, status: string): Promise<void> {
    await run('UPDATE instances SET status = $2 WHERE id = $1', [id, status]);
  }

  async function claimed(limit = 10): Promise<readonly ProbedRun[]> {
    return repository.claim([HOST], limit);
  }

  it.each([
    [['running'], ['stopped'], { ready: false, hasStarted: false, isDue: null }],
    [['running'], ['stopped', 'running'], { ready: false, hasStarted: true, isDue: true }],
    [['running'], ['stopped', 'restarting', 'running'], { ready: false, hasStarted: true, isDue: true }],
    [['running'], ['paused'], { ready: true, hasStarted: true, isDue: null }],
    [['running'], ['paused', 'running'], { ready: true, hasStarted: true, isDue: null }],
    // The engine did not answer for a while.
    [['running'], ['error', 'running'], { ready: true, hasStarted: true, isDue: null }],
    [['running'], ['paused', 'error', 'paused', 'running'], { ready: true, hasStarted: true, isDue: null }],
  ])('a guest that was ready when %j is, after %j, in this state: %j', async (before, then, expected) => {
    const { id } = await after(before);
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    expect(await repository.becomeReady(probed)).toBeGreaterThanOrEqual(0);
    for (const status of then) await become(id, status);
    expect(await stateOf(id)).toMatchObject(expected);
  });

  it.each([
    [[], { ready: false, hasStarted: false, isDue: null }],
    [['running'], { ready: false, hasStarted: true, isDue: true }],
    [['running', 'paused'], { ready: false, hasStarted: true, isDue: null }],
    [['running', 'paused', 'running'], { ready: false, hasStarted: true, isDue: true }],
    [['running', 'stopped', 'paused', 'running'], { ready: false, hasStarted: true, isDue: true }],
    [['running', 'error'], { ready: false, hasStarted: true, isDue: null }],
    [['error'], { ready: false, hasStarted: false, isDue: null }],
    [['error', 'running'], { ready: false, hasStarted: true, isDue: true }],
  ])('a guest that was never ready is, after %j, in this state: %j', async (statuses, expected) => {
    const { id } = await after(statuses);
    expect(await stateOf(id)).toMatchObject(expected);
  });

  it('pauses of a run do not count as time since its start', async () => {
    const { id } = await after(['running']);
    const beginPauseEarlier = (seconds: number) =>
      run(`UPDATE instances SET paused_at = paused_at - $2::float8 * interval '1 s' WHERE id = $1`, [
        ...[id, seconds],
      ]);
    await become(id, 'paused');
    await beginPauseEarlier(1000);
    await become(id, 'running');
    await become(id, 'paused');
    await beginPauseEarlier(2000);
    await become(id, 'error');
    await become(id, 'running');
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    // Less than nothing, because the start was not moved back as well.
    expect(Math.round(probed.seconds / 1000)).toBe(-3);
    expect(await repository.becomeReady(probed)).toBeLessThan(-2000);

    await become(id, 'restarting');
    await become(id, 'running');
    expect((await claimed())[0]?.seconds).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['other', false],
    ['same', true],
    [undefined, true],
  ])('an operation that finds the run %j leaves `ready` %j', async (found, ready) => {
    const { id } = await after(['running']);
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    await repository.becomeReady(probed);
    await run(`UPDATE instances SET handle = '{"v": 1, "data": {}, "run": "same"}' WHERE id = $1`, [id]);
    const handle = { v: 1, data: {}, ...(found !== undefined && { run: found }) };
    for (const type of ['resume', 'resize']) {
      const operation = await held(id, type);
      const isRecorded =
        type === 'resume'
          ? await completions.completeAction(operation, { status: 'running', handle, metric: null })
          : await resizes.complete(operation, { size: SIZE, handle, isRestarted: false });
      expect(isRecorded).toBe(true);
      expect(await stateOf(id)).toMatchObject({ ready });
      await run(
        `UPDATE instances SET ready = true, handle = '{"v": 1, "data": {}, "run": "same"}' WHERE id = $1`,
        [id],
      );
    }
  });

  it('a run is taken once, and again when it was put back or its lease has ended', async () => {
    await after(['running']);
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    expect(await claimed()).toEqual([]);
    await repository.putBack(probed, 0);
    expect(await claimed()).toHaveLength(1);
    await run(`UPDATE instances SET probe_at = now() - interval '1 ms'`);
    expect(await claimed()).toHaveLength(1);
  });

  it('the result of a run that has ended is not recorded', async () => {
    const { id } = await after(['running']);
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    await become(id, 'stopped');
    await become(id, 'running');
    expect(await repository.becomeReady(probed)).toBeUndefined();
    expect(await repository.giveUp(probed, 'not ready')).toBeUndefined();
    await repository.putBack(probed, 60_000);
    expect(await stateOf(id)).toMatchObject({ ready: false, isDue: true });
  });

  it('a result is not recorded while an operation is in progress, which may end the run', async () => {
    const { id } = await after(['running'], { isBusy: true });
    const [probed] = await claimed();
    if (!probed) throw new Error('nothing is due');
    expect(await repository.becomeReady(probed)).toBeUndefined();
    expect(await repository.giveUp(probed, 'not ready')).toBeUndefined();
    await run(`UPDATE resource_operations SET status = 'succeeded'`);
    expect(await repository.becomeReady(probed)).toBeGreaterThanOrEqual(0);
    expect(await stateOf(id)).toMatchObject({ ready: true });
  });

  it('tenants take turns, and concurrent replicas take different runs', async () => {
    for (let i = 0; i < 6; i++) await after(['running'], { tenantId: 'tenant-a' });
    for (let i = 0; i < 2; i++) await after(['running'], { tenantId: 'tenant-b' });
    const first = await claimed(4);
    expect(first.map(({ tenantId }) => tenantId).toSorted()).toEqual([
      ...['tenant-a', 'tenant-a', 'tenant-b', 'tenant-b'],
    ]);
    const rest = await Promise.all([claimed(), claimed()]);
    expect(new Set([...first, ...rest.flat()].map(({ id }) => id)).size).toBe(8);
    expect(rest.flat()).toHaveLength(4);
  });

  it('only runs on the given hosts are taken', async () => {
    await after(['running']);
    expect(await repository.claim(['other'], 10)).toEqual([]);
  });
});
