import Docker from 'dockerode';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { startCli } from '../support/cli';
import { describeWhere } from '../support/describe-where';
import { forContainerEngines, serving, TEST_IMAGE, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { guestsOf } from '../support/engines/guests';
import { inNamespacesOf } from '../support/engines/namespaces';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots } from '../support/snapshots';
import { OPERATOR_TOKEN, WarmPools } from '../support/warm-pools';

/** Serves by itself: a pool knows no command. */
const IMAGE = 'uim-test/serving:1';
const PATIENCE = { withinMs: 60_000 };
const POOL = { type: 'container', imageId: IMAGE };

forContainerEngines('a warm pool of containers', (start, name) => {
  let engine: Engine;
  let docker: Docker;
  let fixture: EngineFixture;
  let pools: WarmPools;

  beforeAll(async () => {
    engine = await start();
    docker = new Docker({ socketPath: engine.socket });
    const container = await docker.createContainer({ Image: TEST_IMAGE, Cmd: ['true'] });
    const command = JSON.stringify(['/bin/sh', '-c', serving('the pool')]);
    await container.commit({ repo: 'uim-test/serving', tag: '1', changes: `CMD ${command}` });
    await container.remove();
    fixture = await EngineFixture.start({ socket: engine.socket, environment: { OPERATOR_TOKEN } });
    pools = new WarmPools(fixture.service.url);
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  const takes = async (tenant: Client): Promise<Instance> => {
    const before = await pools.prepared();
    const made = await tenant.create(POOL);
    expect([before.includes(made.id), made.status]).toEqual([true, 'running']);
    return made;
  };
  const inspect = (id: string): Promise<Docker.ContainerInspectInfo> =>
    docker.getContainer(`uim-${id}`).inspect();
  const networksOf = async (id: string): Promise<readonly string[]> =>
    Object.keys((await inspect(id)).NetworkSettings.Networks);
  const execIn = async (tenant: Client, id: string, script: string): Promise<string> =>
    (await startCli(fixture.service.url, tenant.tenantId, ['exec', id, '--', 'sh', '-c', script]).result).out;
  const deleted = async (tenant: Client, ...ids: readonly string[]): Promise<void> => {
    for (const id of ids) expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
  };

  if (name === 'Podman') {
    it('is refused, because a prepared container could not be moved into the network of a tenant', async () => {
      expectProblem(await pools.set('web', POOL), { status: 409, code: 'not_supported_by_engine' });
    });
    return;
  }

  it('isolates prepared containers, and moves them into the network of their tenant', async () => {
    const [a, b] = [fixture.as('tenant-a'), fixture.as('tenant-b')];
    await pools.filled('web', { ...POOL, size: 3 });
    for (const id of await pools.prepared()) expect(await networksOf(id)).toEqual(['none']);
    const [one, two, foreign] = [await takes(a), await takes(a), await takes(b)];
    expect(await execIn(a, one.id, 'echo up')).toBe('up\n');
    for (const id of [one.id, two.id]) await a.reachesOperation(id, 'create', 'succeeded');
    await b.reachesOperation(foreign.id, 'create', 'succeeded');
    const [own] = await networksOf(one.id);
    expect(own).toMatch(/^uim-/);
    expect([await networksOf(one.id), await networksOf(two.id)]).toEqual([[own], [own]]);
    expect(await networksOf(foreign.id)).not.toContain(own);
    expect((await a.details(one.id)).addresses).toHaveLength(1);
    const { State, NetworkSettings } = await inspect(one.id);
    const address = NetworkSettings.Networks[own ?? '']?.IPAddress ?? '';
    const ask = async (id: string): Promise<string> =>
      inNamespacesOf((await inspect(id)).State.Pid, ['nc', '-w', '2', address, '8080']);
    await eventually(async () => expect(await ask(two.id)).toContain('hello from the pool'));
    expect(await ask(foreign.id)).not.toContain('hello');

    // It ran from before the hand-over, and is in the network of its tenant after the next start, too.
    await a.post(`/instances/${one.id}/stop`);
    await a.post(`/instances/${one.id}/start`);
    expect((await inspect(one.id)).State.Pid).not.toBe(State.Pid);
    expect(await networksOf(one.id)).toEqual([own]);
    await deleted(a, one.id, two.id);
    await deleted(b, foreign.id);
    await pools.clear();
    expect(await docker.listContainers({ all: true })).toEqual([]);
    const left = await docker.listNetworks();
    expect(left.filter(({ Labels }) => Labels?.['uim.deployment'] !== undefined)).toEqual([]);
  });

  it('starts a container that ended at the moment of the hand-over', async () => {
    const tenant = fixture.as('tenant-a');
    await pools.filled('web', POOL);
    const [id = ''] = await pools.prepared();
    const [made] = await Promise.all([tenant.create(POOL), docker.getContainer(`uim-${id}`).kill()]);
    await tenant.reachesOperation(made.id, 'create', 'succeeded');
    await tenant.reaches(made.id, 'running');
    expect((await inspect(made.id)).State.Running).toBe(true);
    await deleted(tenant, made.id);
    await pools.clear();
  });

  it('hands over a container whose snapshots belong to its tenant alone', async () => {
    const [tenant, other] = [fixture.as('tenant-a'), fixture.as('tenant-b')];
    await pools.filled('web', POOL);
    const { id } = await takes(tenant);
    await tenant.reachesOperation(id, 'create', 'succeeded');
    await execIn(tenant, id, 'echo kept >/marker');
    const { id: sourceSnapshotId } = await new Snapshots(tenant).taken(id);
    expect((await other.get(`/snapshots/${sourceSnapshotId}`)).status).toBe(404);
    const clone = await tenant.createRunning({ type: 'container', sourceSnapshotId });
    expect(await execIn(tenant, clone.id, 'cat /marker')).toBe('kept\n');
    await execIn(tenant, id, 'rm /marker');
    await tenant.post(`/instances/${id}/restore`, { snapshotId: sourceSnapshotId }, { Prefer: 'wait=30' });
    expect(await execIn(tenant, id, 'cat /marker')).toBe('kept\n');
    await deleted(tenant, id, clone.id);
    expect((await tenant.delete(`/snapshots/${sourceSnapshotId}`, { Prefer: 'wait=30' })).status).toBe(204);
    await pools.clear();
    expect(await docker.listContainers({ all: true })).toEqual([]);
  });
});

describeWhere(QEMU_MISSING, 'a warm pool of virtual machines', () => {
  const POOL_OF_MACHINES = { type: 'vm', imageId: GUEST_IMAGE };
  let fixture: EngineFixture;
  let pools: WarmPools;

  beforeAll(async () => {
    fixture = await EngineFixture.start({
      ...{ imagesFile: await guestImages(), environment: { OPERATOR_TOKEN, QEMU_STOP_SECONDS: '0' } },
    });
    pools = new WarmPools(fixture.service.url);
  });
  afterAll(() => fixture.close());

  it('hands over a machine that keeps running, and whose snapshots belong to its tenant', async () => {
    const tenant = fixture.as('tenant-a');
    await pools.filled('machines', POOL_OF_MACHINES, PATIENCE);
    const [prepared = ''] = await pools.prepared();
    const [before] = guestsOf(prepared);
    const { id, status } = await tenant.create(POOL_OF_MACHINES);
    expect([id, status]).toEqual([prepared, 'running']);
    await tenant.reachesOperation(id, 'create', 'succeeded');
    expect(guestsOf(id).map(({ pid }) => pid)).toEqual([before?.pid]);
    const snapshots = new Snapshots(tenant);
    const { id: snapshotId } = await snapshots.taken(id);
    await tenant.post(`/instances/${id}/restore`, { snapshotId }, { Prefer: 'wait=30' });
    expect(await tenant.reachesOperation(id, 'restore', 'succeeded')).toMatchObject({ error: null });
    const clone = await tenant.createRunning({ type: 'vm', sourceSnapshotId: snapshotId });
    for (const one of [id, clone.id])
      expect((await tenant.delete(`/instances/${one}?force=true`)).status).toBe(204);
    expect((await tenant.delete(`/snapshots/${snapshotId}`, { Prefer: 'wait=30' })).status).toBe(204);
    await pools.clear(PATIENCE);
    expect(fixture.remains).toEqual([]);
  });
});
