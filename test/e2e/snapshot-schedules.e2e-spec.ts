import type { SnapshotScheduleDto as Schedule } from '../../src/compute/instances/snapshots/schedules/api/schedule.dto';
import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { Snapshots, type SnapshotList } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

/** Not due during the tests. */
const NEW_YEAR = { cron: '0 0 1 1 *', keep: { last: 2 } };

describe('snapshot schedules', () => {
  const app = useApp();
  let tenant: Client;
  let snapshots: Snapshots;

  beforeEach(() => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
  });

  const pathOf = (id: string): string => `/instances/${id}/snapshot-schedule`;
  const set = (id: string, request: object = NEW_YEAR): ReturnType<typeof tenant.send<Schedule>> =>
    tenant.send<Schedule>('PUT', pathOf(id), request);
  const read = async (id: string): Promise<Schedule> => (await tenant.get<Schedule>(pathOf(id))).body;
  const query = async (text: string, values: readonly unknown[]): Promise<void> => {
    await app.running.app.get(Database).query({ name: '', text, values });
  };
  /** As if the time had come. */
  const becomeDue = (ids: readonly string[], ago = '1 second'): Promise<void> =>
    query(
      `UPDATE snapshot_schedules SET next_at = date_trunc('milliseconds', now() - $2::interval)
       WHERE instance_id = ANY($1::uuid[])`,
      [ids, ago],
    );
  const scheduledOf = async (id: string): Promise<SnapshotList['snapshots']> =>
    (await tenant.get<SnapshotList>(`/instances/${id}/snapshots`)).body.snapshots.filter(
      ({ scheduledFor }) => scheduledFor !== null,
    );
  /** Has the schedule take one more, and returns it once it has the status. */
  const takesOne = async (id: string, status = 'available'): Promise<SnapshotList['snapshots'][number]> => {
    const before = (await scheduledOf(id)).map((snapshot) => snapshot.id);
    await becomeDue([id]);
    return eventually(async () => {
      const taken = (await scheduledOf(id)).find((each) => !before.includes(each.id));
      if (taken?.status !== status) throw new Error(`${JSON.stringify(taken)} is not ${status}`);
      return taken;
    });
  };

  it('are set, replaced and removed, each with an event', async () => {
    const { id } = await tenant.createRunning();
    const shown = async (): Promise<unknown> => tenant.details(id);
    expect(await shown()).toMatchObject({ hasSnapshotSchedule: false });
    expectProblem(await tenant.get(pathOf(id)), { status: 404, code: 'schedule_not_found' });
    const first = await set(id);
    expect(await shown()).toMatchObject({ hasSnapshotSchedule: true });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      ...{ instanceId: id, cron: '0 0 1 1 *', timeZone: 'UTC', lastAt: null, lastError: null },
      keep: { last: 2, daily: 0, weekly: 0 },
      nextAt: Date.UTC(new Date().getUTCFullYear() + 1, 0, 1) / 1000,
    });
    const keep = { daily: 7, weekly: 4 };
    await set(id, { cron: '30 2 * * 1', timeZone: 'Europe/Berlin', keep });
    expect(await read(id)).toMatchObject({
      ...{ cron: '30 2 * * 1', timeZone: 'Europe/Berlin', keep: { last: 0, ...keep } },
      createdAt: first.body.createdAt,
    });
    expect((await tenant.delete(pathOf(id))).status).toBe(204);
    expectProblem(await tenant.delete(pathOf(id)), { status: 404, code: 'schedule_not_found' });
    const types = (await snapshots.eventsOf(id)).filter((type) => type.startsWith('snapshot_schedule'));
    expect(types.toSorted()).toEqual([
      'snapshot_schedule.removed',
      'snapshot_schedule.set',
      'snapshot_schedule.set',
    ]);
  });

  it.each([
    ['an invalid cron expression', { cron: 'every day', keep: { last: 1 } }, 'schedule_invalid'],
    ['a day that never comes', { cron: '0 0 31 2 *', keep: { last: 1 } }, 'schedule_invalid'],
    ['an unknown time zone', { ...NEW_YEAR, timeZone: 'Mars/Olympus' }, 'schedule_invalid'],
    ['a retention that keeps nothing', { cron: '0 0 * * *', keep: {} }, 'retention_keeps_nothing'],
    ['no retention', { cron: '0 0 * * *' }, 'validation_failed'],
    ['a negative number', { cron: '0 0 * * *', keep: { last: -1, daily: 2 } }, 'validation_failed'],
    ['an unknown rule', { cron: '0 0 * * *', keep: { last: 1, yearly: 2 } }, 'validation_failed'],
    ['no line', { keep: { last: 1 } }, 'validation_failed'],
  ])('refuse %s, and change nothing', async (_, request, code) => {
    const { id } = await tenant.createRunning();
    const { body } = await set(id);
    expectProblem(await set(id, request), { status: 400, code });
    expect(await read(id)).toEqual(body);
  });

  it('are not for other tenants', async () => {
    const { id } = await tenant.createRunning();
    await set(id);
    const stranger = app.as(newTenant());
    expectProblem(await stranger.get(pathOf(id)), { status: 403, code: 'access_denied' });
    expectProblem(await stranger.send('PUT', pathOf(id), NEW_YEAR), { status: 403, code: 'access_denied' });
    expectProblem(await stranger.delete(pathOf(id)), { status: 403, code: 'access_denied' });
    expectProblem(await tenant.get(pathOf(newId())), { status: 404, code: 'instance_not_found' });
    expect(await read(id)).toMatchObject(NEW_YEAR);
  });

  it('take one snapshot when they are due, and are due again later', async () => {
    const [{ id }, other] = [await tenant.createRunning(), await tenant.createStopped()];
    for (const each of [id, other.id]) await set(each);
    const { nextAt } = await read(id);
    const taken = await takesOne(id);
    expect(taken).toMatchObject({ includeMemory: false, quiesce: false });
    expect(await read(id)).toMatchObject({ nextAt, lastError: null, lastAt: taken.createdAt });
    expect(await scheduledOf(other.id)).toEqual([]);
    expect(await snapshots.used()).toEqual([1, 10]);
  });

  it('take one snapshot after a long downtime', async () => {
    const { id } = await tenant.createRunning();
    await set(id, { cron: '0 * * * *', keep: { last: 100 } });
    await becomeDue([id], '30 days');
    await eventually(async () => expect((await read(id)).lastAt).not.toBeNull());
    const now = Date.now() / 1000;
    expect((await read(id)).nextAt).toBeGreaterThan(now - 60);
    expect(await scheduledOf(id)).toHaveLength(1);
  });

  it('are due after the time that they were due at, also if the clock is behind that of the database', async () => {
    const { id } = await tenant.createRunning();
    await set(id, { cron: '0 * * * *', keep: { last: 9 } });
    const clock = jest.spyOn(Date, 'now');
    const behindMs = 3_600_000;
    clock.mockImplementation(() => performance.timeOrigin + performance.now() - behindMs);
    try {
      await query(
        `UPDATE snapshot_schedules SET next_at = date_trunc('hour', now()) WHERE instance_id = ANY($1::uuid[])`,
        [[id]],
      );
      await eventually(async () => expect(await scheduledOf(id)).toHaveLength(1));
      const [{ scheduledFor } = { scheduledFor: null }] = await scheduledOf(id);
      expect((await read(id)).nextAt).toBe(Date.parse(scheduledFor ?? '') / 1000 + 3600);
    } finally {
      clock.mockRestore();
    }
  });

  it('keep what the retention names, and every snapshot that a request asked for', async () => {
    const { id } = await tenant.createRunning();
    const asked = await snapshots.taken(id);
    await set(id);
    const ids: string[] = [];
    for (let count = 0; count < 4; count++) ids.unshift((await takesOne(id)).id);
    await eventually(async () =>
      expect((await scheduledOf(id)).map((snapshot) => snapshot.id)).toEqual(ids.slice(0, 2)),
    );
    expect((await snapshots.read(asked.id)).status).toBe('available');
    expect(await snapshots.used()).toEqual([3, 30]);
  });

  it('keep the last good snapshot when newer ones fail, and remove failed ones after the next good one', async () => {
    const { id } = await tenant.createRunning();
    await set(id, { ...NEW_YEAR, keep: { last: 1 } });
    const good = await takesOne(id);
    await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.snapshotError': 'the disk is full' } });
    const failed = await takesOne(id, 'error');
    await eventually(async () => expect(await retentionsDue(id)).toBe(0));
    expect((await scheduledOf(id)).map((snapshot) => snapshot.id)).toEqual([failed.id, good.id]);
    // Otherwise a schedule that always fails would leave ever more of them.
    const again = await takesOne(id, 'error');
    const kept = async (): Promise<readonly string[]> =>
      (await scheduledOf(id)).filter(({ expiresAt }) => expiresAt === null).map((snapshot) => snapshot.id);
    await eventually(async () => expect(await kept()).toEqual([again.id, good.id]));
    await tenant.patch(`/instances/${id}`, { metadata: null });
    const better = await takesOne(id);
    await eventually(async () => expect(await kept()).toEqual([better.id]));
  });

  const retentionsDue = async (id: string): Promise<number> => {
    const [row] = await app.running.app.get(Database).query<{ due: number }>({
      name: 'test retentions due',
      text: 'SELECT count(*)::integer AS due FROM snapshots WHERE instance_id = $1 AND retention_due',
      values: [id],
    });
    return row?.due ?? NaN;
  };

  it('show why they took none, and try again when they are due next', async () => {
    const { id } = await tenant.createRunning();
    await set(id);
    const { nextAt } = await read(id);
    await query(
      `INSERT INTO quotas (tenant_id, snapshots) VALUES ($1, 0)
       ON CONFLICT (tenant_id) DO UPDATE SET snapshots = 0`,
      [tenant.tenantId],
    );
    await becomeDue([id]);
    await eventually(async () => expect((await read(id)).lastError).toMatch(/quota/i));
    expect(await read(id)).toMatchObject({ nextAt, lastAt: null });
    expect(await scheduledOf(id)).toEqual([]);
  });

  it('wait for an operation in progress', async () => {
    const metadata = { 'simulate.stopDelayMs': '3600000' };
    const { id } = await tenant.createRunning({ metadata });
    await set(id);
    const stopping = tenant.post(`/instances/${id}/stop`, undefined, { Prefer: 'wait=1' });
    await tenant.reachesOperation(id, 'stop', 'running');
    await becomeDue([id]);
    await eventually(async () => expect((await read(id)).lastError).toMatch(/busy/));
    const soon = Date.now() / 1000 + 61;
    expect((await read(id)).nextAt).toBeLessThan(soon);
    await stopping;
    await tenant.delete(`/instances/${id}?force=true`);
  });

  it('end with their instance, whose snapshots stay', async () => {
    const { id } = await tenant.createRunning();
    await set(id);
    const { id: snapshotId } = await takesOne(id);
    await tenant.delete(`/instances/${id}?force=true`);
    await tenant.isGone(id);
    expect((await snapshots.read(snapshotId)).status).toBe('available');
    expectProblem(await tenant.get(pathOf(id)), { status: 404, code: 'instance_not_found' });
  });
});
