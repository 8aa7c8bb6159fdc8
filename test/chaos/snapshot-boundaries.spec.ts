import { FAILPOINT_NAMES } from '../../src/platform/failpoints';
import { Client } from '../support/client';
import { DoomedService, PATIENCE } from '../support/doomed-service';
import { eventually } from '../support/eventually';
import { Snapshots } from '../support/snapshots';

const RESTORE = FAILPOINT_NAMES.filter((name) => /restore/.test(name));

const REBUILD = FAILPOINT_NAMES.filter((name) => /rebuil/.test(name));

/** A tenant per test, so that its quota is its own. */
describe('kill -9 at the failpoint of a snapshot', () => {
  let service: DoomedService;
  let tenants = 0;

  beforeAll(async () => {
    service = await DoomedService.open();
  });
  afterEach(() => service.end());
  afterAll(async () => {
    expect(await service.close()).toEqual([]);
  });

  const newTenant = (): string => `tenant-${++tenants}`;

  it('snapshot.taken: the snapshot becomes available, and is counted once', async () => {
    const { url, died } = await service.startDoomed('snapshot.taken');
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning();
    const { body } = await new Snapshots(before).take(id, { includeMemory: true }, { Prefer: undefined });
    await died;
    const tenant = new Client(await service.restart(), owner);
    const snapshots = new Snapshots(tenant);
    await eventually(async () => {
      expect(await snapshots.read(body.id)).toMatchObject({ status: 'available', statusReason: null });
    }, PATIENCE);
    expect(await snapshots.used()).toEqual([1, 11]);
    expect((await tenant.details(id)).status).toBe('running');
    await service.keep(tenant);
  });

  it('snapshot.abandoned: the deletion of the instance resumes, and the snapshot uses no space', async () => {
    const { url, died } = await service.startDoomed('snapshot.abandoned');
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning({ metadata: { 'simulate.snapshotDelayMs': '3600000' } });
    const { body } = await new Snapshots(before).take(id, {}, { Prefer: undefined });
    await before.reachesOperation(id, 'snapshot', 'running');
    await Promise.allSettled([before.delete(`/instances/${id}?force=true`), died]);
    const tenant = new Client(await service.restart(), owner);
    await tenant.isGone(id, PATIENCE);
    const snapshots = new Snapshots(tenant);
    expect((await snapshots.read(body.id)).status).toBe('error');
    expect(await snapshots.used()).toEqual([1, 0]);
    await service.keep(tenant);
  });

  it.each(RESTORE)('%s: the restore resumes after the last step', async (boundary) => {
    const { url, died } = await service.startDoomed(boundary);
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning({ imageId: 'old' });
    const { id: snapshotId } = await new Snapshots(before).taken(id, { includeMemory: true });
    await before.post(`/instances/${id}/rebuild`, { imageId: 'new' });
    await Promise.allSettled([new Snapshots(before).restore(id, { snapshotId, resume: true }), died]);
    const tenant = new Client(await service.restart(), owner);
    await service.keep(tenant);
    expect(await tenant.details(id)).toMatchObject({ imageId: 'old', status: 'running', statusReason: null });
    const { text } = await tenant.get(`/instances/${id}/console`);
    expect(text).toContain('goes on from a snapshot');
    const [operation] = await tenant.operationsOf(id);
    expect(operation).toMatchObject({ type: 'restore', status: 'succeeded' });
    expect((await new Snapshots(tenant).eventsOf(id)).at(-1)).toBe('restore.succeeded');
  });

  it('engine.created of a clone: it resumes with the snapshot, which cannot be deleted meanwhile', async () => {
    const { url, died } = await service.startDoomed('snapshot.removed');
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning();
    const { id: sourceSnapshotId } = await new Snapshots(before).taken(id, { includeMemory: true });
    service.arm('engine.created');
    const { body } = await new Snapshots(before).clone({ sourceSnapshotId, resume: true });
    await died;
    const tenant = new Client(await service.restart(), owner);
    await tenant.reaches(body.id, 'running', PATIENCE);
    const { text } = await tenant.get(`/instances/${body.id}/console`);
    expect(text).toContain('goes on from a snapshot');
    await service.keep(tenant);
  });

  it('engine.created of an instance from an image: it resumes, also if the image is deleted meanwhile', async () => {
    const { url, died } = await service.startDoomed('snapshot.removed');
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning({ imageId: 'base' });
    const { id: snapshotId } = await new Snapshots(before).taken(id);
    await before.post('/images', { snapshotId, id: 'golden', name: 'Golden' });
    service.arm('engine.created');
    const { body } = await new Snapshots(before).clone({ imageId: 'golden' });
    await died;
    const tenant = new Client(await service.restart(), owner);
    await tenant.delete('/images/golden');
    expect(await tenant.reaches(body.id, 'running', PATIENCE)).toMatchObject({ imageId: 'base' });
    expect((await tenant.operationsOf(body.id))[0]).toMatchObject({ status: 'succeeded', snapshotId });
    expect((await tenant.delete(`/snapshots/${snapshotId}`)).status).toBe(204);
    await service.keep(tenant);
  });

  it.each(REBUILD)('%s of a rebuild from an image: it resumes after the last step', async (boundary) => {
    const { url, died } = await service.startDoomed(boundary);
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning({ imageId: 'base' });
    const { id: snapshotId } = await new Snapshots(before).taken(id);
    await before.post('/images', { snapshotId, id: 'golden', name: 'Golden' });
    const other = await before.createRunning({ imageId: 'other' });
    await Promise.allSettled([before.post(`/instances/${other.id}/rebuild`, { imageId: 'golden' }), died]);
    const tenant = new Client(await service.restart(), owner);
    await service.keep(tenant);
    expect(await tenant.details(other.id)).toMatchObject({
      ...{ imageId: 'base', status: 'running', statusReason: null },
    });
    const [operation] = await tenant.operationsOf(other.id);
    expect(operation).toMatchObject({ type: 'rebuild', status: 'succeeded', snapshotId });
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toMatchObject({ instances: 2, snapshots: 1 });
  });

  it('snapshot.removed: the deletion resumes, and releases the quota once', async () => {
    const { url, died } = await service.startDoomed('snapshot.removed');
    const owner = newTenant();
    const before = new Client(url, owner);
    const { id } = await before.createRunning();
    const [one, other] = [await new Snapshots(before).taken(id), await new Snapshots(before).taken(id)];
    await Promise.allSettled([before.delete(`/snapshots/${one.id}`), died]);
    const tenant = new Client(await service.restart(), owner);
    await eventually(async () => {
      expect((await tenant.get(`/snapshots/${one.id}`)).status).toBe(404);
    }, PATIENCE);
    const snapshots = new Snapshots(tenant);
    expect(await snapshots.used()).toEqual([1, 10]);
    expect((await snapshots.read(other.id)).status).toBe('available');
    await service.keep(tenant);
  });
});
