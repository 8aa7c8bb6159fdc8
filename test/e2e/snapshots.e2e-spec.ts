import type { Instance } from '../../src/compute/instances';
import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
const WAIT = { Prefer: 'wait=30' };
const HOUR_MS = 3_600_000;

interface List {
  readonly snapshots: readonly Snapshot[];
  readonly nextPageToken?: string;
}

interface Quota {
  readonly usage: Readonly<Record<string, number>>;
}

describe('snapshots', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const take = <T = Snapshot>(id: string, request: object = {}, headers = {}): Promise<ApiResponse<T>> =>
    tenant.post<T>(`/instances/${id}/snapshots`, { name: 'one', ...request }, { ...WAIT, ...headers });
  const taken = async (id: string, request: object = {}): Promise<Snapshot> => {
    const { status, body } = await take(id, request);
    expect([status, body.status]).toEqual([201, 'available']);
    return body;
  };
  const read = async (id: string): Promise<Snapshot> => (await tenant.get<Snapshot>(`/snapshots/${id}`)).body;
  const restore = <T = Instance>(id: string, request: object, headers = {}): Promise<ApiResponse<T>> =>
    tenant.post<T>(`/instances/${id}/restore`, request, headers);
  const used = async (): Promise<readonly (number | undefined)[]> => {
    const { usage } = (await tenant.get<Quota>('/quotas')).body;
    return [usage['snapshots'], usage['snapshotGB']];
  };
  const eventsOf = async (id: string): Promise<readonly string[]> => {
    const { body } = await tenant.get<{ events: readonly { type: string }[] }>(`/instances/${id}/events`);
    return body.events.map(({ type }) => type);
  };

  describe('taking', () => {
    it('responds at once, and the snapshot becomes available while the instance keeps running', async () => {
      const { id } = await tenant.createRunning({ imageId: 'debian', volumeIds: ['vol-1'] });
      const answer = await take(id, { metadata: { release: '42' } }, { Prefer: undefined });
      const { body, headers } = answer;
      expect(answer.status).toBe(201);
      expect(headers.get('location')).toBe(`/api/v1/compute/snapshots/${body.id}`);
      expect(headers.get('etag')).toBe('"1"');
      expect(body).toMatchObject({ status: 'creating', name: 'one', instanceId: id, sizeBytes: null });
      const found = await eventually(async () => {
        const snapshot = await read(body.id);
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
      expect((await eventsOf(id)).slice(-2)).toEqual(['snapshot.requested', 'snapshot.succeeded']);
      const [operation] = await tenant.operationsOf(id);
      expect(operation).toMatchObject({ type: 'snapshot', instanceId: id, snapshotId: body.id });
    });

    it('includes the memory of a running or paused instance, which counts against the quota', async () => {
      const { id } = await tenant.createPaused({ flavor: 'medium' });
      expect(await taken(id, { includeMemory: true })).toMatchObject({ includeMemory: true });
      expect((await tenant.details(id)).status).toBe('paused');
      expect(await used()).toEqual([1, 44]);
    });

    it('is refused with memory or quiescing if the guest does not run, or cannot be quiesced', async () => {
      const stopped = await tenant.createStopped();
      expectProblem(await take(stopped.id, { includeMemory: true }), {
        status: 409,
        code: 'memory_needs_running_instance',
      });
      expectProblem(await take(stopped.id, { quiesce: true }), {
        status: 409,
        code: 'quiesce_unavailable',
        detail: 'The guest cannot be quiesced: the instance is stopped',
      });
      const metadata = { 'simulate.quiesceRefusal': 'it has no agent' };
      const { id } = await tenant.createRunning({ metadata });
      expectProblem(await take(id, { quiesce: true }), {
        status: 409,
        code: 'quiesce_unavailable',
        detail: 'The guest cannot be quiesced: it has no agent',
      });
      expect(await used()).toEqual([0, 0]);
      expect((await tenant.get<List>('/snapshots')).body).toEqual({ snapshots: [] });
    });

    it('of an instance that is being created or deleted is refused with the operation', async () => {
      const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': '3600000' } });
      const creation = await tenant.reachesOperation(id, 'create', 'running');
      const problem = expectProblem(await take(id), { status: 409, code: 'instance_busy' });
      expect(problem).toMatchObject({ operationId: creation.id });
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.deleteDelayMs': '3600000' } });
      await tenant.delete(`/instances/${id}`, { Prefer: 'wait=0' });
      const deletion = await tenant.reachesOperation(id, 'delete', 'running');
      const other = expectProblem(await take(id), { status: 409, code: 'instance_busy' });
      expect(other).toMatchObject({ operationId: deletion.id });
      expect(await used()).toEqual([0, 0]);
    });

    it('that fails leaves a snapshot in error, which holds no quota and can be deleted', async () => {
      const { id } = await tenant.createRunning({
        metadata: { 'simulate.snapshotError': 'the disk is full' },
      });
      const { status, body } = await take(id);
      const reason = 'snapshot failed: the disk is full';
      expect([status, body.status, body.statusReason]).toEqual([201, 'error', reason]);
      expect(await tenant.details(id)).toMatchObject({ status: 'running', statusReason: null });
      expect((await eventsOf(id)).at(-1)).toBe('snapshot.failed');
      expect(await used()).toEqual([0, 0]);
      expectProblem(await restore(id, { snapshotId: body.id }), {
        status: 409,
        code: 'snapshot_not_available',
      });
      expect((await tenant.delete(`/snapshots/${body.id}`)).status).toBe(204);
      expect(await used()).toEqual([0, 0]);
    });

    it('shows on the snapshot, not on the instance, that it will be retried', async () => {
      const { id } = await tenant.createRunning({
        metadata: { 'simulate.snapshotRetryableError': 'the host is busy' },
      });
      const { body } = await take(id, {}, { Prefer: undefined });
      await eventually(async () => {
        expect((await read(body.id)).statusReason).toMatch(
          /^will be retried in \d s; attempt 1 failed: the host/,
        );
      });
      expect((await tenant.details(id)).statusReason).toBeNull();
      await tenant.patch(`/instances/${id}`, { metadata: null });
      await eventually(async () => {
        expect(await read(body.id)).toMatchObject({ status: 'available', statusReason: null });
      });
    });

    it('is undone by a delete of the instance, which leaves the snapshot in error without quota', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.snapshotDelayMs': '3600000' } });
      const { body } = await take(id, {}, { Prefer: undefined });
      const operation = await tenant.reachesOperation(id, 'snapshot', 'running');
      expect(await used()).toEqual([1, 10]);
      const busy = await tenant.delete(`/snapshots/${body.id}`);
      const problem = expectProblem(busy, { status: 409, code: 'snapshot_in_use' });
      expect(problem).toMatchObject({ operationId: operation.id });
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      expect(await read(body.id)).toMatchObject({
        status: 'error',
        statusReason: 'the instance was deleted while the snapshot was taken',
      });
      expect(await used()).toEqual([0, 0]);
      expect((await tenant.delete(`/snapshots/${body.id}`)).status).toBe(204);
    });

    it('is made once for each key', async () => {
      const { id } = await tenant.createRunning();
      const key = { 'Idempotency-Key': newId(), Prefer: undefined };
      const [first, second] = [await take(id, {}, key), await take(id, {}, key)];
      expect(second.body).toEqual(first.body);
      expect(second.headers.get('idempotency-replayed')).toBe('true');
      const waiting = { 'Idempotency-Key': newId() };
      await eventually(async () => expect((await read(first.body.id)).status).toBe('available'));
      const [third, fourth] = [await take(id, {}, waiting), await take(id, {}, waiting)];
      expect(fourth.body).toEqual(third.body);
      expect((await tenant.get<List>(`/instances/${id}/snapshots`)).body.snapshots).toHaveLength(2);
      expect(await used()).toEqual([2, 20]);
    });

    it('changes nothing in a dry run, or if a precondition fails', async () => {
      const before = await tenant.createRunning();
      const { id, version } = before;
      const dry = await take<object>(id, { expiresAt: '2099-01-01T00:00:00Z' }, { Prefer: 'dry-run' });
      expect([dry.status, dry.body]).toMatchObject([
        200,
        {
          ...{ dryRun: true, action: 'snapshot', becomes: 'available' },
          snapshot: { status: 'creating', expiresAt: '2099-01-01T00:00:00.000Z' },
        },
      ]);
      const stale = await take(id, {}, { 'If-Match': `"${version + 7}"` });
      expectProblem(stale, { status: 412, code: 'version_mismatch' });
      expect(await tenant.details(id)).toMatchObject(before);
      expect(await used()).toEqual([0, 0]);
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
      expectProblem(await take(id, request), { status: 400, code: 'validation_failed' });
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
      const answers = await Promise.all(created.map(({ id }) => take(id)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        const problem = expectProblem(answer, { status: 403, code: 'quota_exceeded' });
        expect(problem).toMatchObject({ resource: 'snapshotGB', limit: 30, requested: 10 });
      }
      expect(await used()).toEqual([3, 30]);
    });

    it('are released when the snapshot is deleted, also after its instance', async () => {
      const { id } = await tenant.createRunning();
      await limit({ snapshots: 1 });
      const snapshot = await taken(id);
      const problem = expectProblem(await take(id), { status: 403, code: 'quota_exceeded' });
      expect(problem).toMatchObject({ resource: 'snapshots', limit: 1, used: 1, requested: 1 });
      await tenant.delete(`/instances/${id}?force=true`);
      expect(await used()).toEqual([1, 10]);
      expect((await tenant.delete(`/snapshots/${snapshot.id}`)).status).toBe(204);
      expect(await used()).toEqual([0, 0]);
    });
  });

  describe('lists', () => {
    it('are paged, newest first, and filtered', async () => {
      const [{ id }, other] = [await tenant.createRunning(), await tenant.createStopped()];
      const ids: string[] = [];
      for (const name of ['one', 'two', 'three']) ids.unshift((await taken(id, { name })).id);
      ids.unshift((await taken(other.id)).id);
      const page = (await tenant.get<List>('/snapshots?limit=3')).body;
      expect(page.snapshots.map((each) => each.id)).toEqual(ids.slice(0, 3));
      const rest = await tenant.get<List>(`/snapshots?limit=3&pageToken=${page.nextPageToken ?? ''}`);
      expect(rest.body.snapshots.map((each) => each.id)).toEqual(ids.slice(3));
      expect(rest.body.nextPageToken).toBeUndefined();
      const idsOf = async (path: string): Promise<readonly string[]> =>
        (await tenant.get<List>(path)).body.snapshots.map((each) => each.id);
      expect(await idsOf(`/instances/${id}/snapshots`)).toEqual(ids.slice(1));
      expect(await idsOf(`/snapshots?instanceId=${other.id}`)).toEqual(ids.slice(0, 1));
      expect(await idsOf('/snapshots?name=two&status=available')).toEqual(ids.slice(2, 3));
      expect(await idsOf('/snapshots?status=error')).toEqual([]);
    });

    it('show operators the snapshots of other tenants', async () => {
      const { id } = await tenant.createRunning();
      const snapshot = await taken(id);
      const operator = app.as(newTenant());
      for (const query of ['?allTenants=true', `?tenantId=${tenant.tenantId}`]) {
        const { body } = await operator.get<List>(`/snapshots${query}`, OPERATOR);
        expect(body.snapshots.map((each) => each.id)).toContain(snapshot.id);
        const answer = await operator.get(`/snapshots${query}`);
        expectProblem(answer, { status: 403, code: 'operator_required' });
      }
    });

    it('refuse the snapshots of an unknown instance', async () => {
      const answer = await tenant.get(`/instances/${newId()}/snapshots`);
      expectProblem(answer, { status: 404, code: 'instance_not_found' });
    });
  });

  describe('changes', () => {
    it('merge name, metadata and expiry, if preconditions are met', async () => {
      const { id } = await taken((await tenant.createRunning()).id, { metadata: { a: '1', b: '2' } });
      const expiresAt = '2099-06-01T12:00:00+02:00';
      const patch = { name: 'two', metadata: { a: null, c: '3' }, expiresAt };
      const { status, body, headers } = await tenant.patch<Snapshot>(`/snapshots/${id}`, patch);
      expect([status, headers.get('etag')]).toEqual([200, '"3"']);
      expect(body).toMatchObject({
        ...{ name: 'two', metadata: { b: '2', c: '3' }, expiresAt: '2099-06-01T10:00:00.000Z', version: 3 },
      });
      const kept = await tenant.patch<Snapshot>(`/snapshots/${id}`, { expiresAt: null, metadata: null });
      expect(kept.body).toMatchObject({ name: 'two', metadata: {}, expiresAt: null });
      const stale = await tenant.patch(`/snapshots/${id}`, { name: 'three' }, { 'If-Match': '"3"' });
      expectProblem(stale, { status: 412, code: 'version_mismatch' });
      expect(await read(id)).toEqual(kept.body);
      expect((await tenant.patch<Snapshot>(`/snapshots/${id}`, {})).body).toEqual(kept.body);
      const past = await tenant.patch(`/snapshots/${id}`, { expiresAt: '2020-01-01T00:00:00Z' });
      expectProblem(past, { status: 400, code: 'validation_failed' });
      const known = await tenant.get(`/snapshots/${id}`, { 'If-None-Match': '"4"' });
      expect(known.status).toBe(304);
    });

    it('refuse too much metadata', async () => {
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key-${index}`, '']));
      const { id } = await taken((await tenant.createRunning()).id, { metadata: many });
      const more = { a: '', b: '', c: '', d: '', e: '' };
      const answer = await tenant.patch(`/snapshots/${id}`, { metadata: more });
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    });

    it('are not for other tenants, to whom the snapshot does not exist', async () => {
      const { id, instanceId } = await taken((await tenant.createRunning()).id);
      const stranger = app.as(newTenant());
      const own = await stranger.createRunning();
      const refusals = [
        await stranger.get(`/snapshots/${id}`),
        await stranger.patch(`/snapshots/${id}`, { name: 'mine' }),
        await stranger.delete(`/snapshots/${id}`),
        await stranger.post(`/instances/${own.id}/restore`, { snapshotId: id }),
        await stranger.post('/instances', { name: 'copy', flavor: 'small', sourceSnapshotId: id }),
      ];
      for (const answer of refusals) expectProblem(answer, { status: 404, code: 'snapshot_not_found' });
      expectProblem(await stranger.get(`/instances/${instanceId}/snapshots`), { status: 403 });
      expect((await stranger.get<List>('/snapshots')).body).toEqual({ snapshots: [] });
      expect((await read(id)).name).toBe('one');
    });
  });

  describe('restoring', () => {
    it('gives a running instance its former image and disk, and it runs again', async () => {
      const { id } = await tenant.createRunning({ imageId: 'old', vm: { ports: [{ port: 22 }] } });
      const snapshot = await taken(id);
      await tenant.post(`/instances/${id}/rebuild`, { imageId: 'new' });
      const { status, body } = await restore(id, { snapshotId: snapshot.id });
      expect([status, body.status, body.imageId]).toEqual([200, 'running', 'old']);
      expect((await eventsOf(id)).slice(-2)).toEqual(['restore.requested', 'restore.succeeded']);
      expect((await read(snapshot.id)).version).toBe(snapshot.version);
    });

    it('leaves a stopped instance stopped, unless the guest goes on from its memory', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await taken(id, { includeMemory: true });
      await tenant.post(`/instances/${id}/stop`);
      expect((await restore(id, { snapshotId })).body.status).toBe('stopped');
      expect((await restore(id, { snapshotId, resume: true })).body.status).toBe('running');
      const { body } = await tenant.get<{ lines: readonly { text: string }[] }>(`/instances/${id}/console`);
      expect(JSON.stringify(body)).toContain('goes on from a snapshot');
    });

    it('needs a snapshot of this instance', async () => {
      const [one, other] = [await tenant.createRunning(), await tenant.createRunning()];
      const { id: snapshotId } = await taken(one.id);
      for (const request of [{ snapshotId }, { snapshotId: newId() }]) {
        const answer = await restore(other.id, request);
        expectProblem(answer, { status: 404, code: 'snapshot_not_found' });
      }
      expectProblem(await restore(other.id, { snapshotId: 'one' }), { status: 400 });
      const asleep = await restore(one.id, { snapshotId, resume: true });
      expectProblem(asleep, { status: 409, code: 'snapshot_without_memory' });
    });

    it('with memory needs the size that the guest had', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await taken(id, { includeMemory: true });
      await tenant.post(`/instances/${id}/resize`, { flavor: 'medium' });
      const answer = await restore(id, { snapshotId, resume: true });
      const problem = expectProblem(answer, { status: 409, code: 'memory_size_differs' });
      expect(problem).toMatchObject({ required: { vcpus: 1, ramGB: 1 } });
      expect((await restore(id, { snapshotId })).body).toMatchObject({ status: 'running', flavor: 'medium' });
    });

    it('that fails leaves the instance as its engine reports it, and the snapshot usable', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreError': 'no space left' } });
      const answer = await restore(id, { snapshotId });
      expectProblem(answer, { status: 503, code: 'engine_failed', detail: 'restore failed: no space left' });
      expect(await tenant.details(id)).toMatchObject({
        status: 'stopped',
        statusReason: 'restore failed: no space left',
      });
      await tenant.patch(`/instances/${id}`, { metadata: null });
      expect((await restore(id, { snapshotId })).body.status).toBe('stopped');
    });

    it('keeps the snapshot from being deleted until it has ended, and is superseded by a delete', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreDelayMs': '3600000' } });
      const answer = restore(id, { snapshotId }, WAIT);
      const operation = await tenant.reachesOperation(id, 'restore', 'running');
      const busy = await tenant.delete(`/snapshots/${snapshotId}`);
      const problem = expectProblem(busy, { status: 409, code: 'snapshot_in_use' });
      expect(problem).toMatchObject({ operationId: operation.id });
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      expectProblem(await answer, { status: 409, code: 'operation_superseded' });
      expect((await read(snapshotId)).status).toBe('available');
      expect((await tenant.delete(`/snapshots/${snapshotId}`)).status).toBe(204);
    });

    it('changes nothing in a dry run', async () => {
      const before = await tenant.createRunning();
      const { id: snapshotId } = await taken(before.id);
      const { version } = await tenant.details(before.id);
      const { status, body } = await restore<object>(before.id, { snapshotId }, { Prefer: 'dry-run' });
      expect([status, body]).toMatchObject([
        200,
        { dryRun: true, action: 'restore', instance: { id: before.id } },
      ]);
      expect((await tenant.details(before.id)).version).toBe(version);
      expect((await tenant.operationsOf(before.id))[0]?.type).toBe('snapshot');
    });
  });

  describe('clones', () => {
    const clone = <T = Instance>(request: object, headers = {}): Promise<ApiResponse<T>> =>
      tenant.post<T>('/instances', { name: 'copy', flavor: 'small', ...request }, headers);

    it('are created from a snapshot, also if its instance is deleted', async () => {
      const { id } = await tenant.createRunning({ imageId: 'debian' });
      const { id: sourceSnapshotId } = await taken(id, { includeMemory: true });
      await tenant.delete(`/instances/${id}?force=true`);
      const { status, body } = await clone({ sourceSnapshotId, flavor: 'medium' }, WAIT);
      expect([status, body.status, body.imageId]).toEqual([201, 'running', 'debian']);
      const [operation] = await tenant.operationsOf(body.id);
      expect(operation).toMatchObject({ type: 'create', snapshotId: sourceSnapshotId });
      const resumed = await clone({ sourceSnapshotId, resume: true }, WAIT);
      expect(resumed.body.status).toBe('running');
      const console_ = await tenant.get(`/instances/${resumed.body.id}/console`);
      expect(console_.text).toContain('goes on from a snapshot');
    });

    it('can be several at once, or only a forecast', async () => {
      const { id } = await tenant.createRunning();
      const { id: sourceSnapshotId } = await taken(id);
      const dry = await clone<{ instance: Instance }>({ sourceSnapshotId }, { Prefer: 'dry-run' });
      expect([dry.status, dry.body.instance.status]).toEqual([200, 'creating']);
      const { body } = await clone<{ instances: readonly Instance[] }>({ sourceSnapshotId, count: 3 });
      for (const each of body.instances) await tenant.reaches(each.id, 'running');
      expect((await tenant.get<{ instances: [] }>('/instances')).body.instances).toHaveLength(4);
    });

    it('keep the snapshot from being deleted until they are created', async () => {
      const { id } = await tenant.createRunning();
      const { id: sourceSnapshotId } = await taken(id);
      const metadata = { 'simulate.createDelayMs': '3600000' };
      const { body } = await clone({ sourceSnapshotId, metadata });
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
      const { id: sourceSnapshotId } = await taken(id, { includeMemory: true });
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
      for (const [request, status, code] of refusals) expectProblem(await clone(request), { status, code });
      const failing = await tenant.createRunning({ metadata: { 'simulate.snapshotError': 'no' } });
      const broken = (await take(failing.id)).body;
      const answer = await clone({ sourceSnapshotId: broken.id });
      expectProblem(answer, { status: 409, code: 'snapshot_not_available' });
      expect((await tenant.get<{ instances: [] }>('/instances')).body.instances).toHaveLength(2);
    });
  });

  describe('deleting', () => {
    it('removes the snapshot, and is followed by an operation of its own', async () => {
      const { id } = await tenant.createRunning();
      const snapshot = await taken(id);
      const dry = await tenant.delete<object>(`/snapshots/${snapshot.id}?dryRun=true`);
      expect(dry.body).toMatchObject({ action: 'delete_snapshot', becomes: 'deleted' });
      const { status, headers } = await tenant.delete(`/snapshots/${snapshot.id}`);
      expect(status).toBe(204);
      const path = String(headers.get('operation-location')).replace('/api/v1/compute', '');
      expect((await tenant.get<Operation>(path)).body).toMatchObject({
        ...{ type: 'delete_snapshot', status: 'succeeded', instanceId: id, snapshotId: snapshot.id },
      });
      expectProblem(await tenant.get(`/snapshots/${snapshot.id}`), { status: 404 });
      expectProblem(await tenant.delete(`/snapshots/${snapshot.id}`), { status: 404 });
    });

    it('honors preconditions and keys', async () => {
      const snapshot = await taken((await tenant.createRunning()).id);
      const stale = await tenant.delete(`/snapshots/${snapshot.id}`, { 'If-Match': '"1"' });
      expectProblem(stale, { status: 412, code: 'version_mismatch' });
      const key = { 'Idempotency-Key': newId(), 'If-Match': '"2"' };
      for (const isReplayed of [null, 'true']) {
        const { status, headers } = await tenant.delete(`/snapshots/${snapshot.id}`, key);
        expect([status, headers.get('idempotency-replayed')]).toEqual([204, isReplayed]);
      }
    });

    it('that fails shows the reason, keeps the quota, and can be repeated', async () => {
      const metadata = { 'simulate.removeError': 'the file is locked' };
      const snapshot = await taken((await tenant.createRunning({ metadata })).id);
      const detail = 'delete_snapshot failed: the file is locked';
      for (let times = 0; times < 2; times++) {
        const answer = await tenant.delete(`/snapshots/${snapshot.id}`);
        expectProblem(answer, { status: 503, code: 'engine_failed', detail });
        expect(await read(snapshot.id)).toMatchObject({
          status: 'error',
          statusReason: 'delete failed: the file is locked',
        });
      }
      expect(await used()).toEqual([1, 10]);
    });
  });

  describe('expiry', () => {
    /** As if the time had passed: a request cannot set a time in the past. */
    const expire = async (ids: readonly string[]): Promise<void> => {
      await app.running.app.get(Database).query({
        name: 'test expire',
        text: `UPDATE snapshots SET expires_at = now() - interval '1 day' WHERE id = ANY($1::uuid[])`,
        values: [ids],
      });
    };

    it('deletes the snapshot once its time has come, and no other', async () => {
      const { id } = await tenant.createRunning();
      const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
      const [due, later, never] = [
        await taken(id, { expiresAt }),
        await taken(id, { expiresAt }),
        await taken(id),
      ];
      expect(due.expiresAt).toBe(expiresAt);
      await expire([due.id]);
      await eventually(async () => {
        expectProblem(await tenant.get(`/snapshots/${due.id}`), { status: 404 });
      });
      const left = (await tenant.get<List>('/snapshots')).body.snapshots.map((each) => each.id);
      expect(left).toEqual([never.id, later.id]);
      const { body } = await tenant.get<{ operations: readonly Operation[] }>('/operations');
      expect(body.operations.filter(({ type }) => type === 'delete_snapshot')).toHaveLength(1);
      expect(await used()).toEqual([2, 20]);
    });

    it('waits while the snapshot is in use', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreDelayMs': '3600000' } });
      const restoring = restore(id, { snapshotId }, WAIT);
      await tenant.reachesOperation(id, 'restore', 'running');
      const other = await taken((await tenant.createRunning()).id);
      await expire([snapshotId, other.id]);
      await eventually(async () => expect((await tenant.get(`/snapshots/${other.id}`)).status).toBe(404));
      expect((await read(snapshotId)).status).toBe('available');
      await tenant.delete(`/instances/${id}?force=true`);
      await restoring;
      await eventually(async () => expect((await tenant.get(`/snapshots/${snapshotId}`)).status).toBe(404));
    });
  });
});
