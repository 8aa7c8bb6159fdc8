import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('attach and detach', () => {
  const beside = usePlatform();
  const aTenant = (): Client => beside.as(newTenant());

  it('attaches and detaches a volume, and repeating either changes nothing', async () => {
    const tenant = aTenant();
    const { id } = await tenant.createRunning();
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    for (let turn = 0; turn < 2; turn++) {
      const attached = await tenant.post<Instance>(`/instances/${id}/volumes`, { volumeId });
      expect([attached.status, attached.body.volumeIds]).toEqual([200, [volumeId]]);
      expect(beside.platform.storage.volumes.get(volumeId)?.attachedTo).toBe(id);
    }
    for (let turn = 0; turn < 2; turn++) {
      const detached = await tenant.delete<Instance>(`/instances/${id}/volumes/${volumeId}`);
      expect([detached.status, detached.body.volumeIds]).toEqual([200, []]);
      expect(beside.platform.storage.volumes.get(volumeId)).toMatchObject({
        status: 'available',
        attachedTo: '',
      });
    }
  });

  it('attaches and detaches a network, and keeps one that was created for it', async () => {
    const tenant = aTenant();
    const { id } = await tenant.createStopped();
    const made = await tenant.post<Instance>(`/instances/${id}/networks`, { cidr: '10.1.0.0/16' });
    const [networkId = ''] = made.body.networkIds;
    expect(made.status).toBe(200);
    expect(beside.platform.network.networks.get(networkId)).toMatchObject({ cidr: '10.1.0.0/16' });
    const detached = await tenant.delete<Instance>(`/instances/${id}/networks/${networkId}`);
    expect(detached.body.networkIds).toEqual([]);
    expect(beside.platform.network.networks.has(networkId)).toBe(true);
    const again = await tenant.post<Instance>(`/instances/${id}/networks`, { networkId });
    expect(again.body.networkIds).toEqual([networkId]);
  });

  it('refuses a volume that is attached elsewhere', async () => {
    const tenant = aTenant();
    const { id: volumeId } = beside.platform.storage.addVolume(tenant.tenantId);
    await tenant.createRunning({ volumeIds: [volumeId] });
    const other = await tenant.createRunning();
    const refused = { status: 400, code: 'volume_not_available', detail: 'Volume not available' };
    expectProblem(await tenant.post(`/instances/${other.id}/volumes`, { volumeId }), refused);
    const foreign = beside.platform.storage.addVolume(tenant.tenantId, {
      status: 'in-use',
      attachedTo: UNKNOWN,
    });
    expectProblem(await tenant.post(`/instances/${other.id}/volumes`, { volumeId: foreign.id }), refused);
  });

  it('refuses an instance that is neither running nor stopped', async () => {
    const tenant = aTenant();
    const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': '60000' } });
    const refused = { status: 400, code: 'instance_not_settled' };
    expectProblem(await tenant.post(`/instances/${id}/networks`, { cidr: '10.0.0.0/8' }), refused);
    expectProblem(await tenant.delete(`/instances/${id}/volumes/${UNKNOWN}`), refused);
  });

  it.each([
    ['networks', {}],
    ['networks', { networkId: UNKNOWN, cidr: '10.0.0.0/8' }],
    ['networks', { name: 'only a name' }],
    ['networks', { cidr: 'wide' }],
    ['networks', { cidr: '999.1.1.1/24' }],
    ['networks', { cidr: '10.0.0.0/33' }],
    ['volumes', {}],
    ['volumes', { volumeId: UNKNOWN, sizeGB: 5 }],
    ['volumes', { sizeGB: 0 }],
    ['volumes', { sizeGB: '5' }],
    ['volumes', { volumeId: '' }],
    ['volumes', { unknown: true }],
  ])('refuses %s %j', async (what, body) => {
    const tenant = aTenant();
    const { id } = await tenant.createRunning();
    expectProblem(await tenant.post(`/instances/${id}/${what}`, body), {
      status: 400,
      code: 'validation_failed',
    });
  });

  it('refuses attachments above the limit, but accepts one that is already attached', async () => {
    const tenant = aTenant();
    const ids = Array.from({ length: 33 }, () => beside.platform.network.addNetwork(tenant.tenantId).id);
    const { id } = await tenant.createRunning({ networkIds: ids.slice(0, 32) });
    expectProblem(await tenant.post(`/instances/${id}/networks`, { networkId: ids[32] }), {
      status: 400,
      code: 'too_many_attachments',
    });
    const again = await tenant.post<Instance>(`/instances/${id}/networks`, { networkId: ids[0] });
    expect([again.status, again.body.networkIds.length]).toEqual([200, 32]);
  });

  it('ignores a detach of a volume ID with a NUL', async () => {
    const tenant = aTenant();
    const { id } = await tenant.createRunning();
    const answer = await tenant.delete<Instance>(`/instances/${id}/volumes/%00`);
    expect([answer.status, answer.body.volumeIds]).toEqual([200, []]);
  });
});
