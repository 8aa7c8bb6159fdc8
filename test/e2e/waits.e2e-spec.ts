import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { startApp } from '../support/app';
import { Client, type ApiResponse } from '../support/client';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

/** Longer than any test here: a response within the test comes from a notification, not a timeout. */
const LONG = 'timeoutSeconds=120';
const FAILING = { metadata: { 'simulate.createError': 'no memory left' } };
/** Operations that do not finish within a test. */
const SLOW = { PROVISION_DELAY_MS: '3600000', RESTART_DELAY_MS: '3600000', FOLLOW_POLL_SECONDS: '3600' };

describe('waiting for an instance', () => {
  const app = useApp({ environment: { PROVISION_DELAY_MS: '150', FOLLOW_POLL_SECONDS: '3600' } });
  const slow = useApp({ environment: SLOW });
  let tenant: Client;
  let patient: Client;

  beforeEach(() => {
    const id = newTenant();
    tenant = app.as(id);
    patient = slow.as(id);
  });

  const wait = (client: Client, id: string, query: string): Promise<ApiResponse<Instance>> =>
    client.get<Instance>(`/instances/${id}/wait?${query}`);

  async function areWaiting(count: number, kind = 'instance'): Promise<void> {
    await eventually(async () => {
      const { text } = await slow.as('').request<null>('/metrics');
      const found = new RegExp(`compute_waiting_requests\\{for="${kind}"[^}]*\\} (\\d+)`).exec(text)?.[1];
      expect(Number(found)).toBe(count);
    });
  }

  it('returns the instance as soon as it has the status', async () => {
    const { id } = await tenant.create();
    const answer = await wait(tenant, id, `status=running&${LONG}`);
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'running', version: 2 } });
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  it('returns at once if the instance already has the status', async () => {
    const { id } = await tenant.createStopped();
    expect((await wait(tenant, id, 'status=stopped&timeoutSeconds=0')).body.status).toBe('stopped');
    expect((await wait(tenant, id, 'status=settled&timeoutSeconds=0')).body.status).toBe('stopped');
  });

  it('serves many concurrent waits for the same and for other statuses', async () => {
    const { id } = await tenant.createRunning();
    const waiting = Array.from({ length: 50 }, () => wait(tenant, id, `status=stopped&${LONG}`));
    const other = wait(tenant, id, `status=deleted&${LONG}`);
    await tenant.post(`/instances/${id}/stop`);
    for (const { body } of await Promise.all(waiting)) expect(body.status).toBe('stopped');
    await tenant.delete(`/instances/${id}`);
    expect((await other).status).toBe(204);
  });

  it('returns the current status on timeout and keeps the connection open', async () => {
    const { id } = await patient.create();
    const answer = await wait(patient, id, 'status=running&timeoutSeconds=0');
    expectProblem(answer, {
      status: 408,
      code: 'wait_timeout',
      detail: 'Not reached within 0 s; repeat the request to keep waiting',
    });
    expect(answer.body).toMatchObject({ currentStatus: 'creating' });
    expect(answer.headers.get('connection')).not.toBe('close');
  });

  it('reports a failure with its reason', async () => {
    const { id } = await tenant.create(FAILING);
    const detail = 'The instance is in error: create failed: no memory left';
    for (const goal of ['running', 'deleted']) {
      const answer = await wait(tenant, id, `status=${goal}&${LONG}`);
      expectProblem(answer, { status: 409, code: 'instance_failed', detail });
      expect(answer.body).toMatchObject({ statusReason: 'create failed: no memory left' });
    }
    expect((await wait(tenant, id, `status=error&${LONG}`)).status).toBe(200);
    expect((await wait(tenant, id, `status=settled&${LONG}`)).body.status).toBe('error');
  });

  it('reports a deletion in the meantime', async () => {
    const { id } = await patient.create();
    const waiting = wait(patient, id, `status=running&${LONG}`);
    await areWaiting(1);
    await patient.delete(`/instances/${id}`);
    expectProblem(await waiting, {
      status: 409,
      code: 'instance_deleted',
      detail: 'The instance was deleted',
    });
  });

  it('waits for a deletion, even one in the past', async () => {
    const { id } = await tenant.createStopped();
    const waiting = wait(tenant, id, `status=deleted&${LONG}`);
    await tenant.delete(`/instances/${id}`);
    expect(await waiting).toMatchObject({ status: 204, text: '' });
    expect((await wait(tenant, id, 'status=deleted&timeoutSeconds=0')).status).toBe(204);
    expect((await wait(tenant, id, 'status=running&timeoutSeconds=0')).status).toBe(404);
  });

  it('waits until no operation is in progress', async () => {
    const { id } = await tenant.create();
    expect((await wait(tenant, id, `status=settled&${LONG}`)).body).toMatchObject({ status: 'running' });
    const { id: unsettled } = await patient.create();
    expect((await wait(patient, unsettled, 'status=settled&timeoutSeconds=0')).status).toBe(408);
  });

  it('refuses invalid queries, unknown instances and other tenants', async () => {
    const { id } = await tenant.createRunning();
    const unknown = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
    for (const query of [
      '',
      'status=gone',
      'status=running&timeoutSeconds=301',
      'status=running&timeoutSeconds=-1',
    ]) {
      expect((await wait(tenant, id, query)).status).toBe(400);
    }
    for (const goal of ['running', 'deleted']) {
      expect((await wait(tenant, unknown, `status=${goal}&timeoutSeconds=0`)).status).toBe(404);
      expect((await wait(tenant, 'not-an-id', `status=${goal}&timeoutSeconds=0`)).status).toBe(404);
      expect((await wait(app.as('foreign'), id, `status=${goal}&timeoutSeconds=0`)).status).toBe(403);
    }
    await tenant.delete(`/instances/${id}?force=true`);
    expect((await wait(app.as('foreign'), id, 'status=deleted&timeoutSeconds=0')).status).toBe(403);
  });

  it('accepts its query in the X-Query header', async () => {
    const { id } = await tenant.createRunning();
    const headers = { 'X-Query': 'status=running&timeoutSeconds=0' };
    expect((await tenant.get(`/instances/${id}/wait`, headers)).status).toBe(200);
  });

  it('ends a wait at once when the client disconnects', async () => {
    const { id } = await patient.create();
    const [{ id: operationId } = { id: '' }] = await patient.operationsOf(id);
    const paths = [`/instances/${id}/wait?status=running&${LONG}`, `/operations/${operationId}/wait?${LONG}`];
    for (const [index, kind] of ['instance', 'operation'].entries()) {
      const leaving = new AbortController();
      const request = { headers: { 'X-Tenant-ID': patient.tenantId }, signal: leaving.signal };
      const waiting = patient.request(`/api/v1/compute${paths[index] ?? ''}`, request);
      await areWaiting(1, kind);
      leaving.abort();
      await expect(waiting).rejects.toThrow();
      await areWaiting(0, kind);
    }
  });

  it('waits for an operation, even one that fails', async () => {
    const { id } = await tenant.create(FAILING);
    const [operation] = await tenant.operationsOf(id);
    const path = `/operations/${operation?.id ?? ''}/wait`;
    expect((await tenant.get<Operation>(`${path}?${LONG}`)).body).toMatchObject({ status: 'failed' });
    expect((await app.as('foreign').get(`${path}?${LONG}`)).status).toBe(403);
  });

  it('returns 408 for an operation that does not finish in time', async () => {
    const { id } = await patient.create();
    const [operation] = await patient.operationsOf(id);
    const answer = await patient.get(`/operations/${operation?.id ?? ''}/wait?timeoutSeconds=0`);
    expect(answer).toMatchObject({ status: 408, body: { code: 'wait_timeout' } });
  });

  describe('with Prefer: wait', () => {
    const NEW = { name: 'web', flavor: 'small' };

    it('a create returns when it has finished', async () => {
      const answer = await tenant.post<Instance>('/instances', NEW, { Prefer: 'respond-async, wait=60' });
      expect(answer).toMatchObject({ status: 201, body: { status: 'running', version: 2 } });
      expect(answer.headers.get('preference-applied')).toBe('wait=60');
      expect(answer.headers.get('etag')).toBe('"2"');
      const failed = await tenant.post<Instance>('/instances', { ...NEW, ...FAILING }, { Prefer: 'wait=60' });
      expect(failed).toMatchObject({ status: 201, body: { status: 'error' } });
    });

    it('a create with wait=0 or an invalid wait returns at once', async () => {
      const late = await patient.post<Instance>('/instances', NEW, { Prefer: 'wait=0' });
      expect(late).toMatchObject({ status: 201, body: { status: 'creating' } });
      expect(late.headers.get('preference-applied')).toBe('wait=0');
      const nonsense = await patient.post<Instance>('/instances', NEW, { Prefer: 'wait=soon' });
      expect(nonsense).toMatchObject({ status: 201, body: { status: 'creating' } });
      expect(nonsense.headers.has('preference-applied')).toBe(false);
    });

    it('a restart returns when it has finished', async () => {
      const { id } = await tenant.createStopped();
      const answer = await tenant.post<Instance>(`/instances/${id}/restart`, undefined, {
        Prefer: 'wait=60',
      });
      expect(answer).toMatchObject({ status: 200, body: { status: 'running' } });
    });

    it('a stop waits no longer than given', async () => {
      const metadata = { 'simulate.stopDelayMs': '3600000' };
      const { id } = await tenant.createRunning({ metadata });
      const headers = { Prefer: 'wait=0' };
      const stop = await tenant.post<Instance>(`/instances/${id}/stop`, undefined, headers);
      expect(stop).toMatchObject({ status: 202, body: { status: 'running' } });
      expect(stop.headers.get('preference-applied')).toBe('wait=0');
    });
  });
});

describe('a replica that shuts down', () => {
  it('ends waits at once with 503 and Retry-After', async () => {
    const app = await startApp({ environment: SLOW });
    const client = new Client(app.url, newTenant());
    const { id } = await client.create();
    const [operation] = await client.operationsOf(id);
    const waiting = [
      client.get(`/instances/${id}/wait?status=running&${LONG}`),
      client.get(`/operations/${operation?.id ?? ''}/wait?${LONG}`),
    ];
    await eventually(async () => {
      const { text } = await client.request<null>('/metrics');
      for (const kind of ['instance', 'operation'])
        expect(text).toMatch(new RegExp(`compute_waiting_requests\\{for="${kind}"[^}]*\\} 1`));
    });
    const closing = app.close();
    for (const answer of await Promise.all(waiting)) {
      expectProblem(answer, { status: 503, code: 'shutting_down' });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    await closing;
  });
});
