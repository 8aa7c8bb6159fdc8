import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import type { Fault } from '../support/peers/peer';
import { SHORT_TIMEOUT } from '../support/platform';
import { expectProblem } from '../support/problem';
import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';

const FAULTS: readonly Fault[] = ['refuse', 'hang', 'error500', 'notFound', 'garbage', 'lostAnswer', 'late'];
const PATIENCE = { withinMs: 45_000 };
const UNAVAILABLE = { status: 503, code: 'storage_unavailable' };

describe.each(FAULTS)('a platform service with the fault %s', (fault) => {
  const beside = usePlatform({ ...SHORT_TIMEOUT, VOLUME_WAIT_SECONDS: '2' });
  let tenant: Client;

  beforeEach(() => {
    tenant = beside.as(newTenant());
  });
  afterEach(async () => {
    await beside.platform.heal();
    await eventually(async () => expect(await beside.platform.leaks(tenant)).toEqual([]), PATIENCE);
    await atRest();
  });

  /** All instances are in a final status and all operations have finished. */
  const atRest = (): Promise<void> =>
    eventually(async () => {
      const { operations } = (await tenant.get<{ operations: readonly Operation[] }>('/operations')).body;
      expect(operations.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
      const { instances } = (await tenant.get<{ instances: readonly Instance[] }>('/instances')).body;
      expect(instances.filter(({ status }) => !['running', 'stopped', 'error'].includes(status))).toEqual([]);
    }, PATIENCE);

  const spoil = async (scope: { method?: string; times?: number } = {}): Promise<void> => {
    await beside.platform.storage.fail(fault, scope);
    await beside.platform.network.fail(fault, scope);
  };

  it('makes a create with a reference return 503 and write nothing', async () => {
    const { id } = beside.platform.storage.addVolume(tenant.tenantId);
    await spoil({ method: 'GET' });
    const answer = await tenant.post('/instances', { name: 'web', flavor: 'small', volumeIds: [id] });
    expectProblem(answer, UNAVAILABLE);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it('delays a create, which then creates and attaches everything once', async () => {
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    await spoil({ method: 'POST' });
    const { id } = await tenant.create({
      ...(fault === 'refuse' ? {} : { volumeIds: [volumeId] }),
      createNetwork: { cidr: '10.0.0.0/24' },
      createVolume: { sizeGB: 5 },
    });
    await eventually(async () => {
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body.statusReason).toMatch(
        /^create will be retried in \d+ s; attempt \d+ failed: The (Network|Storage) service/,
      );
    });
    await beside.platform.heal();
    const running = await tenant.reaches(id, 'running', PATIENCE);
    expect(running.networkIds).toHaveLength(1);
    expect([...beside.platform.storage.attachedTo(id)].map((volume) => volume.id).sort()).toEqual(
      [...running.volumeIds].sort(),
    );
    const mine = [...beside.platform.network.networks.values()].filter(
      ({ tenantId }) => tenantId === tenant.tenantId,
    );
    expect(mine.map((network) => network.id)).toEqual(running.networkIds);
  });

  it('delays a create for its volume, which is created once', async () => {
    await beside.platform.storage.fail(fault, { method: 'POST' });
    const { id } = await tenant.create({ createVolume: { sizeGB: 5 } });
    await eventually(async () => {
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body.statusReason).toMatch(/attempt \d+ failed: The Storage service/);
    });
    await beside.platform.heal();
    const { volumeIds } = await tenant.reaches(id, 'running', PATIENCE);
    const mine = [...beside.platform.storage.volumes.values()].filter(
      ({ tenantId }) => tenantId === tenant.tenantId,
    );
    expect(mine).toMatchObject([{ id: volumeIds[0], attachedTo: id }]);
  });

  it('makes an attach return 503 without changes; it can be repeated', async () => {
    const { id } = await tenant.createRunning();
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    await spoil({ method: 'POST' });
    const answer = await tenant.post(`/instances/${id}/volumes`, { volumeId });
    const problem = expectProblem(answer, UNAVAILABLE);
    expect(problem.detail).toContain(fault === 'refuse' ? 'look up volume' : 'attach volume');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await tenant.get<Instance>(`/instances/${id}`)).body).toMatchObject({
      status: 'running',
      statusReason: null,
      volumeIds: [],
    });
    await beside.platform.heal();
    await eventually(() => {
      expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe('');
    }, PATIENCE);
    await eventually(async () => {
      const again = await tenant.post<Instance>(`/instances/${id}/volumes`, { volumeId });
      expect([again.status, again.body.volumeIds]).toEqual([200, [volumeId]]);
    }, PATIENCE);
    expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe(id);
  });

  it('makes a detach return 503 without changes; it can be repeated', async () => {
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    const { id } = await tenant.createRunning({ volumeIds: [volumeId] });
    await spoil({ method: 'POST' });
    const answer = await tenant.delete(`/instances/${id}/volumes/${volumeId}`);
    // If only the response was lost, the detach is found to have taken effect.
    if (fault === 'lostAnswer' && answer.status === 200) return;
    expectProblem(answer, UNAVAILABLE);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.volumeIds).toEqual([volumeId]);
    await beside.platform.heal();
    const again = await eventually(async () => {
      const repeated = await tenant.delete<Instance>(`/instances/${id}/volumes/${volumeId}`);
      expect(repeated.status).toBe(200);
      return repeated;
    }, PATIENCE);
    expect(again.body.volumeIds).toEqual([]);
    expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe('');
  });

  it('delays a delete, which reports why and completes after recovery', async () => {
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    const { id } = await tenant.createStopped({
      volumeIds: [volumeId],
      createVolume: { sizeGB: 5, deleteOnTermination: true },
      createNetwork: { cidr: '10.0.0.0/24', deleteOnTermination: true },
    });
    await spoil();
    const answer = await tenant.delete<Instance>(`/instances/${id}`);
    expect(answer.status).toBe(202);
    const path = (answer.headers.get('operation-location') ?? '').replace('/api/v1/compute', '');
    expect((await tenant.get<Operation>(path)).body).toMatchObject({ type: 'delete', finishedAt: null });
    await eventually(async () => {
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body.statusReason).toMatch(
        /^delete will be retried in \d+ s; attempt \d+ failed: The (Network|Storage)/,
      );
    });
    await beside.platform.heal();
    await tenant.isGone(id, PATIENCE);
    expect((await tenant.get<Operation>(path)).body).toMatchObject({ status: 'succeeded' });
    expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe('');
    const made = [...beside.platform.storage.volumes.values(), ...beside.platform.network.networks.values()];
    expect(made.filter(({ metadata }) => metadata['compute.instanceId'] === id)).toEqual([]);
  });

  it('does not delay a forced delete, whose cleanup is a visible operation', async () => {
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    const { id } = await tenant.createRunning({
      volumeIds: [volumeId],
      createVolume: { sizeGB: 5, deleteOnTermination: true },
    });
    await spoil();
    await tenant.delete(`/instances/${id}`).then(({ status }) => expect(status).toBe(400));
    const forced = await tenant.delete(`/instances/${id}?force=true`);
    expect(forced.status).toBe(204);
    expect((await tenant.get(`/instances/${id}`)).status).toBe(404);
    const path = (forced.headers.get('operation-location') ?? '').replace('/api/v1/compute', '');
    expect((await tenant.get<Operation>(path)).body).toMatchObject({ type: 'cleanup', instanceId: id });
    expect(await tenant.operationsOf(id)).toMatchObject([
      { type: 'cleanup', finishedAt: null },
      { type: 'delete', status: 'succeeded' },
      { type: 'create' },
    ]);
    await beside.platform.heal();
    await atRest();
    expect((await tenant.operationsOf(id))[0]).toMatchObject({ type: 'cleanup', status: 'succeeded' });
    expect(beside.platform.storage.attachedTo(id)).toEqual([]);
    expect(beside.platform.storage.volumes.has(volumeId)).toBe(true);
  });

  const deferred = async (): Promise<number> => {
    const { text } = await tenant.request('/metrics');
    return Number(/^compute_outbox_total\{result="deferred"[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };
  const own = () => beside.platform.monitoring.metrics.filter(({ tenantId }) => tenantId === tenant.tenantId);

  /** Omits repeats: delivery is at least once, so a metric whose response was lost or late is counted again. */
  const namesInOrder = (): readonly string[] => {
    const names = own().map(({ name }) => name);
    // The peer counts a late metric after two seconds, so only first arrivals are in order.
    if (fault === 'late') return [...new Set(names)];
    return names.filter((name, index) => name !== names[index - 1]);
  };

  it('loses no metrics and delays no requests', async () => {
    const before = await deferred();
    await beside.platform.monitoring.fail(fault);
    const { id } = await tenant.createStopped();
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    await eventually(async () => expect(await deferred()).toBeGreaterThan(before));
    const unhealed = await deferred();
    await beside.platform.heal();
    await eventually(async () => {
      expect(namesInOrder()).toEqual(['instance_created', 'instance_stopped', 'instance_deleted']);
      if (fault === 'lostAnswer' || fault === 'late') return;
      // On a busy machine, a healthy response can be late as well: each repeat has a call that was given up.
      const repeats = own().length - 3;
      expect(repeats).toBeLessThanOrEqual((await deferred()) - unhealed);
    }, PATIENCE);
    await eventually(async () => {
      expect((await tenant.request('/metrics')).text).toMatch(/^compute_outbox_depth\{[^}]*\} 0$/m);
    }, PATIENCE);
  });

  it('keeps the metrics of an instance in order', async () => {
    const before = await deferred();
    await beside.platform.monitoring.fail(fault, { method: 'POST', path: /metrics$/, times: 1 });
    // The next poll sends all of them, and the first one hits the fault.
    const { id } = await tenant.createStopped();
    await tenant.delete(`/instances/${id}`);
    await eventually(async () => expect(await deferred()).toBeGreaterThan(before));
    await beside.platform.heal();
    const lifetime = ['instance_created', 'instance_stopped', 'instance_deleted'];
    await eventually(() => expect(namesInOrder()).toEqual(lifetime), PATIENCE);
  });
});
