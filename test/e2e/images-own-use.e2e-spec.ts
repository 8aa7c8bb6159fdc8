import type { Instance } from '../../src/compute/instances';
import { CatalogDirectory } from '../support/catalog';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { Snapshots, WAIT } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

const CATALOG = [{ id: 'debian', defaultUser: 'debian', minimal: { vcpus: 1, ramGB: 1, diskGB: 5 } }];

describe('images of tenants as the source of', () => {
  const catalog = new CatalogDirectory(CATALOG);
  const app = useApp({ environment: { IMAGES_FILE: catalog.file } });
  let tenant: Client;
  let snapshots: Snapshots;
  let snapshotId: string;

  afterAll(() => catalog.remove());
  beforeEach(async () => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
    snapshotId = (await snapshots.taken((await tenant.createRunning({ imageId: 'debian' })).id)).id;
  });

  const published = async (id: string, of = snapshotId): Promise<void> => {
    const { status } = await tenant.post('/images', { snapshotId: of, id, name: 'Golden' });
    expect(status).toBe(201);
  };

  describe('new instances', () => {
    it('are created from the snapshot, one or several', async () => {
      await published('golden');
      const { status, body } = await snapshots.clone({ imageId: 'golden', flavor: 'medium' }, WAIT);
      expect([status, body.status, body.imageId]).toEqual([201, 'running', 'debian']);
      const [operation] = await tenant.operationsOf(body.id);
      expect(operation).toMatchObject({ type: 'create', snapshotId });
      const several = await snapshots.clone<{ instances: readonly Instance[] }>({
        imageId: 'golden',
        count: 2,
      });
      for (const { id } of several.body.instances) {
        await tenant.reaches(id, 'running');
        expect((await tenant.operationsOf(id))[0]).toMatchObject({ snapshotId });
      }
      const dry = await snapshots.clone<{ instance: Instance }>({ imageId: 'golden' }, { Prefer: 'dry-run' });
      expect([dry.status, dry.body.instance.imageId]).toEqual([200, 'debian']);
    });

    it('need the type of the snapshot and a flavor that it fits into, and boot', async () => {
      const large = await tenant.createRunning({ flavor: 'medium' });
      await published('golden');
      await published('large', (await snapshots.taken(large.id)).id);
      const refusals = [
        [{ imageId: 'large' }, 'flavor_too_small_for_snapshot'],
        [{ imageId: 'golden', type: 'container' }, 'validation_failed'],
        [{ imageId: 'golden', resume: true }, 'validation_failed'],
        [{ imageId: 'golden', sourceSnapshotId: snapshotId }, 'validation_failed'],
      ] as const;
      for (const [request, code] of refusals)
        expectProblem(await snapshots.clone(request), { status: 400, code });
    });

    it('come from the image that exists when they are requested', async () => {
      await published('golden');
      await tenant.delete('/images/golden');
      // The simulated engine ignores images that nobody has.
      const { body } = await snapshots.clone({ imageId: 'golden' });
      expect(body.imageId).toBe('golden');
      expect((await tenant.operationsOf(body.id))[0]).toMatchObject({ type: 'create', snapshotId: null });
    });
  });

  describe('a rebuild', () => {
    const rebuild = <T = Instance>(id: string, request: object, headers = {}): Promise<ApiResponse<T>> =>
      tenant.post<T>(`/instances/${id}/rebuild`, request, headers);

    it.each(['running', 'stopped'] as const)(
      'gives a %s instance the disk of the snapshot',
      async (status) => {
        await published('golden');
        const before = await (status === 'running' ? tenant.createRunning() : tenant.createStopped());
        const dry = await rebuild<object>(before.id, { imageId: 'golden' }, { Prefer: 'dry-run' });
        expect(dry.body).toMatchObject({ dryRun: true, action: 'rebuild', instance: { id: before.id } });
        const { body } = await rebuild(before.id, { imageId: 'golden' });
        expect(body).toMatchObject({ id: before.id, status, imageId: 'debian', flavor: before.flavor });
        const [operation] = await tenant.operationsOf(before.id);
        expect(operation).toMatchObject({ type: 'rebuild', status: 'succeeded', snapshotId });
        expect((await snapshots.eventsOf(before.id)).slice(-2)).toEqual([
          'rebuild.requested',
          'rebuild.succeeded',
        ]);
      },
    );

    it('needs the type of the snapshot and a flavor that it fits into, and changes nothing otherwise', async () => {
      await published('golden');
      const large = await tenant.createRunning({ flavor: 'medium' });
      await published('large', (await snapshots.taken(large.id)).id);
      const container = await tenant.createRunning({ type: 'container' });
      const other = await rebuild(container.id, { imageId: 'golden' });
      expectProblem(other, { status: 409, code: 'image_not_for_instance' });
      const small = await tenant.createRunning();
      const answer = await rebuild(small.id, { imageId: 'large' });
      expectProblem(answer, { status: 400, code: 'flavor_too_small_for_snapshot' });
      for (const each of [container, small]) expect(await tenant.details(each.id)).toMatchObject(each);
    });

    it('keeps the snapshot from being deleted until it has ended', async () => {
      await published('golden');
      const { id } = await tenant.createRunning({ metadata: { 'simulate.createDelayMs': '0' } });
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.createDelayMs': '3600000' } });
      const answer = rebuild(id, { imageId: 'golden' }, WAIT);
      const operation = await tenant.reachesOperation(id, 'rebuild', 'running');
      await tenant.delete('/images/golden');
      const problem = expectProblem(await tenant.delete(`/snapshots/${snapshotId}`), {
        ...{ status: 409, code: 'snapshot_in_use' },
      });
      expect(problem).toMatchObject({ operationId: operation.id });
      await tenant.delete(`/instances/${id}?force=true`);
      expectProblem(await answer, { status: 409, code: 'operation_superseded' });
      expect((await tenant.delete(`/snapshots/${snapshotId}`)).status).toBe(204);
    });
  });
});
