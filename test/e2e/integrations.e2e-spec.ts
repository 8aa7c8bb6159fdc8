import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('platform services', () => {
  const beside = usePlatform({ HEALTH_REPORT_SECONDS: '1' });
  const aTenant = (): Client => beside.as(newTenant());

  describe('create', () => {
    it('attaches the given volumes and networks', async () => {
      const tenant = aTenant();
      const volume = beside.platform.storage.addVolume(tenant.tenantId);
      const network = beside.platform.network.addNetwork(tenant.tenantId);
      const request = { volumeIds: [volume.id], networkIds: [network.id] };
      const instance = await tenant.createRunning(request);
      expect(instance).toMatchObject(request);
      expect(beside.platform.storage.volumes.get(volume.id)).toMatchObject({
        status: 'in-use',
        attachedTo: instance.id,
      });
    });

    it('creates a network and a volume, and waits until the volume can be attached', async () => {
      const tenant = aTenant();
      const { id, networkIds, volumeIds } = await tenant.createRunning({
        createNetwork: { name: 'front', cidr: '10.0.1.0/24' },
        createVolume: { sizeGB: 5 },
      });
      expect([networkIds.length, volumeIds.length]).toEqual([1, 1]);
      expect(beside.platform.network.networks.get(networkIds[0] ?? '')).toMatchObject({
        name: 'front',
        cidr: '10.0.1.0/24',
        tenantId: tenant.tenantId,
        metadata: { 'compute.instanceId': id },
      });
      expect(beside.platform.storage.attachedTo(id)).toMatchObject([
        { id: volumeIds[0], name: 'instance-disk', sizeGB: 5, type: 'block', status: 'in-use' },
      ]);
    });

    it('refuses unknown networks and volumes by ID before anything is written', async () => {
      const tenant = aTenant();
      const request = { name: 'web', flavor: 'small' };
      expectProblem(await tenant.post('/instances', { ...request, networkIds: [UNKNOWN] }), {
        status: 400,
        code: 'network_not_found',
        detail: `Network not found: ${UNKNOWN}`,
      });
      expectProblem(await tenant.post('/instances', { ...request, volumeIds: [UNKNOWN] }), {
        status: 400,
        code: 'volume_not_found',
        detail: `Volume not found: ${UNKNOWN}`,
      });
      expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
    });

    it('refuses a network and a volume of another tenant', async () => {
      const tenant = aTenant();
      const network = beside.platform.network.addNetwork('somebody-else');
      const volume = beside.platform.storage.addVolume('somebody-else');
      const request = { name: 'web', flavor: 'small' };
      for (const ids of [{ networkIds: [network.id] }, { volumeIds: [volume.id] }]) {
        const problem = expectProblem(await tenant.post('/instances', { ...request, ...ids }), {
          status: 403,
          code: 'access_denied',
        });
        expect(problem.detail).toContain(ids.networkIds?.[0] ?? ids.volumeIds?.[0]);
      }
      expect(beside.platform.storage.volumes.get(volume.id)?.attachedTo).toBe('');
    });

    it.each(['..', '.', 'a/b', 'a?b', '%2e%2e', 'a b'])('refuses the ID %j without a call', async (id) => {
      const tenant = aTenant();
      const answer = await tenant.post('/instances', { name: 'web', flavor: 'small', volumeIds: [id] });
      expectProblem(answer, { status: 400, code: 'volume_not_found' });
      const asked = beside.platform.storage.received.map(({ headers }) => headers['x-tenant-id']);
      expect(asked).not.toContain(tenant.tenantId);
    });

    it('attaches a volume to only one instance on parallel creates', async () => {
      const tenant = aTenant();
      const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
      const request = { name: 'web', flavor: 'small', volumeIds: [volumeId] };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => tenant.post<Instance>('/instances', request)),
      );
      const [winner, ...others] = answers.filter(({ status }) => status === 201);
      expect(others).toEqual([]);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expectProblem(answer, { status: 400, code: 'volume_not_available', detail: 'Volume not available' });
      }
      await tenant.reaches(winner?.body.id ?? '', 'running');
      expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe(winner?.body.id);
    });

    it('rolls back earlier steps after a permanent failure and reports the cause', async () => {
      const tenant = aTenant();
      const volume = beside.platform.storage.addVolume(tenant.tenantId);
      const { id } = await tenant.create({
        volumeIds: [volume.id],
        createNetwork: { cidr: '10.0.2.0/24' },
        createVolume: { sizeGB: 5 },
        metadata: { 'simulate.createError': 'no memory left on the host' },
      });
      const failed = await tenant.reaches(id, 'error');
      expect(failed.statusReason).toBe('create failed: no memory left on the host');
      // The cleanup is recorded as finished only after its last step.
      await eventually(async () => {
        expect(await tenant.operationsOf(id)).toMatchObject([
          { type: 'cleanup', status: 'succeeded' },
          { type: 'create', status: 'failed' },
        ]);
      });
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body).toMatchObject({ networkIds: [], volumeIds: [], status: 'error' });
      expect(beside.platform.storage.attachedTo(id)).toEqual([]);
      expect(beside.platform.storage.volumes.has(volume.id)).toBe(true);
      const made = [
        ...beside.platform.storage.volumes.values(),
        ...beside.platform.network.networks.values(),
      ];
      expect(made.filter(({ metadata }) => metadata['compute.instanceId'] === id)).toEqual([]);
    });
  });

  describe('delete', () => {
    it('detaches all volumes, even those attached directly, and deletes only marked ones', async () => {
      const tenant = aTenant();
      const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
      const { id } = await tenant.createStopped({
        volumeIds: [volumeId],
        createVolume: { sizeGB: 5, deleteOnTermination: true },
        createNetwork: { cidr: '10.0.3.0/24' },
      });
      const past = beside.platform.storage.addVolume(tenant.tenantId, { status: 'in-use', attachedTo: id });
      const mine = beside.platform.storage
        .attachedTo(id)
        .filter(({ metadata }) => 'compute.instanceId' in metadata);
      expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
      expect(beside.platform.storage.attachedTo(id)).toEqual([]);
      expect([volumeId, past.id].every((one) => beside.platform.storage.volumes.has(one))).toBe(true);
      expect(mine).toHaveLength(1);
      expect(mine.some((one) => beside.platform.storage.volumes.has(one.id))).toBe(false);
      const networks = [...beside.platform.network.networks.values()];
      expect(networks.filter(({ tenantId }) => tenantId === tenant.tenantId)).toHaveLength(1);
    });

    it('keeps a network marked for deletion if it has subnets', async () => {
      const tenant = aTenant();
      const instance = await tenant.createStopped({
        createNetwork: { cidr: '10.0.4.0/24', deleteOnTermination: true },
      });
      const [networkId] = instance.networkIds;
      await fetch(`${beside.platform.network.url}/api/v1/network/subnets`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Tenant-ID': tenant.tenantId },
        body: JSON.stringify({ networkId, name: 'inner', cidr: '10.0.4.0/28', gateway: '10.0.4.1' }),
      });
      expect((await tenant.delete(`/instances/${instance.id}`)).status).toBe(204);
      expect(beside.platform.network.networks.has(networkId ?? '')).toBe(true);
    });
  });

  describe('metrics', () => {
    it('report every life cycle step in order, with a value that every build accepts', async () => {
      const tenant = aTenant();
      const { id } = await tenant.createStopped({ type: 'container' });
      await tenant.post(`/instances/${id}/start`);
      await tenant.post(`/instances/${id}/stop`);
      await tenant.post(`/instances/${id}/restart`);
      await tenant.reaches(id, 'running');
      await tenant.post(`/instances/${id}/stop`);
      await tenant.delete(`/instances/${id}`);
      const own = () =>
        beside.platform.monitoring.metrics.filter(({ tenantId }) => tenantId === tenant.tenantId);
      await eventually(() => {
        expect(own().map(({ name }) => name)).toEqual([
          'instance_created',
          'instance_stopped',
          'instance_started',
          'instance_stopped',
          'instance_restarted',
          'instance_stopped',
          'instance_deleted',
        ]);
      });
      const labels = { service: 'compute', type: 'container', flavor: 'small' };
      for (const metric of own()) expect(metric).toMatchObject({ type: 'counter', value: 1, labels });
    });

    it('report failures', async () => {
      const tenant = aTenant();
      const { id } = await tenant.create({ metadata: { 'simulate.createError': 'no' } });
      await tenant.reaches(id, 'error');
      await eventually(() => {
        const own = beside.platform.monitoring.metrics.filter(({ tenantId }) => tenantId === tenant.tenantId);
        expect(own.map(({ name }) => name)).toEqual(['instance_failed']);
      });
    });

    it('report the health of this service periodically', async () => {
      await eventually(() => {
        expect(beside.platform.monitoring.healthChecks.at(-1)).toMatchObject({
          service: 'compute-service',
          status: 'healthy',
        });
      });
    });
  });

  it('receive the tenant, request ID and trace context', async () => {
    const tenant = aTenant();
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'X-Request-ID': 'request-4711', traceparent };
    const { id } = (
      await tenant.post<Instance>(
        '/instances',
        { name: 'web', flavor: 'small', volumeIds: [volumeId] },
        headers,
      )
    ).body;
    await tenant.reaches(id, 'running');
    const calls = beside.platform.storage.received.filter(({ path }) => path.includes(volumeId));
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) {
      expect(call.headers).toMatchObject({
        'x-tenant-id': tenant.tenantId,
        'x-request-id': 'request-4711',
        traceparent,
      });
    }
  });

  it('are all listed in the readiness check', async () => {
    const { body } = await aTenant().request<{ status: string; checks: object }>('/health/ready');
    expect(body).toMatchObject({
      status: 'ready',
      checks: { network: { status: 'up' }, storage: { status: 'up' }, monitoring: { status: 'up' } },
    });
  });
});
