import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

describe('an engine that fails permanently', () => {
  const app = useApp({ environment: { OPERATION_MAX_ATTEMPTS: '2' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const read = async (id: string): Promise<Instance> => (await tenant.get<Instance>(`/instances/${id}`)).body;

  it('leaves a new instance in error with the engine’s message as the reason', async () => {
    const { id } = await tenant.create({
      metadata: { 'simulate.createError': 'no memory left on the host' },
    });
    const instance = await tenant.reaches(id, 'error');
    expect(instance.statusReason).toBe('create failed: no memory left on the host');
    const [operation] = await tenant.operationsOf(id);
    expect(operation).toMatchObject({
      type: 'create',
      status: 'failed',
      attempts: 1,
      error: { code: 'engine_failed', message: 'no memory left on the host' },
    });
  });

  it.each([
    ['stop', 'running'],
    ['start', 'stopped'],
  ] as const)(
    '%s returns the engine’s message and leaves the instance %s with the reason',
    async (verb, status) => {
      const metadata = { [`simulate.${verb}Error`]: `cannot ${verb}: the host is on fire` };
      const instance =
        status === 'running'
          ? await tenant.createRunning({ metadata })
          : await tenant.createStopped({ metadata });
      const answer = await tenant.post(`/instances/${instance.id}/${verb}`);
      const problem = expectProblem(answer, {
        status: 503,
        code: 'engine_failed',
        detail: `${verb} failed: cannot ${verb}: the host is on fire`,
      });
      // The failure is permanent, so Retry-After discourages an immediate repeat.
      expect(answer.headers.get('retry-after')).toBe('30');
      const { body } = await tenant.get<Operation>(`/operations/${String(problem['operationId'])}`);
      expect(body).toMatchObject({ instanceId: instance.id, type: verb, status: 'failed' });
      expect(await read(instance.id)).toMatchObject({
        status,
        statusReason: `${verb} failed: cannot ${verb}: the host is on fire`,
      });
      // The same call succeeds without the fault and clears the reason.
      await tenant.patch(`/instances/${instance.id}`, { metadata: null });
      const repeated = await tenant.post<Instance>(`/instances/${instance.id}/${verb}`);
      expect([repeated.status, repeated.body.statusReason]).toEqual([200, null]);
    },
  );

  it('leaves an instance stopped if the restart fails', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.restartError': 'no boot disk' } });
    expect((await tenant.post<Instance>(`/instances/${id}/restart`)).body.status).toBe('restarting');
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({
      statusReason: 'restart failed: no boot disk',
    });
  });

  it('fails the operation after the last attempt', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createRetryableError': 'never' } });
    const { statusReason } = await tenant.reaches(id, 'error');
    expect(statusReason).toBe('create failed: never');
    expect((await tenant.operationsOf(id))[0]).toMatchObject({ attempts: 2, status: 'failed' });
  });
});

describe('an engine that fails temporarily', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const read = async (id: string): Promise<Instance> => (await tenant.get<Instance>(`/instances/${id}`)).body;

  it('is retried, and statusReason reports the retry meanwhile', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createRetryableError': 'no room yet' } });
    const waiting = await eventually(async () => {
      const instance = await read(id);
      expect(instance.statusReason).toMatch(
        /^create will be retried in \d+ s; attempt 1 failed: no room yet$/,
      );
      return instance;
    });
    expect(waiting.status).toBe('creating');
    const [operation] = await tenant.operationsOf(id);
    expect(operation).toMatchObject({
      error: { code: 'engine_failed', message: 'no room yet' },
      finishedAt: null,
    });
    await tenant.patch(`/instances/${id}`, { metadata: null });
    expect(await tenant.reaches(id, 'running')).toMatchObject({ statusReason: null });
    expect((await tenant.operationsOf(id))[0]).toMatchObject({ attempts: 2, status: 'succeeded' });
  });

  it('keeps a power call waiting during retries until it succeeds', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.stopRetryableError': 'busy' } });
    const stop = tenant.post<Instance>(`/instances/${id}/stop`);
    await eventually(async () =>
      expect((await read(id)).statusReason).toMatch(/^stop will be retried in .*: busy$/),
    );
    expect(await read(id)).toMatchObject({ status: 'running' });
    await tenant.patch(`/instances/${id}`, { metadata: null });
    const { status, body } = await stop;
    expect([status, body.status, body.statusReason]).toEqual([200, 'stopped', null]);
  });
});

describe('an engine that never responds', () => {
  const app = useApp({ environment: { OPERATION_TIMEOUT_SECONDS: '1' } });

  it('leaves the instance in error with a reason after the operation timeout', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': '3600000' } });
    const { statusReason } = await tenant.reaches(id, 'error');
    expect(statusReason).toBe('create failed: the operation timed out');
    expect((await tenant.operationsOf(id))[0]).toMatchObject({
      status: 'failed',
      error: { code: 'operation_timeout' },
    });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
  });
});
