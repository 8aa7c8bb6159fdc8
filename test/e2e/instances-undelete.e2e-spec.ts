import type { Instance } from '../../src/compute/instances';
import type { InstanceDetailsDto } from '../../src/compute/instances/api/dto/instance.dto';
import { Database } from '../../src/platform/database';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { miscounted } from '../support/ledger';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const DRY = { Prefer: 'dry-run' };
const FOREVER = '3600000';
const MISSING = { status: 404, code: 'instance_not_found' };

describe('a deleted instance that is retained', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-operator', HOST_PORTS: '31000-31099' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });
  afterEach(async () => {
    expect(await miscounted(app.running.app.get(Database))).toEqual([]);
  });

  const remove = (id: string, query = '?retain=PT24H', headers = {}) =>
    tenant.delete<object>(`/instances/${id}${query}`, headers);
  const undelete = (id: string, headers = {}): Promise<ApiResponse<Instance>> =>
    tenant.post<Instance>(`/instances/${id}/undelete`, undefined, headers);
  const listed = async (query = ''): Promise<readonly Instance[]> =>
    (await tenant.get<{ instances: readonly Instance[] }>(`/instances${query}`)).body.instances;
  const retained = async (id: string): Promise<InstanceDetailsDto> =>
    (await tenant.get<InstanceDetailsDto>(`/instances/${id}?deleted=true`)).body;
  const eventsOf = async (id: string): Promise<readonly string[]> => {
    const { body } = await tenant.get<{ events: readonly { type: string }[] }>(`/instances/${id}/events`);
    return body.events.map(({ type }) => type);
  };
  const usage = async (): Promise<object> => (await tenant.get<{ usage: object }>('/quotas')).body.usage;
  const setDefault = (retainDeleted: string | null) =>
    app
      .as(tenant.tenantId)
      .send('PUT', `/quotas/${tenant.tenantId}`, { retainDeleted }, { Authorization: 'Bearer the-operator' });

  it('is hidden, counted, and shown only to requests that ask for it', async () => {
    const { id } = await tenant.createRunning();
    const before = await usage();
    expect((await remove(id)).status).toBe(204);

    expectProblem(await tenant.get(`/instances/${id}`), MISSING);
    expect(await listed()).toEqual([]);
    expect(await listed('?name=web')).toEqual([]);
    expect(await listed('?deleted=false')).toEqual([]);
    expect(await usage()).toEqual(before);

    const shown = await retained(id);
    expect(shown).toMatchObject({ id, status: 'deleted', statusReason: null, activity: null, ports: [] });
    expect(Number(shown.purgeAt) - Number(shown.deletedAt)).toBe(86_400);
    const { abilities, activity, ...document } = shown;
    expect(await listed('?deleted=true')).toEqual([document]);
    expect(await listed('?deleted=true&name=web&type=vm&flavor=small')).toEqual([document]);
    expect(await listed('?deleted=true&name=other')).toEqual([]);
    expect([abilities.length > 0, activity]).toEqual([true, null]);
    expect(await eventsOf(id)).toEqual(expect.arrayContaining(['retain.requested', 'retain.succeeded']));
  });

  it.each(['stop', 'start', 'restart', 'pause', 'resume', 'reboot'])(
    'refuses %s as if it were gone',
    async (action) => {
      const { id } = await tenant.createStopped();
      await remove(id);
      expectProblem(await tenant.post(`/instances/${id}/${action}`), MISSING);
    },
  );

  it('refuses every other request as if it were gone', async () => {
    const { id } = await tenant.createStopped();
    await remove(id);
    expectProblem(await tenant.patch(`/instances/${id}`, { name: 'other' }), MISSING);
    expectProblem(await tenant.post(`/instances/${id}/resize`, { flavor: 'medium' }), MISSING);
    expectProblem(await tenant.post(`/instances/${id}/rebuild`, { imageId: 'new' }), MISSING);
    expectProblem(await tenant.post(`/instances/${id}/networks`, { networkId: 'net-1' }), MISSING);
    expectProblem(await tenant.get(`/instances/${id}/console`), MISSING);
    expectProblem(await tenant.get(`/instances/${id}/stats`), MISSING);
    expectProblem(await tenant.get(`/instances/${id}/wait?status=stopped`), MISSING);
    expect((await tenant.get(`/instances/${id}/wait?status=deleted`)).status).toBe(204);
    expectProblem(await remove(id), MISSING);
    expectProblem(await remove(id, '?force=true'), MISSING);
    expect((await retained(id)).name).toBe('web');
  });

  it('runs again after an undelete if it ran before, and is otherwise as it was', async () => {
    const request = {
      metadata: { role: 'db' },
      type: 'container',
      container: { ports: [{ port: 80, hostPort: 31_001 }] },
    };
    const before = await tenant.createRunning(request);
    await remove(before.id);
    expectProblem(await tenant.send('POST', '/instances', { name: 'second', flavor: 'small', ...request }), {
      status: 409,
      code: 'host_port_taken',
    });
    const { status, body } = await undelete(before.id);
    const { version, updatedAt, ...others } = before;
    expect([status, body]).toEqual([200, expect.objectContaining(others)]);
    expect(body).not.toHaveProperty('purgeAt');
    expect([body.version, body.updatedAt >= updatedAt]).toEqual([version + 4, true]);
    expect((await listed()).map(({ id }) => id)).toEqual([before.id]);
    expect(await listed('?deleted=true')).toEqual([]);
    expect((await eventsOf(before.id)).slice(-2)).toEqual(['undelete.requested', 'undelete.succeeded']);
  });

  it('stays stopped after an undelete if it was stopped', async () => {
    const before = await tenant.createStopped();
    await remove(before.id);
    const { status, body } = await undelete(before.id);
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
      await remove(id);
      expect((await undelete(id)).body.status).toBe(status);
    },
  );

  it('is deleted for good when its time is over', async () => {
    const { id } = await tenant.createRunning();
    expect((await remove(id, '?retain=PT1S')).status).toBe(204);
    await eventually(async () => {
      expect((await tenant.get(`/instances/${id}?deleted=true`)).status).toBe(404);
    });
    expect((await eventsOf(id)).slice(-4)).toEqual([
      'retain.requested',
      'retain.succeeded',
      'delete.requested',
      'delete.succeeded',
    ]);
    expect(await usage()).toMatchObject({ instances: 0, vcpus: 0 });
    expectProblem(await undelete(id), MISSING);
  });

  it('is deleted at once by a delete with retain=PT0S', async () => {
    const { id } = await tenant.createRunning();
    await remove(id);
    const dry = await remove(id, '?retain=PT0S&dryRun=true');
    expect(dry.body).toMatchObject({ dryRun: true, action: 'delete', becomes: 'deleted' });
    expect((await remove(id, '?retain=PT0S')).status).toBe(204);
    expectProblem(await tenant.get(`/instances/${id}?deleted=true`), MISSING);
    expect(await usage()).toMatchObject({ instances: 0, vcpus: 0 });
  });

  it('waits for an engine that cannot delete it, and cannot be brought back then', async () => {
    const { id } = await tenant.createStopped({
      metadata: { 'simulate.deleteRetryableError': 'host is down' },
    });
    await remove(id);
    const { status, headers } = await remove(id, '?retain=PT0S');
    expect(status).toBe(202);
    expect(await retained(id)).toMatchObject({
      status: 'deleted',
      purgeAt: null,
      activity: { type: 'delete' },
    });
    expectProblem(await tenant.get(`/instances/${id}`), MISSING);
    const problem = expectProblem(await undelete(id), { status: 409, code: 'instance_busy' });
    expect(headers.get('operation-location')).toContain(String(problem['operationId']));
  });

  it('is shown again in error if its deletion fails', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.deleteError': 'disk is locked' } });
    await remove(id, '?retain=PT1S');
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
    expect((await remove(id)).status).toBe(204);
    expect((await retained(id)).status).toBe('deleted');
    expect((await eventsOf(id)).at(-1)).toBe('retain.succeeded');
  });

  describe('the delete', () => {
    it('powers a running instance off with an explicit time, and needs force with a default', async () => {
      const { id } = await tenant.createRunning();
      expect((await setDefault('PT12H')).body).toMatchObject({ retainDeleted: 'PT12H' });
      expect((await tenant.get('/quotas')).body).toMatchObject({ retainDeleted: 'PT12H' });
      expectProblem(await remove(id, ''), { status: 400, code: 'instance_running' });
      const dry = await remove(id, '?force=true', DRY);
      expect(dry.body).toMatchObject({ dryRun: true, action: 'retain', becomes: 'deleted' });
      expect((await remove(id, '?force=true')).status).toBe(204);
      const { deletedAt, purgeAt } = await retained(id);
      expect(Number(purgeAt) - Number(deletedAt)).toBe(43_200);
    });

    it('deletes at once with retain=PT0S in spite of a default', async () => {
      await setDefault('PT12H');
      const { id } = await tenant.createStopped();
      expect((await remove(id, '?retain=PT0S')).status).toBe(204);
      expectProblem(await tenant.get(`/instances/${id}?deleted=true`), MISSING);
      await setDefault(null);
      const { id: other } = await tenant.createStopped();
      await remove(other, '');
      expectProblem(await tenant.get(`/instances/${other}?deleted=true`), MISSING);
    });

    it.each(['24h', '', 'P1M', 'PT-1H', 'PT1.5H', 'PT1H&retain=PT2H'])('refuses retain=%s', async (text) => {
      const { id } = await tenant.createStopped();
      expectProblem(await remove(id, `?retain=${text}`), { status: 400, code: 'validation_failed' });
      expect((await tenant.details(id)).status).toBe('stopped');
    });

    it('refuses a time beyond the limit of the service, also as a default', async () => {
      const { id } = await tenant.createStopped();
      const problem = expectProblem(await remove(id, '?retain=P31D'), {
        status: 400,
        code: 'retention_too_long',
      });
      expect(problem).toMatchObject({ maxDays: 30 });
      expectProblem(await setDefault('P31D'), { status: 400, code: 'retention_too_long' });
      expectProblem(await setDefault('a week'), { status: 400, code: 'validation_failed' });
      expect((await tenant.details(id)).status).toBe('stopped');
      expect((await tenant.get('/quotas')).body).toMatchObject({ retainDeleted: null });
    });

    it('is refused by deletion protection and a failed precondition', async () => {
      const { id, version } = await tenant.createRunning({ deletionProtection: true });
      expectProblem(await remove(id), { status: 409, code: 'deletion_protected' });
      await tenant.patch(`/instances/${id}`, { deletionProtection: false });
      expectProblem(await remove(id, '?retain=PT24H', { 'If-Match': `"${version}"` }), {
        status: 412,
        code: 'version_mismatch',
      });
    });

    it('happens once for each idempotency key, as does the undelete', async () => {
      const { id } = await tenant.createRunning();
      const key = { 'Idempotency-Key': `retain ${id}` };
      const answers = [await remove(id, '?retain=PT24H', key), await remove(id, '?retain=PT24H', key)];
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      expectProblem(await remove(id, '?retain=PT23H', key), { status: 422, code: 'idempotency_key_reused' });
      const again = { 'Idempotency-Key': `undelete ${id}` };
      const results = [await undelete(id, again), await undelete(id, again)];
      expect(results.map(({ status, body }) => [status, body.version])).toEqual(
        Array(2).fill([200, results[0]?.body.version]),
      );
      const types = (await tenant.operationsOf(id)).map(({ type }) => type);
      expect(types).toEqual(['undelete', 'retain', 'create']);
    });

    it('cancels an operation in progress, and ends what that has reserved', async () => {
      const { id } = await tenant.createStopped({ metadata: { 'simulate.resizeDelayMs': FOREVER } });
      const resizing = tenant.post(`/instances/${id}/resize`, { flavor: 'large' }, { Prefer: 'wait=30' });
      await tenant.reachesOperation(id, 'resize', 'running');
      expect((await remove(id)).status).toBe(204);
      expectProblem(await resizing, { status: 409, code: 'operation_superseded' });
      expect(await usage()).toMatchObject({ instances: 1, vcpus: 1 });
      expect((await undelete(id)).body).toMatchObject({ flavor: 'small', status: 'stopped' });
    });

    it('deletes an instance at once whose creation has not succeeded', async () => {
      const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': FOREVER } });
      const { id: failed } = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
      await tenant.reaches(failed, 'error');
      expect([(await remove(id)).status, (await remove(failed)).status]).toEqual([204, 204]);
      expect(await listed('?deleted=true')).toEqual([]);
      expect(await usage()).toMatchObject({ instances: 0 });
    });

    it('keeps the status that the engine reports if the guest cannot be powered off', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.stopError': 'stuck' } });
      expectProblem(await remove(id), { status: 503, code: 'engine_failed', detail: 'retain failed: stuck' });
      expect(await tenant.details(id)).toMatchObject({
        status: 'running',
        statusReason: 'retain failed: stuck',
      });
      expect(await listed('?deleted=true')).toEqual([]);
    });

    it('continues while the engine is down; meanwhile, an undelete is refused and a delete at once goes first', async () => {
      const { id } = await tenant.createRunning({
        metadata: { 'simulate.stopRetryableError': 'host is down' },
      });
      const waiting = await remove(id);
      expect([waiting.status, waiting.body]).toEqual([202, expect.objectContaining({ status: 'running' })]);
      const problem = expectProblem(await undelete(id), { status: 409, code: 'instance_not_deleted' });
      expect(problem).toMatchObject({ currentStatus: 'running', acceptedStatuses: ['deleted'] });
      expect(waiting.headers.get('operation-location')).toContain(String(problem['operationId']));
      const repeated = await remove(id, '?retain=PT1H');
      expect([repeated.status, repeated.headers.get('operation-location')]).toEqual([
        202,
        waiting.headers.get('operation-location'),
      ]);
      expect((await remove(id, '?retain=PT0S&force=true')).status).toBe(204);
      expectProblem(await tenant.get(`/instances/${id}?deleted=true`), MISSING);
    });
  });

  describe('the undelete', () => {
    it('is refused for an instance that is not deleted, another tenant, and an unknown id', async () => {
      const { id } = await tenant.createRunning();
      expectProblem(await undelete(id), {
        status: 409,
        code: 'instance_not_deleted',
        detail: 'Instance is not deleted',
      });
      await remove(id);
      const other = app.as(newTenant());
      expectProblem(await other.post(`/instances/${id}/undelete`), { status: 403, code: 'access_denied' });
      expectProblem(await other.delete(`/instances/${id}?retain=PT0S`), {
        status: 403,
        code: 'access_denied',
      });
      expectProblem(await other.get(`/instances/${id}?deleted=true`), { status: 403, code: 'access_denied' });
      expect((await other.get('/instances?deleted=true')).body).toEqual({ instances: [] });
      expectProblem(await undelete('019342d0-3f79-7d02-8b1a-77c3a0e5f2a4'), MISSING);
    });

    it('changes nothing in a dry run, and says what the instance would become', async () => {
      const [one, two] = [await tenant.createRunning(), await tenant.createStopped()];
      await Promise.all([remove(one.id), remove(two.id)]);
      for (const [{ id }, becomes] of [
        [one, 'running'],
        [two, 'stopped'],
      ] as const) {
        const { body } = await undelete(id, DRY);
        expect(body).toMatchObject({
          dryRun: true,
          action: 'undelete',
          becomes,
          instance: { id, status: 'stopped' },
        });
        expect((await retained(id)).status).toBe('deleted');
      }
      expect(await eventsOf(one.id)).not.toContain('undelete.requested');
    });

    it('leaves the instance stopped if it cannot be started', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.startError': 'no power' } });
      await remove(id);
      expectProblem(await undelete(id), {
        status: 503,
        code: 'engine_failed',
        detail: 'undelete failed: no power',
      });
      expect(await tenant.details(id)).toMatchObject({
        status: 'stopped',
        statusReason: 'undelete failed: no power',
      });
      expect(await listed('?deleted=true')).toEqual([]);
    });

    it('is cancelled by a delete', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.startDelayMs': FOREVER } });
      await remove(id);
      const restoring = undelete(id, { Prefer: 'wait=30' });
      await tenant.reachesOperation(id, 'undelete', 'running');
      expect(await tenant.details(id)).toMatchObject({ status: 'stopped', activity: { type: 'undelete' } });
      expect((await remove(id)).status).toBe(204);
      expectProblem(await restoring, { status: 409, code: 'operation_superseded' });
      expect((await retained(id)).status).toBe('deleted');
    });

    it('requires the version of the precondition', async () => {
      const { id, version } = await tenant.createRunning();
      await remove(id);
      const current = (await retained(id)).version;
      expectProblem(await undelete(id, { 'If-Match': `"${version}"` }), {
        status: 412,
        code: 'version_mismatch',
      });
      expect((await undelete(id, { 'If-Match': `"${current}"` })).status).toBe(200);
    });
  });
});
