import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const NOBODY = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
const FOREVER = '3600000';

describe('DELETE /instances/{id}', () => {
  // No lease is checked within the test: workers must be notified of a cancellation at once.
  const app = useApp({ environment: { WORKER_LEASE_SECONDS: '3600' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const remove = <T = null>(id: string, query = '') => tenant.delete<T>(`/instances/${id}${query}`);

  const operationsAtWork = async (id: string): Promise<readonly Operation[]> =>
    (await tenant.operationsOf(id)).filter(({ finishedAt }) => finishedAt === null);

  /** Expects that the instance is gone and has no unfinished operations. */
  const expectGone = async (id: string): Promise<void> => {
    const missing = { status: 404, code: 'instance_not_found', detail: 'Instance not found' };
    expectProblem(await tenant.get(`/instances/${id}`), missing);
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
    expect(await operationsAtWork(id)).toEqual([]);
  };

  it('removes a stopped instance with an empty 204', async () => {
    const { id } = await tenant.createStopped();
    const { status, text, headers } = await remove(id);
    expect([status, text, headers.get('content-type')]).toEqual([204, '', null]);
    await expectGone(id);
    expectProblem(await remove(id), {
      status: 404,
      code: 'instance_not_found',
      detail: 'Instance not found',
    });
  });

  it('refuses a running instance and changes nothing', async () => {
    const before = await tenant.createRunning();
    for (const query of ['', '?force=false']) {
      const problem = expectProblem(await remove(before.id, query), {
        status: 400,
        code: 'instance_running',
        detail: 'Cannot delete running instance',
      });
      expect(problem).toMatchObject({
        currentStatus: 'running',
        acceptedStatuses: ['creating', 'stopped', 'restarting', 'error'],
      });
    }
    expect((await tenant.get(`/instances/${before.id}`)).body).toMatchObject(before);
  });

  it('removes a running instance with force', async () => {
    const { id } = await tenant.createRunning();
    expect((await remove(id, '?force=true')).status).toBe(204);
    await expectGone(id);
  });

  it('accepts force in the X-Query header', async () => {
    const { id } = await tenant.createRunning();
    const { status } = await tenant.delete(`/instances/${id}`, { 'X-Query': 'force=true' });
    expect(status).toBe(204);
    await expectGone(id);
  });

  it('prefers the query over X-Query', async () => {
    const { id } = await tenant.createRunning();
    const answer = await tenant.delete(`/instances/${id}?force=false`, { 'X-Query': 'force=true' });
    expectProblem(answer, { status: 400, detail: 'Cannot delete running instance' });
  });

  it.each(['force=yes', 'force=', 'force', 'force=true&force=true', 'Force=true', 'forced=true'])(
    'refuses ?%s',
    async (query) => {
      const { id } = await tenant.createStopped();
      expectProblem(await remove(id, `?${query}`), { status: 400, code: 'validation_failed' });
      expect((await tenant.get(`/instances/${id}`)).status).toBe(200);
    },
  );

  it('removes an instance in error', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
    await tenant.reaches(id, 'error');
    expect((await remove(id)).status).toBe(204);
    await expectGone(id);
  });

  describe('cancels the operation in progress', () => {
    const outcomes = async (id: string) =>
      (await tenant.operationsOf(id)).map(({ type, status, error }) => [type, status, error?.code]);

    it('while the instance is creating', async () => {
      const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': FOREVER } });
      await eventually(async () => expect((await operationsAtWork(id))[0]?.status).toBe('running'));
      expect((await remove(id)).status).toBe(204);
      await expectGone(id);
      expect(await outcomes(id)).toEqual([
        ['delete', 'succeeded', undefined],
        ['create', 'cancelled', 'operation_superseded'],
      ]);
    });

    it('while the instance is restarting', async () => {
      const { id } = await tenant.createStopped({ metadata: { 'simulate.restartDelayMs': FOREVER } });
      await tenant.post(`/instances/${id}/restart`);
      expect((await remove(id)).status).toBe(204);
      await expectGone(id);
      expect((await outcomes(id)).slice(0, 2)).toEqual([
        ['delete', 'succeeded', undefined],
        ['restart', 'cancelled', 'operation_superseded'],
      ]);
    });

    it('while a start is in progress, which then returns 409', async () => {
      const { id } = await tenant.createStopped({ metadata: { 'simulate.startDelayMs': FOREVER } });
      const start = tenant.post(`/instances/${id}/start`);
      await eventually(async () => expect((await operationsAtWork(id))[0]?.type).toBe('start'));
      expect((await remove(id)).status).toBe(204);
      expectProblem(await start, { status: 409, code: 'operation_superseded' });
      await expectGone(id);
    });

    it('while it waits for a retry', async () => {
      const { id } = await tenant.create({ metadata: { 'simulate.createRetryableError': 'full' } });
      await eventually(async () => expect((await operationsAtWork(id))[0]?.attempts).toBeGreaterThan(0));
      expect((await remove(id)).status).toBe(204);
      await expectGone(id);
    });

    it('at any time: nothing reappears after many parallel creates and deletes', async () => {
      const created = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          tenant.create({ metadata: { 'simulate.createDelayMs': String(index % 10) } }),
        ),
      );
      const answers = await Promise.all(created.map(({ id }) => remove(id)));
      // 400 if the instance is already running: that is the rule, not a lost race.
      const refused = created.filter((_, index) => answers[index]?.status !== 204).map(({ id }) => id);
      expect(answers.map(({ status }) => status).filter((status) => ![204, 400].includes(status))).toEqual(
        [],
      );
      await eventually(async () => {
        const { body } = await tenant.get<{ operations: readonly Operation[] }>('/operations');
        expect(body.operations.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
      });
      const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances');
      expect(body.instances.map(({ id, status }) => [id, status]).sort()).toEqual(
        refused.map((id) => [id, 'running']).sort(),
      );
    });
  });

  it('answers parallel deletes with 204 or 404', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await tenant.createStopped({ metadata: { 'simulate.deleteDelayMs': '20' } });
      const answers = await Promise.all([remove(id), remove(id), remove(id)]);
      const statuses = answers.map(({ status }) => status);
      expect(statuses).toContain(204);
      for (const status of statuses) expect([204, 404]).toContain(status);
      expect((await tenant.operationsOf(id)).filter(({ type }) => type === 'delete')).toHaveLength(1);
    }
  });

  it('reports a retryable engine error in statusReason and completes once it is resolved', async () => {
    const metadata = { 'simulate.deleteRetryableError': 'host is rebooting' };
    const { id } = await tenant.createStopped({ metadata });
    const answer = await remove(id);
    expect(answer.status).toBe(202);
    expect(answer.headers.get('operation-location')).toMatch(/^\/api\/v1\/compute\/operations\//);
    await eventually(async () => {
      const { body } = await tenant.get<Instance>(`/instances/${id}`);
      expect(body.statusReason).toMatch(/^delete will be retried in \d+ s; .*: host is rebooting$/);
    });
    await tenant.patch(`/instances/${id}`, { metadata: null });
    await tenant.isGone(id);
  });

  it('ends in error if the engine fails permanently, and can be repeated', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.deleteError': 'disk is locked' } });
    const problem = expectProblem(await remove(id), {
      status: 503,
      code: 'engine_failed',
      detail: 'delete failed: disk is locked',
    });
    expect((await tenant.get<Operation>(`/operations/${String(problem['operationId'])}`)).body).toMatchObject(
      {
        type: 'delete',
        status: 'failed',
        error: { code: 'engine_failed', message: 'disk is locked' },
      },
    );
    const { body } = await tenant.get<Instance>(`/instances/${id}`);
    expect(body).toMatchObject({ status: 'error', statusReason: 'delete failed: disk is locked' });
    await tenant.patch(`/instances/${id}`, { metadata: null });
    expect((await remove(id)).status).toBe(204);
  });

  it('accepts only null or an empty object as a body', async () => {
    const { id } = await tenant.createStopped();
    for (const body of [{ force: true }, [], 'true', 1]) {
      const answer = await tenant.send('DELETE', `/instances/${id}`, body);
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    }
    expect((await tenant.send('DELETE', `/instances/${id}`, null)).status).toBe(204);
  });

  it('refuses unknown instances and those of other tenants', async () => {
    const other = await app.as(newTenant()).createStopped();
    for (const query of ['', '?force=true']) {
      expectProblem(await remove(other.id, query), {
        status: 403,
        code: 'access_denied',
        detail: 'Access denied',
      });
      expectProblem(await remove(NOBODY, query), { status: 404, detail: 'Instance not found' });
      expectProblem(await remove('no-uuid', query), { status: 404, detail: 'Instance not found' });
      const anonymous = await tenant.delete(`/instances/${other.id}${query}`, { 'X-Tenant-ID': undefined });
      expectProblem(anonymous, { status: 403, code: 'access_denied' });
    }
    expect((await app.as(other.tenantId).get(`/instances/${other.id}`)).body).toMatchObject(other);
  });
});
