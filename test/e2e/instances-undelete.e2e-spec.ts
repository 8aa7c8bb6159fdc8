import type { Instance } from '../../src/compute/instances';
import { Database } from '../../src/platform/database';
import { eventually } from '../support/eventually';
import type { Client } from '../support/client';
import { miscounted } from '../support/ledger';
import { expectProblem } from '../support/problem';
import { INSTANCE_MISSING, Retained } from '../support/retained';
import { newTenant, useApp } from '../support/use-app';

const DRY = { Prefer: 'dry-run' };
const FOREVER = '3600000';

describe('a deleted instance that is retained', () => {
  const app = useApp({ environment: { HOST_PORTS: '31000-31099' } });
  let tenant: Client;
  let retained: Retained;

  beforeEach(() => {
    tenant = app.as(newTenant());
    retained = new Retained(tenant);
  });
  afterEach(async () => {
    expect(await miscounted(app.running.app.get(Database))).toEqual([]);
  });

  it('is hidden, counted, and shown only to requests that ask for it', async () => {
    const { id } = await tenant.createRunning();
    const before = await retained.usage();
    expect((await retained.remove(id)).status).toBe(204);

    expectProblem(await tenant.get(`/instances/${id}`), INSTANCE_MISSING);
    expect(await retained.list('')).toEqual([]);
    expect(await retained.list('?name=web')).toEqual([]);
    expect(await retained.list('?deleted=false')).toEqual([]);
    expect(await retained.usage()).toEqual(before);

    const shown = await retained.details(id);
    expect(shown).toMatchObject({ id, status: 'deleted', statusReason: null, activity: null, ports: [] });
    expect(Number(shown.purgeAt) - Number(shown.deletedAt)).toBe(86_400);
    const { abilities, activity, hasSnapshotSchedule, ...document } = shown;
    expect(await retained.list()).toEqual([document]);
    expect(await retained.list('?deleted=true&name=web&type=vm&flavor=small')).toEqual([document]);
    expect(await retained.list('?deleted=true&name=other')).toEqual([]);
    expect([abilities.length > 0, activity, hasSnapshotSchedule]).toEqual([true, null, false]);
    expect(await retained.eventsOf(id)).toEqual(
      expect.arrayContaining(['retain.requested', 'retain.succeeded']),
    );
  });

  it.each(['stop', 'start', 'restart', 'pause', 'resume', 'reboot'])(
    'refuses %s as if it were gone',
    async (action) => {
      const { id } = await tenant.createStopped();
      await retained.remove(id);
      expectProblem(await tenant.post(`/instances/${id}/${action}`), INSTANCE_MISSING);
    },
  );

  it('refuses every other request as if it were gone', async () => {
    const { id } = await tenant.createStopped();
    await retained.remove(id);
    expectProblem(await tenant.patch(`/instances/${id}`, { name: 'other' }), INSTANCE_MISSING);
    expectProblem(await tenant.post(`/instances/${id}/resize`, { flavor: 'medium' }), INSTANCE_MISSING);
    expectProblem(await tenant.post(`/instances/${id}/rebuild`, { imageId: 'new' }), INSTANCE_MISSING);
    expectProblem(await tenant.post(`/instances/${id}/networks`, { networkId: 'net-1' }), INSTANCE_MISSING);
    expectProblem(await tenant.get(`/instances/${id}/console`), INSTANCE_MISSING);
    expectProblem(await tenant.get(`/instances/${id}/stats`), INSTANCE_MISSING);
    expectProblem(await tenant.get(`/instances/${id}/wait?status=stopped`), INSTANCE_MISSING);
    expect((await tenant.get(`/instances/${id}/wait?status=deleted`)).status).toBe(204);
    expectProblem(await retained.remove(id), INSTANCE_MISSING);
    expectProblem(await retained.remove(id, '?force=true'), INSTANCE_MISSING);
    expect((await retained.details(id)).name).toBe('web');
  });

  it('runs again after an undelete if it ran before, and is otherwise as it was', async () => {
    const request = {
      metadata: { role: 'db' },
      type: 'container',
      container: { ports: [{ port: 80, hostPort: 31_001 }] },
    };
    const before = await tenant.createRunning(request);
    await retained.remove(before.id);
    expectProblem(await tenant.send('POST', '/instances', { name: 'second', flavor: 'small', ...request }), {
      status: 409,
      code: 'host_port_taken',
    });
    const { status, body } = await retained.undelete(before.id);
    const { version, updatedAt, ...others } = before;
    expect([status, body]).toEqual([200, expect.objectContaining(others)]);
    expect(body).not.toHaveProperty('purgeAt');
    expect([body.version, body.updatedAt >= updatedAt]).toEqual([version + 4, true]);
    expect((await retained.list('')).map(({ id }) => id)).toEqual([before.id]);
    expect(await retained.list()).toEqual([]);
    expect((await retained.eventsOf(before.id)).slice(-2)).toEqual([
      'undelete.requested',
      'undelete.succeeded',
    ]);
  });

  it('stays stopped after an undelete if it was stopped', async () => {
    const before = await tenant.createStopped();
    await retained.remove(before.id);
    const { status, body } = await retained.undelete(before.id);
    expect([status, body.status, body.statusReason]).toEqual([200, 'stopped', null]);
    expect((await tenant.operationsOf(before.id)).map(({ type }) => type).slice(0, 2)).toEqual([
      'undelete',
      'retain',
    ]);
  });

  it.each([['running', (): Promise<Instance> => tenant.createPaused()]])(
    'is %s after an undelete if it was paused',
    async (status, create) => {
      const { id } = await create();
      await retained.remove(id);
      expect((await retained.undelete(id)).body.status).toBe(status);
    },
  );

  it('is deleted for good when its time is over', async () => {
    const { id } = await tenant.createRunning();
    expect((await retained.remove(id, '?retain=PT1S')).status).toBe(204);
    await eventually(async () => {
      expect((await tenant.get(`/instances/${id}?deleted=true`)).status).toBe(404);
    });
    expect((await retained.eventsOf(id)).slice(-4)).toEqual([
      'retain.requested',
      'retain.succeeded',
      'delete.requested',
      'delete.succeeded',
    ]);
    expect(await retained.usage()).toMatchObject({ instances: 0, vcpus: 0 });
    expectProblem(await retained.undelete(id), INSTANCE_MISSING);
  });

  it('is deleted at once by a delete with retain=PT0S', async () => {
    const { id } = await tenant.createRunning();
    await retained.remove(id);
    const dry = await retained.remove(id, '?retain=PT0S&dryRun=true');
    expect(dry.body).toMatchObject({ dryRun: true, action: 'delete', becomes: 'deleted' });
    expect((await retained.remove(id, '?retain=PT0S')).status).toBe(204);
    expectProblem(await tenant.get(`/instances/${id}?deleted=true`), INSTANCE_MISSING);
    expect(await retained.usage()).toMatchObject({ instances: 0, vcpus: 0 });
  });

  it('waits for an engine that cannot delete it, and cannot be brought back then', async () => {
    const { id } = await tenant.createStopped({
      metadata: { 'simulate.deleteRetryableError': 'host is down' },
    });
    await retained.remove(id);
    const { status, headers } = await retained.remove(id, '?retain=PT0S');
    expect(status).toBe(202);
    expect(await retained.details(id)).toMatchObject({
      status: 'deleted',
      purgeAt: null,
      activity: { type: 'delete' },
    });
    expectProblem(await tenant.get(`/instances/${id}`), INSTANCE_MISSING);
    const problem = expectProblem(await retained.undelete(id), { status: 409, code: 'instance_busy' });
    expect(headers.get('operation-location')).toContain(String(problem['operationId']));
  });

  it('is shown again in error if its deletion fails', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.deleteError': 'disk is locked' } });
    await retained.remove(id, '?retain=PT1S');
    const { statusReason } = await tenant.reaches(id, 'error');
    expect(statusReason).toBe('delete failed: disk is locked');
    expect(await tenant.details(id)).not.toHaveProperty('purgeAt');
  });

  it('is not started by its restart policy or autostart', async () => {
    const { id } = await tenant.createRunning({
      autostart: true,
      restartPolicy: { condition: 'on-failure' },
      metadata: { 'simulate.exitAfterMs': '50' },
    });
    await eventually(async () => expect((await tenant.details(id)).status).toBe('stopped'));
    expect((await retained.remove(id)).status).toBe(204);
    expect((await retained.details(id)).status).toBe('deleted');
    expect((await retained.eventsOf(id)).at(-1)).toBe('retain.succeeded');
  });

  describe('the undelete', () => {
    it('is refused for an instance that is not deleted, another tenant, and an unknown id', async () => {
      const { id } = await tenant.createRunning();
      expectProblem(await retained.undelete(id), {
        status: 409,
        code: 'instance_not_deleted',
        detail: 'Instance is not deleted',
      });
      await retained.remove(id);
      const other = app.as(newTenant());
      expectProblem(await other.post(`/instances/${id}/undelete`), { status: 403, code: 'access_denied' });
      expectProblem(await other.delete(`/instances/${id}?retain=PT0S`), {
        status: 403,
        code: 'access_denied',
      });
      expectProblem(await other.get(`/instances/${id}?deleted=true`), { status: 403, code: 'access_denied' });
      expect((await other.get('/instances?deleted=true')).body).toEqual({ instances: [] });
      expectProblem(await retained.undelete('019342d0-3f79-7d02-8b1a-77c3a0e5f2a4'), INSTANCE_MISSING);
    });

    it('changes nothing in a dry run, and says what the instance would become', async () => {
      const [one, two] = [await tenant.createRunning(), await tenant.createStopped()];
      await Promise.all([retained.remove(one.id), retained.remove(two.id)]);
      for (const [{ id }, becomes] of [
        [one, 'running'],
        [two, 'stopped'],
      ] as const) {
        const { body } = await retained.undelete(id, DRY);
        expect(body).toMatchObject({
          dryRun: true,
          action: 'undelete',
          becomes,
          instance: { id, status: 'stopped' },
        });
        expect((await retained.details(id)).status).toBe('deleted');
      }
      expect(await retained.eventsOf(one.id)).not.toContain('undelete.requested');
    });

    it('leaves the instance stopped if it cannot be started', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.startError': 'no power' } });
      await retained.remove(id);
      expectProblem(await retained.undelete(id), {
        status: 503,
        code: 'engine_failed',
        detail: 'undelete failed: no power',
      });
      expect(await tenant.details(id)).toMatchObject({
        status: 'stopped',
        statusReason: 'undelete failed: no power',
      });
      expect(await retained.list()).toEqual([]);
    });

    it('is cancelled by a delete', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.startDelayMs': FOREVER } });
      await retained.remove(id);
      const restoring = retained.undelete(id, { Prefer: 'wait=30' });
      await tenant.reachesOperation(id, 'undelete', 'running');
      expect(await tenant.details(id)).toMatchObject({ status: 'stopped', activity: { type: 'undelete' } });
      expect((await retained.remove(id)).status).toBe(204);
      expectProblem(await restoring, { status: 409, code: 'operation_superseded' });
      expect((await retained.details(id)).status).toBe('deleted');
    });

    it('requires the version of the precondition', async () => {
      const { id, version } = await tenant.createRunning();
      await retained.remove(id);
      const current = (await retained.details(id)).version;
      expectProblem(await retained.undelete(id, { 'If-Match': `"${version}"` }), {
        status: 412,
        code: 'version_mismatch',
      });
      expect((await retained.undelete(id, { 'If-Match': `"${current}"` })).status).toBe(200);
    });
  });
});
