import { ComputeClient, unwrap } from '../../packages/client/src';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

interface Listing {
  readonly operations: readonly Operation[];
  readonly nextPageToken?: string;
}

const NOBODY = '019342d0-3f7a-7c11-9a57-0c5f2d1b8e10';
const FOREVER = '3600000';
/** Duration of slow engine work on the manual clock. */
const WORK_MS = 2500;

describe('operations', () => {
  const clock = new ManualClock();
  const app = useApp({ clock });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const list = (query = ''): Promise<ApiResponse<Listing>> => tenant.get<Listing>(`/operations${query}`);
  const typesOf = ({ body }: ApiResponse<Listing>): readonly string[] =>
    body.operations.map(({ type }) => type);

  it('contain every documented member', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { id: instanceId } = await tenant.createRunning();
    const client = new ComputeClient({ baseUrl: app.url, tenantId: tenant.tenantId }).routes;
    const [listed] = (await unwrap(client.GET('/api/v1/compute/operations'))).operations;
    const { id = '', createdAt = 0, startedAt = 0, finishedAt = 0, ...rest } = listed ?? {};
    expect(rest).toEqual({
      tenantId: tenant.tenantId,
      instanceId,
      snapshotId: null,
      type: 'create',
      status: 'succeeded',
      attempts: 1,
      error: null,
      progress: null,
    });
    const times = [before - 1, createdAt, startedAt, finishedAt, Math.floor(Date.now() / 1000) + 1];
    expect(times.every((time) => Number.isInteger(time))).toBe(true);
    expect(times.toSorted((a, b) => Number(a) - Number(b))).toEqual(times);
    const params = { path: { id } };
    expect(await unwrap(client.GET('/api/v1/compute/operations/{id}', { params }))).toEqual(listed);
  });

  it('appear as unfinished while they run', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': FOREVER } });
    const [operation] = await tenant.operationsOf(id);
    expect(operation?.status).toMatch(/^(pending|running)$/);
    expect(operation?.finishedAt).toBeNull();
  });

  it('show engine progress while running and clear it on success', async () => {
    const said = `pulling ${'é'.repeat(300)}`;
    const metadata = { 'simulate.createDelayMs': String(WORK_MS), 'simulate.createProgress': said };
    const { id } = await tenant.create({ metadata });
    await eventually(async () =>
      expect(await tenant.operationsOf(id)).toMatchObject([
        { status: 'running', progress: said.slice(0, 200) },
      ]),
    );
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, 'running');
    expect(await tenant.operationsOf(id)).toMatchObject([{ status: 'succeeded', progress: null }]);
  });

  it('keep the engine progress on failure', async () => {
    const metadata = {
      'simulate.createDelayMs': String(WORK_MS),
      'simulate.createProgress': 'unpacking layer 3 of 7',
      'simulate.createError': 'no space left',
    };
    const { id } = await tenant.create({ metadata });
    await eventually(async () => {
      expect(await tenant.operationsOf(id)).toMatchObject([{ progress: 'unpacking layer 3 of 7' }]);
    });
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, 'error');
    expect(await tenant.operationsOf(id)).toMatchObject([
      { status: 'failed', progress: 'unpacking layer 3 of 7', error: { message: 'no space left' } },
    ]);
  });

  it('outlive the instance', async () => {
    const { id } = await tenant.createStopped();
    await tenant.delete(`/instances/${id}`);
    expect(typesOf(await list(`?instanceId=${id}`))).toEqual(['delete', 'stop', 'create']);
  });

  describe('GET /operations', () => {
    it('lists the newest first, by instance and by status', async () => {
      const one = await tenant.createStopped();
      const other = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
      await tenant.reaches(other.id, 'error');
      expect(typesOf(await list())).toEqual(['create', 'stop', 'create']);
      expect(typesOf(await list(`?instanceId=${one.id}`))).toEqual(['stop', 'create']);
      expect(typesOf(await list(`?instanceId=${one.id.toUpperCase()}`))).toEqual(['stop', 'create']);
      expect(typesOf(await list('?status=failed'))).toEqual(['create']);
      expect(typesOf(await list(`?status=failed&instanceId=${one.id}`))).toEqual([]);
      expect(typesOf(await list('?status=pending'))).toEqual([]);
      expect(typesOf(await tenant.get<Listing>('/operations', { 'X-Query': 'status=failed' }))).toEqual([
        'create',
      ]);
      expect((await list(`?instanceId=${NOBODY}`)).body).toEqual({ operations: [] });
    });

    it('returns pages without gaps or duplicates while operations are added', async () => {
      const made: string[] = [];
      for (let index = 0; index < 7; index++) made.push((await tenant.createRunning()).id);
      const seen: string[] = [];
      let path: string | undefined = '/api/v1/compute/operations?status=succeeded&limit=3';
      const headers = { 'X-Tenant-ID': tenant.tenantId };
      while (path !== undefined) {
        const page: ApiResponse<Listing> = await tenant.request(path, { headers });
        seen.push(...page.body.operations.map(({ instanceId }) => instanceId));
        await tenant.createRunning();
        path = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
        expect(path === undefined).toBe(page.body.nextPageToken === undefined);
      }
      expect(seen).toEqual(made.toReversed());
    });

    it.each([
      'status=done',
      'status=failed&status=failed',
      'instanceId=1',
      'instanceId=',
      'instanceId=a%00b',
      'limit=0',
      'limit=1001',
      'limit=x',
      'pageToken=x',
      'pageToken=a%00b',
      'type=create',
      '__proto__=x',
    ])('refuses ?%s', async (query) => {
      const { code } = expectProblem(await list(`?${query}`), { status: 400 });
      expect(code).toMatch(/^(validation_failed|invalid_page_token)$/);
    });

    it('lists only operations of the tenant, or of default without a tenant header', async () => {
      const other = await app.as(newTenant()).createRunning();
      expect((await list(`?instanceId=${other.id}`)).body).toEqual({ operations: [] });
      expect((await list()).body).toEqual({ operations: [] });
      const { id } = await app.as('default').createRunning();
      const anonymous = await tenant.get<Listing>('/operations', { 'X-Tenant-ID': undefined });
      expect(anonymous.body.operations.map(({ instanceId }) => instanceId)).toEqual([id]);
    });
  });

  describe('GET /operations/{id}', () => {
    it('checks existence before the tenant', async () => {
      const { id } = await tenant.createRunning();
      const [operation] = await tenant.operationsOf(id);
      const path = `/operations/${operation?.id ?? ''}`;
      const other = app.as(newTenant());
      const denied = { status: 403, code: 'access_denied', detail: 'Access denied' };
      expectProblem(await other.get(path), denied);
      expectProblem(await other.get(path, { 'X-Tenant-ID': undefined }), denied);
      const missing = { status: 404, code: 'operation_not_found', detail: 'Operation not found' };
      for (const unknown of [NOBODY, 'no-uuid', `${NOBODY}x`, '%00', id]) {
        expectProblem(await tenant.get(`/operations/${unknown}`), missing);
      }
      expect((await tenant.get(path.toUpperCase().replace('/OPERATIONS', '/operations'))).body).toEqual(
        operation,
      );
    });
  });
});
