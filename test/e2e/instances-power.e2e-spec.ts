import type { Instance } from '../../src/compute/instances';
import { ROUTED_ACTIONS, type RoutedAction } from '../../src/compute/instances/actions/actions';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const NOBODY = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
/** Longer than any test: the operation runs until it is cancelled. */
const FOREVER = '3600000';

describe('power calls', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const call = <T = Instance>(verb: RoutedAction, id: string, body?: unknown): Promise<ApiResponse<T>> =>
    tenant.post<T>(`/instances/${id}/${verb}`, body);

  const operationOf = async ({ headers }: ApiResponse<unknown>): Promise<Operation> => {
    const path = headers.get('operation-location') ?? '';
    expect(path).toMatch(/^\/api\/v1\/compute\/operations\//);
    const request = { headers: { 'X-Tenant-ID': tenant.tenantId } };
    return (await tenant.request<Operation>(path, request)).body;
  };

  /** Begins a stop that runs until the instance is deleted. */
  const stopForever = async (): Promise<{
    id: string;
    operation: Operation;
    answer: Promise<ApiResponse<unknown>>;
  }> => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.stopDelayMs': FOREVER } });
    const answer = call('stop', id);
    const operation = await eventually(async () => {
      const [newest] = await tenant.operationsOf(id);
      if (newest?.type !== 'stop' || newest.status !== 'running') throw new Error('the stop is not at work');
      return newest;
    });
    return { id, operation, answer };
  };

  it('stop returns the whole instance, stopped', async () => {
    const before = await tenant.createRunning({ metadata: { application: 'nginx' } });
    expect(before.addresses).toHaveLength(1);
    const answer = await call('stop', before.id);
    const { status, body, headers } = answer;
    expect(status).toBe(200);
    const { version, updatedAt } = body;
    expect(body).toEqual({ ...before, status: 'stopped', addresses: [], version, updatedAt });
    expect(version).toBeGreaterThan(before.version);
    expect(headers.get('etag')).toBe(`"${version}"`);
    expect((await tenant.get(`/instances/${before.id}`)).body).toMatchObject(body);
    expect(await operationOf(answer)).toMatchObject({ type: 'stop', status: 'succeeded' });
  });

  it('start returns the whole instance, running', async () => {
    const before = await tenant.createStopped();
    const answer = await call('start', before.id);
    const { version, updatedAt, addresses } = answer.body;
    const running = { ...before, status: 'running', addresses, version, updatedAt };
    expect([answer.status, answer.body]).toEqual([200, running]);
    expect(addresses).toHaveLength(1);
    expect((await tenant.get(`/instances/${before.id}`)).body).toMatchObject(answer.body);
    expect(await operationOf(answer)).toMatchObject({ type: 'start', status: 'succeeded' });
  });

  it('restart returns the restarting instance at once; it becomes running later', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.restartDelayMs': '100' } });
    const answer = await call('restart', id);
    expect([answer.status, answer.body.status]).toEqual([200, 'restarting']);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
    expect(await tenant.reaches(id, 'running')).toMatchObject({ statusReason: null });
    expect(await operationOf(answer)).toMatchObject({ type: 'restart', status: 'succeeded' });
  });

  it('support the whole life cycle of an instance', async () => {
    const { id } = await tenant.createRunning();
    for (const [verb, status] of [
      ['stop', 'stopped'],
      ['start', 'running'],
      ['stop', 'stopped'],
      ['restart', 'running'],
      ['stop', 'stopped'],
    ] as const) {
      expect((await call(verb, id)).status).toBe(200);
      await tenant.reaches(id, status);
    }
  });

  describe('in a status that does not allow it', () => {
    const instanceIn: Readonly<Record<Exclude<Instance['status'], 'deleted'>, () => Promise<Instance>>> = {
      creating: () => tenant.create({ metadata: { 'simulate.createDelayMs': FOREVER } }),
      running: () => tenant.createRunning(),
      paused: () => tenant.createPaused(),
      stopped: () => tenant.createStopped(),
      restarting: async () => {
        const { id } = await tenant.createStopped({ metadata: { 'simulate.restartDelayMs': FOREVER } });
        return (await call('restart', id)).body;
      },
      error: async () => {
        const { id } = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
        return tenant.reaches(id, 'error');
      },
    };
    const notStopped = ['instance_not_stopped', 'Instance is not stopped', ['stopped']] as const;
    const notRunning = ['instance_not_running', 'Instance is not running', ['running', 'paused']] as const;
    const notPausable = ['instance_not_running', 'Instance is not running', ['running']] as const;
    const notPaused = ['instance_not_paused', 'Instance is not paused', ['paused']] as const;

    it.each([
      ['start', 'creating', notStopped],
      ['start', 'running', notStopped],
      ['start', 'restarting', notStopped],
      ['start', 'error', notStopped],
      ['restart', 'creating', notStopped],
      ['restart', 'running', notStopped],
      ['restart', 'restarting', notStopped],
      ['restart', 'error', notStopped],
      ['stop', 'creating', notRunning],
      ['stop', 'stopped', notRunning],
      ['stop', 'restarting', notRunning],
      ['stop', 'error', notRunning],
      ['start', 'paused', notStopped],
      ['restart', 'paused', notStopped],
      ['pause', 'creating', notPausable],
      ['pause', 'paused', notPausable],
      ['pause', 'stopped', notPausable],
      ['pause', 'restarting', notPausable],
      ['pause', 'error', notPausable],
      ['resume', 'creating', notPaused],
      ['resume', 'running', notPaused],
      ['resume', 'stopped', notPaused],
      ['resume', 'restarting', notPaused],
      ['resume', 'error', notPaused],
    ] as const)('%s of a %s instance is refused and changes nothing', async (verb, status, refusal) => {
      const isAtWork = status === 'creating' || status === 'restarting';
      const { id } = await instanceIn[status]();
      // Ignores the operation in progress, which goes on.
      const { activity, ...before } = await tenant.details(id);
      expect([before.status, activity !== null]).toEqual([status, isAtWork]);
      const [code, detail, accepted] = refusal;
      const answer = await call(verb, id);
      const problem = expectProblem(answer, { status: 400, code, detail });
      expect(problem).toMatchObject({ currentStatus: status, acceptedStatuses: accepted });
      expect(answer.headers.get('retry-after')).toBe(isAtWork ? '1' : null);
      expect((await tenant.get(`/instances/${id}`)).body).toMatchObject(before);
    });
  });

  describe('during an operation', () => {
    it('another call is refused as busy with the operation ID and Retry-After', async () => {
      const { id, operation } = await stopForever();
      const answer = await call('stop', id);
      const problem = expectProblem(answer, {
        status: 409,
        code: 'instance_busy',
        detail: 'Instance is busy',
      });
      expect(problem['operationId']).toBe(operation.id);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect((await tenant.operationsOf(id)).map(({ type }) => type)).toEqual(['stop', 'create']);
      // The status is checked first: a running instance cannot be started.
      expectProblem(await call('start', id), { status: 400, detail: 'Instance is not stopped' });
      expectProblem(await tenant.delete(`/instances/${id}`), {
        status: 400,
        detail: 'Cannot delete running instance',
      });
      await tenant.delete(`/instances/${id}?force=true`);
    });

    it('exactly one of many parallel calls is carried out', async () => {
      const { id } = await tenant.createRunning({ metadata: { 'simulate.stopDelayMs': '300' } });
      const answers = await Promise.all(Array.from({ length: 10 }, () => call('stop', id)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      // Late calls find the instance stopped.
      for (const status of statuses.slice(1)) expect([400, 409]).toContain(status);
      expect((await tenant.operationsOf(id)).map(({ type }) => type)).toEqual(['stop', 'create']);
    });

    it('a delete cancels it, and the waiting call gets 409', async () => {
      const { id, operation, answer } = await stopForever();
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
      const problem = expectProblem(await answer, { status: 409, code: 'operation_superseded' });
      expect(problem['operationId']).toBe(operation.id);
      const { body } = await tenant.get<Operation>(`/operations/${operation.id}`);
      expect(body.status).toBe('cancelled');
    });
  });

  it.each(ROUTED_ACTIONS)('%s accepts only null or an empty object as a body', async (verb) => {
    const { id, version } = await tenant.createRunning();
    for (const body of [{ force: true }, [], [null], 'text', '', 0, false, true]) {
      const problem = expectProblem(await call(verb, id, body), { status: 400, code: 'validation_failed' });
      expect(problem.errors).toEqual([{ field: 'body', message: 'this request must not have a body' }]);
    }
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.version).toBe(version);
  });

  it.each(ROUTED_ACTIONS)('%s refuses unknown instances and those of other tenants', async (verb) => {
    const other = await app.as(newTenant()).createRunning();
    expectProblem(await call(verb, other.id), {
      status: 403,
      code: 'access_denied',
      detail: 'Access denied',
    });
    const missing = { status: 404, code: 'instance_not_found', detail: 'Instance not found' };
    expectProblem(await call(verb, NOBODY), missing);
    expectProblem(await call(verb, 'no-uuid'), missing);
    const anonymous = await tenant.post(`/instances/${other.id}/${verb}`, undefined, {
      'X-Tenant-ID': undefined,
    });
    expectProblem(anonymous, { status: 403, code: 'access_denied' });
    expect((await app.as(other.tenantId).get(`/instances/${other.id}`)).body).toMatchObject(other);
  });
});

