import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase, type Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import { OperationsQueue } from '../../src/compute/operations';
import { createTestDatabase, DATABASE_KIND, type TestDatabase } from '../support/database';
import { claim } from '../support/claim';

/** The statements of version 1.0, whose replicas run beside this version during an upgrade. */
const PREVIOUS = {
  insertOperation: `
    INSERT INTO operations
      (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, forced, driver, attachment_id)
    VALUES ($1, 'tenant', $2, $3, 'pending', 'request', NULL, 'tenant:tenant', $4, 'simulated', $5)`,
  claim: `
    UPDATE operations SET status = 'running', fence = fence + 1, lease_owner = 'previous'
    WHERE id IN (SELECT o.id FROM operations o WHERE o.status = 'pending' AND o.id = $1 FOR UPDATE SKIP LOCKED)
    RETURNING instance_id, type, attachment_id, forced, driver`,
  addCapacity: `
    INSERT INTO capacities (driver, total_vcpus, total_ram_gb, total_disk_gb, total_gpus,
      instances, vcpus, ram_gb, disk_gb, gpus)
    SELECT 'simulated', 8, 8, 80, 0, 0, 0, 0, 0, 0 ON CONFLICT (driver) DO NOTHING`,
  fill: `
    WITH room AS MATERIALIZED (
      SELECT c.* FROM capacities c WHERE c.driver IN ('simulated') ORDER BY c.driver FOR UPDATE OF c
    )
    UPDATE capacities c SET instances = c.instances + 1, vcpus = c.vcpus + 2 FROM room
    WHERE c.driver = room.driver RETURNING c.total_vcpus::int, c.vcpus::int`,
  scan: `
    SELECT i.id FROM instances i
    WHERE i.status = ANY('{running,stopped,error}'::text[])
      AND NOT EXISTS (SELECT FROM operations o WHERE o.instance_id = i.id AND o.status IN ('pending', 'running'))`,
  create: `
    INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, network_ids, volume_ids, metadata, guest,
      driver, vcpus, ram_gb, disk_gb, gpus)
    VALUES ($1, 'tenant', 'web', 'vm', 'gpu', '', 'creating', '{}', '{}', '{}', '{}', 'simulated', 1, 1, 1, 2)`,
  failCreate: 'UPDATE instances i SET counted = i.counted AND NOT true WHERE i.id = $1',
  delete: 'DELETE FROM instances i WHERE i.id = $1',
  insertEvent: `
    INSERT INTO instance_events (instance_id, version, tenant_id, type, request_id, operation_id)
    VALUES ($1, 1, 'tenant', 'attach.requested', 'request', $2)`,
};

