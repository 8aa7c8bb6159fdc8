import type { Instance } from '../../src/compute/instances';
import { newId } from '../../src/platform/values/uuid';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots, WAIT } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

describe('instances made from snapshots', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  let tenant: Client;
  let snapshots: Snapshots;

  beforeEach(() => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
  });

  describe('restoring', () => {
    it('gives a running instance its former image and disk, and it runs again', async () => {
      const { id } = await tenant.createRunning({ imageId: 'old', vm: { ports: [{ port: 22 }] } });
      const snapshot = await snapshots.taken(id);
      await tenant.post(`/instances/${id}/rebuild`, { imageId: 'new' });
      const { status, body } = await snapshots.restore(id, { snapshotId: snapshot.id });
      expect([status, body.status, body.imageId]).toEqual([200, 'running', 'old']);
      expect((await snapshots.eventsOf(id)).slice(-2)).toEqual(['restore.requested', 'restore.succeeded']);
      expect((await snapshots.read(snapshot.id)).version).toBe(snapshot.version);
    });

    it('leaves a stopped instance stopped, unless the guest goes on from its memory', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id, { includeMemory: true });
      await tenant.post(`/instances/${id}/stop`);
      expect((await snapshots.restore(id, { snapshotId })).body.status).toBe('stopped');
      expect((await snapshots.restore(id, { snapshotId, resume: true })).body.status).toBe('running');
      const { body } = await tenant.get<{ lines: readonly { text: string }[] }>(`/instances/${id}/console`);
      expect(JSON.stringify(body)).toContain('goes on from a snapshot');
    });

    it('needs a snapshot of this instance', async () => {
      const [one, other] = [await tenant.createRunning(), await tenant.createRunning()];
      const { id: snapshotId } = await snapshots.taken(one.id);
      for (const request of [{ snapshotId }, { snapshotId: newId() }]) {
        const answer = await snapshots.restore(other.id, request);
        expectProblem(answer, { status: 404, code: 'snapshot_not_found' });
      }
      expectProblem(await snapshots.restore(other.id, { snapshotId: 'one' }), { status: 400 });
      const asleep = await snapshots.restore(one.id, { snapshotId, resume: true });
      expectProblem(asleep, { status: 409, code: 'snapshot_without_memory' });
    });

    it('with memory needs the size that the guest had', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id, { includeMemory: true });
      await tenant.post(`/instances/${id}/resize`, { flavor: 'medium' });
      const answer = await snapshots.restore(id, { snapshotId, resume: true });
      const problem = expectProblem(answer, { status: 409, code: 'memory_size_differs' });
      expect(problem).toMatchObject({ required: { vcpus: 1, ramGB: 1 } });
      expect((await snapshots.restore(id, { snapshotId })).body).toMatchObject({
        status: 'running',
        flavor: 'medium',
      });
    });

    it('that fails leaves the instance as its engine reports it, and the snapshot usable', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreError': 'no space left' } });
      const answer = await snapshots.restore(id, { snapshotId });
      expectProblem(answer, { status: 503, code: 'engine_failed', detail: 'restore failed: no space left' });
      expect(await tenant.details(id)).toMatchObject({
        status: 'stopped',
        statusReason: 'restore failed: no space left',
      });
      await tenant.patch(`/instances/${id}`, { metadata: null });
      expect((await snapshots.restore(id, { snapshotId })).body.status).toBe('stopped');
    });

    it.each([
      ['does not stop it again', 'restoreRetryableError', 'stopError'],
      ['does not restore it again', 'startRetryableError', 'restoreError'],
    ])('that is retried %s', async (_, failing, repeated) => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { [`simulate.${failing}`]: 'the host is busy' } });
      const answer = snapshots.restore(id, { snapshotId }, WAIT);
      await eventually(async () => {
        expect((await tenant.details(id)).statusReason).toMatch(/^restore will be retried in/);
      });
      const metadata = { [`simulate.${failing}`]: null, [`simulate.${repeated}`]: 'it was done before' };
      await tenant.patch(`/instances/${id}`, { metadata });
      expect((await answer).body).toMatchObject({ status: 'running', statusReason: null });
    });

    it('keeps the snapshot from being deleted until it has ended, and is superseded by a delete', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreDelayMs': '3600000' } });
      const answer = snapshots.restore(id, { snapshotId }, WAIT);
      const operation = await tenant.reachesOperation(id, 'restore', 'running');
      const busy = await tenant.delete(`/snapshots/${snapshotId}`);
      const problem = expectProblem(busy, { status: 409, code: 'snapshot_in_use' });
      expect(problem).toMatchObject({ operationId: operation.id });
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      expectProblem(await answer, { status: 409, code: 'operation_superseded' });
      expect((await snapshots.read(snapshotId)).status).toBe('available');
      expect((await tenant.delete(`/snapshots/${snapshotId}`)).status).toBe(204);
    });

    it('changes nothing in a dry run', async () => {
      const before = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(before.id);
      const { version } = await tenant.details(before.id);
      const { status, body } = await snapshots.restore<object>(
        before.id,
        { snapshotId },
        { Prefer: 'dry-run' },
      );
      expect([status, body]).toMatchObject([
        200,
        { dryRun: true, action: 'restore', instance: { id: before.id } },
      ]);
      expect((await tenant.details(before.id)).version).toBe(version);
      expect((await tenant.operationsOf(before.id))[0]?.type).toBe('snapshot');
    });
  });

  describe('clones', () => {
    it('are created from a snapshot, also if its instance is deleted', async () => {
      const { id } = await tenant.createRunning({ imageId: 'debian' });
      const { id: sourceSnapshotId } = await snapshots.taken(id, { includeMemory: true });
      await tenant.delete(`/instances/${id}?force=true`);
      const { status, body } = await snapshots.clone({ sourceSnapshotId, flavor: 'medium' }, WAIT);
      expect([status, body.status, body.imageId]).toEqual([201, 'running', 'debian']);
      const [operation] = await tenant.operationsOf(body.id);
      expect(operation).toMatchObject({ type: 'create', snapshotId: sourceSnapshotId });
      const resumed = await snapshots.clone({ sourceSnapshotId, resume: true }, WAIT);
      expect(resumed.body.status).toBe('running');
      const console_ = await tenant.get(`/instances/${resumed.body.id}/console`);
      expect(console_.text).toContain('goes on from a snapshot');
    });

    it('can be several at once, or only a forecast', async () => {
      const { id } = await tenant.createRunning();
      const { id: sourceSnapshotId } = await snapshots.taken(id);
      const dry = await snapshots.clone<{ instance: Instance }>({ sourceSnapshotId }, { Prefer: 'dry-run' });
      expect([dry.status, dry.body.instance.status]).toEqual([200, 'creating']);
      const { body } = await snapshots.clone<{ instances: readonly Instance[] }>({
        sourceSnapshotId,
        count: 3,
      });
      for (const each of body.instances) await tenant.reaches(each.id, 'running');
      expect((await tenant.get<{ instances: [] }>('/instances')).body.instances).toHaveLength(4);
    });

    it('keep the snapshot from being deleted until they are created', async () => {
      const { id } = await tenant.createRunning();
      const { id: sourceSnapshotId } = await snapshots.taken(id);
      const metadata = { 'simulate.createDelayMs': '3600000' };
      const { body } = await snapshots.clone({ sourceSnapshotId, metadata });
      const operation = await tenant.reachesOperation(body.id, 'create', 'running');
      const problem = expectProblem(await tenant.delete(`/snapshots/${sourceSnapshotId}`), {
        status: 409,
        code: 'snapshot_in_use',
      });
      expect(problem).toMatchObject({ operationId: operation.id });
      await tenant.delete(`/instances/${body.id}`);
      expect((await tenant.delete(`/snapshots/${sourceSnapshotId}`)).status).toBe(204);
    });

    it('need a usable snapshot, its type, and a flavor that it fits into', async () => {
      const { id } = await tenant.createRunning({ flavor: 'medium' });
      const { id: sourceSnapshotId } = await snapshots.taken(id, { includeMemory: true });
      const refusals = [
        [{ sourceSnapshotId }, 400, 'flavor_too_small_for_snapshot'],
        [{ sourceSnapshotId, flavor: 'large', resume: true }, 409, 'memory_size_differs'],
        [{ sourceSnapshotId, flavor: 'none' }, 400, 'invalid_flavor'],
        [{ sourceSnapshotId, flavor: 'medium', type: 'container' }, 400, 'validation_failed'],
        [{ sourceSnapshotId, flavor: 'medium', imageId: 'debian' }, 400, 'validation_failed'],
        [{ resume: true }, 400, 'validation_failed'],
        [{ sourceSnapshotId: 'one' }, 400, 'validation_failed'],
        [{ sourceSnapshotId: newId() }, 404, 'snapshot_not_found'],
      ] as const;
      for (const [request, status, code] of refusals)
        expectProblem(await snapshots.clone(request), { status, code });
      const failing = await tenant.createRunning({ metadata: { 'simulate.snapshotError': 'no' } });
      const broken = (await snapshots.take(failing.id)).body;
      const answer = await snapshots.clone({ sourceSnapshotId: broken.id });
      expectProblem(answer, { status: 409, code: 'snapshot_not_available' });
      expect((await tenant.get<{ instances: [] }>('/instances')).body.instances).toHaveLength(2);
    });
  });
});
