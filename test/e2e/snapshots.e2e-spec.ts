import { newId } from '../../src/platform/values/uuid';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots, type SnapshotList } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

describe('snapshots', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  let tenant: Client;
  let snapshots: Snapshots;

  beforeEach(() => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
  });

  describe('taking', () => {
    it('responds at once, and the snapshot becomes available while the instance keeps running', async () => {
      const { id } = await tenant.createRunning({ imageId: 'debian', volumeIds: ['vol-1'] });
      const answer = await snapshots.take(id, { metadata: { release: '42' } }, { Prefer: undefined });
      const { body, headers } = answer;
      expect(answer.status).toBe(201);
      expect(headers.get('location')).toBe(`/api/v1/compute/snapshots/${body.id}`);
      expect(headers.get('etag')).toBe('"1"');
      expect(body).toMatchObject({ status: 'creating', name: 'one', instanceId: id, sizeBytes: null });
      const found = await eventually(async () => {
        const snapshot = await snapshots.read(body.id);
        expect(snapshot.status).toBe('available');
        return snapshot;
      });
      expect(found).toMatchObject({
        ...{ statusReason: null, type: 'vm', flavor: 'small', vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0 },
        ...{ imageId: 'debian', includeMemory: false, quiesce: false, expiresAt: null, version: 2 },
        ...{ excludedVolumeIds: ['vol-1'], metadata: { release: '42' }, tenantId: tenant.tenantId },
        sizeBytes: (10 * 1024 ** 3) / 8,
      });
      expect((await tenant.details(id)).status).toBe('running');
      expect((await snapshots.eventsOf(id)).slice(-2)).toEqual(['snapshot.requested', 'snapshot.succeeded']);
      const [operation] = await tenant.operationsOf(id);
      expect(operation).toMatchObject({ type: 'snapshot', instanceId: id, snapshotId: body.id });
    });

    it('includes the memory of a running or paused instance, which counts against the quota', async () => {
      const { id } = await tenant.createPaused({ flavor: 'medium' });
      expect(await snapshots.taken(id, { includeMemory: true })).toMatchObject({ includeMemory: true });
      expect((await tenant.details(id)).status).toBe('paused');
      expect(await snapshots.used()).toEqual([1, 44]);
    });

    it('is refused with memory or quiescing if the guest does not run, or cannot be quiesced', async () => {
      const stopped = await tenant.createStopped();
      expectProblem(await snapshots.take(stopped.id, { includeMemory: true }), {
        status: 409,
        code: 'memory_needs_running_instance',
      });
      expectProblem(await snapshots.take(stopped.id, { quiesce: true }), {
        status: 409,
        code: 'quiesce_unavailable',
        detail: 'The guest cannot be quiesced: the instance is stopped',
      });
      const metadata = { 'simulate.quiesceRefusal': 'it has no agent' };
      const { id } = await tenant.createRunning({ metadata });
      expectProblem(await snapshots.take(id, { quiesce: true }), {
        status: 409,
        code: 'quiesce_unavailable',
        detail: 'The guest cannot be quiesced: it has no agent',
      });
      expect(await snapshots.used()).toEqual([0, 0]);
      expect((await tenant.get<SnapshotList>('/snapshots')).body).toEqual({ snapshots: [] });
    });

    it('of an instance that is being created or deleted is refused with the operation', async () => {
      const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': '3600000' } });
      const creation = await tenant.reachesOperation(id, 'create', 'running');
      const problem = expectProblem(await snapshots.take(id), { status: 409, code: 'instance_busy' });
      expect(problem).toMatchObject({ operationId: creation.id });
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.deleteDelayMs': '3600000' } });
      await tenant.delete(`/instances/${id}`, { Prefer: 'wait=0' });
      const deletion = await tenant.reachesOperation(id, 'delete', 'running');
      const other = expectProblem(await snapshots.take(id), { status: 409, code: 'instance_busy' });
      expect(other).toMatchObject({ operationId: deletion.id });
      expect(await snapshots.used()).toEqual([0, 0]);
    });

    it('that fails leaves a snapshot in error, which uses no space and counts until it is deleted', async () => {
      const { id } = await tenant.createRunning({
        metadata: { 'simulate.snapshotError': 'the disk is full' },
      });
      const { status, body } = await snapshots.take(id);
      const reason = 'snapshot failed: the disk is full';
      expect([status, body.status, body.statusReason]).toEqual([201, 'error', reason]);
      expect(await tenant.details(id)).toMatchObject({ status: 'running', statusReason: null });
      expect((await snapshots.eventsOf(id)).at(-1)).toBe('snapshot.failed');
      expect(await snapshots.used()).toEqual([1, 0]);
      expectProblem(await snapshots.restore(id, { snapshotId: body.id }), {
        status: 409,
        code: 'snapshot_not_available',
      });
      expect((await tenant.delete(`/snapshots/${body.id}`)).status).toBe(204);
      expect(await snapshots.used()).toEqual([0, 0]);
    });

    it('shows on the snapshot, not on the instance, that it will be retried', async () => {
      const { id } = await tenant.createRunning({
        metadata: { 'simulate.snapshotRetryableError': 'the host is busy' },
      });
      const { body } = await snapshots.take(id, {}, { Prefer: undefined });
      await eventually(async () => {
        expect((await snapshots.read(body.id)).statusReason).toMatch(
          /^will be retried in \d s; attempt 1 failed: the host/,
        );
      });
      expect((await tenant.details(id)).statusReason).toBeNull();
      await tenant.patch(`/instances/${id}`, { metadata: null });
      await eventually(async () => {
        expect(await snapshots.read(body.id)).toMatchObject({ status: 'available', statusReason: null });
      });
    });

    it('is undone by a delete of the instance, which leaves the snapshot in error, without space', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.snapshotDelayMs': '3600000' } });
      const { body } = await snapshots.take(id, {}, { Prefer: undefined });
      const operation = await tenant.reachesOperation(id, 'snapshot', 'running');
      expect(await snapshots.used()).toEqual([1, 10]);
      const busy = await tenant.delete(`/snapshots/${body.id}`);
      const problem = expectProblem(busy, { status: 409, code: 'snapshot_in_use' });
      expect(problem).toMatchObject({ operationId: operation.id });
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      expect(await snapshots.read(body.id)).toMatchObject({
        status: 'error',
        statusReason: 'the instance was deleted while the snapshot was taken',
      });
      expect(await snapshots.used()).toEqual([1, 0]);
      expect((await tenant.delete(`/snapshots/${body.id}`)).status).toBe(204);
      expect(await snapshots.used()).toEqual([0, 0]);
    });

    it('is made once for each key', async () => {
      const { id } = await tenant.createRunning();
      const key = { 'Idempotency-Key': newId(), Prefer: undefined };
      const [first, second] = [await snapshots.take(id, {}, key), await snapshots.take(id, {}, key)];
      expect(second.body).toEqual(first.body);
      expect(second.headers.get('idempotency-replayed')).toBe('true');
      const waiting = { 'Idempotency-Key': newId() };
      await eventually(async () => expect((await snapshots.read(first.body.id)).status).toBe('available'));
      const [third, fourth] = [await snapshots.take(id, {}, waiting), await snapshots.take(id, {}, waiting)];
      expect(fourth.body).toEqual(third.body);
      expect((await tenant.get<SnapshotList>(`/instances/${id}/snapshots`)).body.snapshots).toHaveLength(2);
      expect(await snapshots.used()).toEqual([2, 20]);
    });

    it('changes nothing in a dry run, or if a precondition fails', async () => {
      const before = await tenant.createRunning();
      const { id, version } = before;
      const dry = await snapshots.take<object>(
        id,
        { expiresAt: '2099-01-01T00:00:00Z' },
        { Prefer: 'dry-run' },
      );
      expect([dry.status, dry.body]).toMatchObject([
        200,
        {
          ...{ dryRun: true, action: 'snapshot', becomes: 'available' },
          snapshot: { status: 'creating', expiresAt: '2099-01-01T00:00:00.000Z' },
        },
      ]);
      const stale = await snapshots.take(id, {}, { 'If-Match': `"${version + 7}"` });
      expectProblem(stale, { status: 412, code: 'version_mismatch' });
      expect(await tenant.details(id)).toMatchObject(before);
      expect(await snapshots.used()).toEqual([0, 0]);
    });

    it.each([
      ['no name', { name: undefined }],
      ['an empty name', { name: '' }],
      ['a time that is no time', { expiresAt: 'tomorrow' }],
      ['a day that does not exist', { expiresAt: '2099-02-30T00:00:00Z' }],
      ['a time in the past', { expiresAt: '2020-01-01T00:00:00Z' }],
      ['a flag that is no flag', { includeMemory: 'yes' }],
      ['an unknown member', { disk: 1 }],
    ])('refuses %s', async (_, request) => {
      const { id } = await tenant.create();
      expectProblem(await snapshots.take(id, request), { status: 400, code: 'validation_failed' });
    });
  });

  describe('quotas', () => {
    const limit = async (limits: object): Promise<void> => {
      const answer = await tenant.send('PUT', `/quotas/${tenant.tenantId}`, limits, OPERATOR);
      expect(answer.status).toBe(200);
    };

    it('admit exactly as many parallel snapshots as fit', async () => {
      const created = await Promise.all(Array.from({ length: 6 }, () => tenant.createRunning()));
      await limit({ snapshots: 4, snapshotGB: 30 });
      const answers = await Promise.all(created.map(({ id }) => snapshots.take(id)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        const problem = expectProblem(answer, { status: 403, code: 'quota_exceeded' });
        expect(problem).toMatchObject({ resource: 'snapshotGB', limit: 30, requested: 10 });
      }
      expect(await snapshots.used()).toEqual([3, 30]);
    });

    it('are released when the snapshot is deleted, also after its instance', async () => {
      const { id } = await tenant.createRunning();
      await limit({ snapshots: 1 });
      const snapshot = await snapshots.taken(id);
      const problem = expectProblem(await snapshots.take(id), { status: 403, code: 'quota_exceeded' });
      expect(problem).toMatchObject({ resource: 'snapshots', limit: 1, used: 1, requested: 1 });
      await tenant.delete(`/instances/${id}?force=true`);
      expect(await snapshots.used()).toEqual([1, 10]);
      expect((await tenant.delete(`/snapshots/${snapshot.id}`)).status).toBe(204);
      expect(await snapshots.used()).toEqual([0, 0]);
    });
  });
});
