import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots, WAIT, type SnapshotList } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
const HOUR_MS = 3_600_000;

describe('snapshots that were taken', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  let tenant: Client;
  let snapshots: Snapshots;

  beforeEach(() => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
  });

  describe('lists', () => {
    it('are paged, newest first, and filtered', async () => {
      const [{ id }, other] = [await tenant.createRunning(), await tenant.createStopped()];
      const ids: string[] = [];
      for (const name of ['one', 'two', 'three']) ids.unshift((await snapshots.taken(id, { name })).id);
      ids.unshift((await snapshots.taken(other.id)).id);
      const page = (await tenant.get<SnapshotList>('/snapshots?limit=3')).body;
      expect(page.snapshots.map((each) => each.id)).toEqual(ids.slice(0, 3));
      const rest = await tenant.get<SnapshotList>(`/snapshots?limit=3&pageToken=${page.nextPageToken ?? ''}`);
      expect(rest.body.snapshots.map((each) => each.id)).toEqual(ids.slice(3));
      expect(rest.body.nextPageToken).toBeUndefined();
      const idsOf = async (path: string): Promise<readonly string[]> =>
        (await tenant.get<SnapshotList>(path)).body.snapshots.map((each) => each.id);
      expect(await idsOf(`/instances/${id}/snapshots`)).toEqual(ids.slice(1));
      expect(await idsOf(`/snapshots?instanceId=${other.id}`)).toEqual(ids.slice(0, 1));
      expect(await idsOf('/snapshots?name=two&status=available')).toEqual(ids.slice(2, 3));
      expect(await idsOf('/snapshots?status=error')).toEqual([]);
    });

    it('show operators the snapshots of other tenants', async () => {
      const { id } = await tenant.createRunning();
      const snapshot = await snapshots.taken(id);
      const operator = app.as(newTenant());
      for (const query of ['?allTenants=true', `?tenantId=${tenant.tenantId}`]) {
        const { body } = await operator.get<SnapshotList>(`/snapshots${query}`, OPERATOR);
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
      const { id } = await snapshots.taken((await tenant.createRunning()).id, {
        metadata: { a: '1', b: '2' },
      });
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
      expect(await snapshots.read(id)).toEqual(kept.body);
      expect((await tenant.patch<Snapshot>(`/snapshots/${id}`, {})).body).toEqual(kept.body);
      const past = await tenant.patch(`/snapshots/${id}`, { expiresAt: '2020-01-01T00:00:00Z' });
      expectProblem(past, { status: 400, code: 'validation_failed' });
      const known = await tenant.get(`/snapshots/${id}`, { 'If-None-Match': '"4"' });
      expect(known.status).toBe(304);
    });

    it('refuse too much metadata', async () => {
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key-${index}`, '']));
      const { id } = await snapshots.taken((await tenant.createRunning()).id, { metadata: many });
      const more = { a: '', b: '', c: '', d: '', e: '' };
      const answer = await tenant.patch(`/snapshots/${id}`, { metadata: more });
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    });

    it('are not for other tenants, to whom the snapshot does not exist', async () => {
      const { id, instanceId } = await snapshots.taken((await tenant.createRunning()).id);
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
      expect((await stranger.get<SnapshotList>('/snapshots')).body).toEqual({ snapshots: [] });
      expect((await snapshots.read(id)).name).toBe('one');
    });
  });

  describe('deleting', () => {
    it('removes the snapshot, and is followed by an operation of its own', async () => {
      const { id } = await tenant.createRunning();
      const snapshot = await snapshots.taken(id);
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
      const snapshot = await snapshots.taken((await tenant.createRunning()).id);
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
      const snapshot = await snapshots.taken((await tenant.createRunning({ metadata })).id);
      const detail = 'delete_snapshot failed: the file is locked';
      for (let times = 0; times < 2; times++) {
        const answer = await tenant.delete(`/snapshots/${snapshot.id}`);
        expectProblem(answer, { status: 503, code: 'engine_failed', detail });
        expect(await snapshots.read(snapshot.id)).toMatchObject({
          status: 'error',
          statusReason: 'delete failed: the file is locked',
        });
      }
      expect(await snapshots.used()).toEqual([1, 10]);
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
        await snapshots.taken(id, { expiresAt }),
        await snapshots.taken(id, { expiresAt }),
        await snapshots.taken(id),
      ];
      expect(due.expiresAt).toBe(expiresAt);
      await expire([due.id]);
      await eventually(async () => {
        expectProblem(await tenant.get(`/snapshots/${due.id}`), { status: 404 });
      });
      const left = (await tenant.get<SnapshotList>('/snapshots')).body.snapshots.map((each) => each.id);
      expect(left).toEqual([never.id, later.id]);
      const { body } = await tenant.get<{ operations: readonly Operation[] }>('/operations');
      expect(body.operations.filter(({ type }) => type === 'delete_snapshot')).toHaveLength(1);
      expect(await snapshots.used()).toEqual([2, 20]);
    });

    it('waits while the snapshot is in use', async () => {
      const { id } = await tenant.createRunning();
      const { id: snapshotId } = await snapshots.taken(id);
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.restoreDelayMs': '3600000' } });
      const restoring = snapshots.restore(id, { snapshotId }, WAIT);
      await tenant.reachesOperation(id, 'restore', 'running');
      const other = await snapshots.taken((await tenant.createRunning()).id);
      await expire([snapshotId, other.id]);
      await eventually(async () => expect((await tenant.get(`/snapshots/${other.id}`)).status).toBe(404));
      expect((await snapshots.read(snapshotId)).status).toBe('available');
      await tenant.delete(`/instances/${id}?force=true`);
      await restoring;
      await eventually(async () => expect((await tenant.get(`/snapshots/${snapshotId}`)).status).toBe(404));
    });
  });
});