describe(`a database that replicas of the previous version use, too (${DATABASE_KIND})`, () => {
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

  beforeEach(() => run('DELETE FROM resource_operations'));

  async function run<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return database.query<Row>({ name: '', text, values });
  }

  async function enqueue(operation: {
    type: string;
    args?: object;
    argsVersion?: number;
    resource?: string;
  }) {
    const id = newId();
    const { type, args = {}, argsVersion = 1, resource = 'instance' } = operation;
    await run(
      `INSERT INTO resource_operations
         (id, tenant_id, resource_type, resource_id, type, args, args_version, status, request_id, host_id)
       VALUES ($1, 'tenant', $2, $1, $3, $4, $5, 'pending', 'request', 'simulated')`,
      [id, resource, type, JSON.stringify(args), argsVersion],
    );
    return id;
  }

  const ids = async (): Promise<readonly string[]> => (await claim(queue)).map(({ id }) => id);

  it('gives this version the operations that they insert, with their arguments', async () => {
    const [attach, remove, create, instanceId, attachmentId] = [newId(), newId(), newId(), newId(), newId()];
    await run(PREVIOUS.insertOperation, [attach, instanceId, 'attach', false, attachmentId]);
    await run(PREVIOUS.insertOperation, [remove, newId(), 'delete', true, null]);
    await run(PREVIOUS.insertOperation, [create, newId(), 'create', false, null]);

    const claimed = new Map((await claim(queue)).map((operation) => [operation.id, operation]));

    expect(claimed.get(attach)).toMatchObject({
      resourceType: 'instance',
      resourceId: instanceId,
      args: { attachmentId },
      isBackground: false,
    });
    expect(claimed.get(remove)).toMatchObject({ args: { force: true }, isBackground: false });
    expect(claimed.get(create)).toMatchObject({ args: {}, isBackground: true });
  });

  it('shows them the operations and events of this version', async () => {
    const attachmentId = newId();
    const attach = await enqueue({ type: 'attach', args: { attachmentId } });
    const remove = await enqueue({ type: 'delete', args: { force: true } });

    const common = { driver: 'simulated' };
    expect(await run(PREVIOUS.claim, [attach])).toEqual([
      { ...common, instance_id: attach, type: 'attach', attachment_id: attachmentId, forced: false },
    ]);
    expect(await run(PREVIOUS.claim, [remove])).toEqual([
      { ...common, instance_id: remove, type: 'delete', attachment_id: null, forced: true },
    ]);
    await run(PREVIOUS.insertEvent, [attach, attach]);
    expect(await run('SELECT resource_type, resource_id, type FROM resource_events')).toEqual([
      { resource_type: 'instance', resource_id: attach, type: 'attach.requested' },
    ]);
  });

  it('counts the capacity of the first host of a driver together with them', async () => {
    await run(PREVIOUS.addCapacity);
    await run(PREVIOUS.addCapacity);
    expect(await run(PREVIOUS.fill)).toEqual([{ total_vcpus: 8, vcpus: 2 }]);
    expect(await run('SELECT host_id, instances::int, vcpus::int FROM host_inventory')).toEqual([
      { host_id: 'simulated', instances: 1, vcpus: 2 },
    ]);
  });

  it.each(['pause', 'retain', 'undelete'])(
    'hides operations from them that they cannot run, so that they do not claim them: %s',
    async (type) => {
      const id = await enqueue({ type });
      expect(await run(PREVIOUS.claim, [id])).toEqual([]);
      expect(await ids()).toEqual([id]);
    },
  );

  async function stored(status: string): Promise<string> {
    const id = newId();
    await run(
      `INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, driver, vcpus, ram_gb, disk_gb,
         gpus)
       VALUES ($1, 'tenant', 'web', 'vm', 'small', '', $2, 'simulated', 1, 1, 10, 0)`,
      [id, status],
    );
    return id;
  }

  it('leaves paused and retained instances out of their comparison with the engine', async () => {
    const running = await stored('running');
    await stored('paused');
    await stored('deleted');
    expect(await run(PREVIOUS.scan)).toEqual([{ id: running }]);
  });

  it('no longer purges a retained instance whose status they change', async () => {
    const id = await stored('deleted');
    const times = 'SELECT deleted_at, purge_at, ran_before_deletion FROM instances WHERE id = $1';
    await run(
      'UPDATE instances SET deleted_at = now(), purge_at = now(), ran_before_deletion = true WHERE id = $1',
      [id],
    );
    await run(`UPDATE instances SET status = 'error' WHERE id = $1`, [id]);
    expect(await run(times, [id])).toEqual([{ deleted_at: null, purge_at: null, ran_before_deletion: null }]);
  });

  it('counts the GPUs of their instances by model', async () => {
    await run(`INSERT INTO flavors (name, vcpus, ram_gb, disk_gb, gpus, gpu_model, description)
      VALUES ('gpu', 1, 1, 1, 2, 'nvidia-l40s', '')`);
    const counted = async () => (await run('SELECT gpu_models FROM host_inventory'))[0];
    const [first, second] = [newId(), newId()];
    await run(PREVIOUS.create, [first]);
    await run('DELETE FROM host_inventory');
    await run(PREVIOUS.addCapacity);
    expect(await counted()).toEqual({ gpu_models: { 'nvidia-l40s': 2 } });
    await run(PREVIOUS.create, [second]);
    expect(await counted()).toEqual({ gpu_models: { 'nvidia-l40s': 4 } });
    await run(PREVIOUS.failCreate, [first]);
    expect(await counted()).toEqual({ gpu_models: { 'nvidia-l40s': 2 } });
    await run(PREVIOUS.delete, [first]);
    expect(await counted()).toEqual({ gpu_models: { 'nvidia-l40s': 2 } });
    await run(PREVIOUS.delete, [second]);
    expect(await counted()).toEqual({ gpu_models: {} });
  });

  it('keeps operations that only a newer version knows, until one claims them', async () => {
    const known = await enqueue({ type: 'start' });
    await enqueue({ type: 'defrost' });
    await enqueue({ type: 'start', argsVersion: 2 });
    await enqueue({ type: 'start', resource: 'snapshot' });

    expect(await ids()).toEqual([known]);
    expect(await ids()).toEqual([]);
    const [left] = await run<{ count: number }>(
      `SELECT count(*)::int AS count FROM resource_operations WHERE status = 'pending'`,
    );
    expect(left).toEqual({ count: 3 });
  });
});