describe('power calls that exceed POWER_WAIT_SECONDS', () => {
  const WORK_MS = 400;
  const clock = new ManualClock();
  const app = useApp({ environment: { POWER_WAIT_SECONDS: '0' }, clock });

  it.each([
    ['stop', 'running', 'stopped'],
    ['start', 'stopped', 'running'],
  ] as const)('%s returns 202 with the unchanged status and continues', async (verb, before, after) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning({ metadata: { 'simulate.startDelayMs': String(WORK_MS) } });
    if (before === 'stopped') {
      await tenant.post(`/instances/${id}/stop`);
      await tenant.reaches(id, 'stopped');
    } else {
      await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.stopDelayMs': String(WORK_MS) } });
    }
    const answer = await tenant.post<Instance>(`/instances/${id}/${verb}`);
    expect([answer.status, answer.body.status]).toEqual([202, before]);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
    const path = answer.headers.get('operation-location') ?? '';
    const request = { headers: { 'X-Tenant-ID': tenant.tenantId } };
    const operation = (await tenant.request<Operation>(path, request)).body;
    expect(operation).toMatchObject({ instanceId: id, type: verb, finishedAt: null });
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, after);
    expect((await tenant.request<Operation>(path, request)).body.status).toBe('succeeded');
  });

  it('delete returns 202 with the instance and a statusReason, and continues', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning({ metadata: { 'simulate.deleteDelayMs': String(WORK_MS) } });
    const answer = await tenant.delete<Instance>(`/instances/${id}?force=true`);
    expect([answer.status, answer.body.status, answer.body.statusReason]).toEqual([
      202,
      'running',
      'being deleted',
    ]);
    expect(answer.headers.get('operation-location')).toMatch(/^\/api\/v1\/compute\/operations\//);
    await clock.passWhenAwaited(WORK_MS);
    await tenant.isGone(id);
  });
});
