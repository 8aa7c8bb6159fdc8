import { eventually } from '../support/eventually';
import { SHORT_TIMEOUT } from '../support/platform';
import { expectProblem } from '../support/problem';
import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';

const PATIENCE = { withinMs: 45_000 };

/** The worst fault: the service does the work after the caller has timed out. */
describe('a platform service that executes requests late', () => {
  const beside = usePlatform(SHORT_TIMEOUT);

  afterEach(() => beside.platform.heal());

  const allDone = () =>
    eventually(() => expect([beside.platform.storage.late, beside.platform.network.late]).toEqual([0, 0]));

  it('causes an attach that returned 503 to be undone once it takes effect', async () => {
    const { storage } = beside.platform;
    const tenant = beside.as(newTenant());
    const { id } = await tenant.createRunning();
    const { id: volumeId } = storage.addVolume(tenant.tenantId);
    await storage.fail('late', { method: 'POST', path: /attach$/ });
    expectProblem(await tenant.post(`/instances/${id}/volumes`, { volumeId }), { status: 503 });
    await storage.heal();
    // From here on, the volume is attached until the cleanup detaches it.
    await allDone();
    await eventually(() => expect(storage.attachedTo(id)).toEqual([]), PATIENCE);
    await eventually(async () => {
      const [cleanup] = await tenant.operationsOf(id);
      expect(cleanup).toMatchObject({ type: 'cleanup', status: 'succeeded' });
    }, PATIENCE);
  });

  it('leaves nothing attached to an instance deleted in the meantime', async () => {
    const { storage } = beside.platform;
    const tenant = beside.as(newTenant());
    const { id: volumeId } = storage.addVolume(tenant.tenantId);
    await storage.fail('late', { method: 'POST', path: /attach$/ });
    const { id } = await tenant.create({ volumeIds: [volumeId] });
    await eventually(() => expect(storage.late).toBeGreaterThan(0));
    const { status } = await tenant.delete(`/instances/${id}`);
    expect([202, 204]).toContain(status);
    await storage.heal();
    await tenant.isGone(id, PATIENCE);
    await allDone();
    await eventually(() => expect(storage.volumes.get(volumeId)?.attachedTo).toBe(''), PATIENCE);
  });

  it('is not asked twice for a network or volume', async () => {
    const { storage, network } = beside.platform;
    const tenant = beside.as(newTenant());
    await storage.fail('late', { method: 'POST', path: /volumes$/, times: 1 });
    await network.fail('late', { method: 'POST', path: /networks$/, times: 1 });
    const { id } = await tenant.create({
      createNetwork: { cidr: '10.0.0.0/24' },
      createVolume: { sizeGB: 5 },
    });
    const { networkIds, volumeIds } = await tenant.reaches(id, 'running', PATIENCE);
    await allDone();
    const own = ({ tenantId }: { tenantId: string }) => tenantId === tenant.tenantId;
    expect([...network.networks.values()].filter(own).map((one) => one.id)).toEqual(networkIds);
    expect([...storage.volumes.values()].filter(own).map((one) => one.id)).toEqual(volumeIds);
  });
});
