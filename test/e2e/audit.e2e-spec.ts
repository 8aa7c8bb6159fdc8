import type { AuditPage } from '../../src/compute/events/audit/audit';
import { Database } from '../../src/platform/database';
import type { ApiResponse } from '../support/client';
import { startCli } from '../support/cli';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { useApp } from '../support/use-app';

const TOKEN = 'the-token-of-operators';
const OPERATOR = { Authorization: `Bearer ${TOKEN}` };

describe('GET /audit', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: TOKEN } });
  const search = (query = ''): Promise<ApiResponse<AuditPage>> =>
    app.as('any').get<AuditPage>(`/audit${query}`, OPERATOR);
  const typesOf = async (query: string): Promise<readonly string[]> =>
    (await search(query)).body.events.map(({ tenantId, type }) => `${tenantId} ${type}`);
  let deleted: string;

  beforeAll(async () => {
    const { id } = await app.as('acme').createStopped();
    await app.as('acme').delete(`/instances/${id}`, { 'X-Request-Id': 'the-deletion' });
    deleted = id;
    await app.as('umbrella').createRunning();
  });

  it('finds the changes of all tenants, newest first, with who made them', async () => {
    const { status, body } = await search();
    expect([status, body.examinedTo, body.nextPageToken]).toEqual([200, null, undefined]);
    const times = body.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(body.events.map(({ tenantId }) => tenantId))).toEqual(new Set(['acme', 'umbrella']));
    expect(body.events.find(({ type }) => type === 'delete.requested')).toMatchObject({
      tenantId: 'acme',
      instanceId: deleted,
      actor: 'tenant:acme',
    });
  });

  it('filters by tenant, instance, actor, request, type and time', async () => {
    expect(await typesOf('?tenantId=umbrella')).toEqual([
      'umbrella create.succeeded',
      'umbrella create.requested',
    ]);
    expect(await typesOf('?type=delete.requested&actor=tenant:acme')).toEqual(['acme delete.requested']);
    expect(await typesOf('?type=delete.requested&actor=tenant:umbrella')).toEqual([]);
    const { body } = await search(`?instanceId=${deleted}&type=delete.requested`);
    const [event] = body.events;
    expect(event).toMatchObject({ instanceId: deleted });
    const ofRequest = (await search(`?requestId=${event?.requestId}`)).body.events;
    expect(ofRequest.map(({ type }) => type)).toContain('delete.requested');
    expect(new Set(ofRequest.map(({ instanceId }) => instanceId))).toEqual(new Set([deleted]));
    const at = event?.at ?? 0;
    expect(await typesOf(`?since=${at}&until=${at}&type=delete.requested`)).toHaveLength(1);
    expect(await typesOf(`?since=${at + 1000}`)).toEqual([]);
    expect(await typesOf(`?until=${at - 1000}`)).toEqual([]);
  });

  it.each([1, 2, 3])('pages without gaps or repeats, %i at a time', async (limit) => {
    const all = (await search()).body.events;
    const paged: unknown[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const { body } = await search(`?limit=${limit}${token === '' ? '' : `&pageToken=${token}`}`);
      paged.push(...body.events);
      expect(body.examinedTo === null).toBe(body.nextPageToken === undefined);
      token = body.nextPageToken;
    }
    expect(paged).toEqual(all);
  });

  it('looks at a limited number of events for a page, and says how far it came', async () => {
    const database = app.running.app.get(Database);
    const text = `
      INSERT INTO resource_events (resource_id, version, tenant_id, type, actor, at)
      SELECT gen_random_uuid(), 1, 'many', CASE i WHEN 1 THEN 'rare' ELSE 'common' END, 'operator',
        timestamptz '2020-01-01' + i * interval '1 second'
      FROM generate_series(1, 20100) AS i`;
    await database.query({ name: '', text, values: [] });
    const until = Date.parse('2020-02-01') / 1000;
    const first = await search(`?type=rare&until=${until}`);
    expect(first.body.events).toEqual([]);
    expect(first.body.examinedTo).toBe(Date.parse('2020-01-01') / 1000 + 101);
    const second = await search(`?type=rare&until=${until}&pageToken=${first.body.nextPageToken}`);
    expect(second.body.events.map(({ type }) => type)).toEqual(['rare']);
    expect(second.body.nextPageToken).toBeUndefined();
    await database.query({
      name: '',
      text: `DELETE FROM resource_events WHERE tenant_id = 'many'`,
      values: [],
    });
  });

  it.each(
    withTitles([
      'tenantId=*',
      'instanceId=x',
      'actor=',
      'since=-1',
      'until=tomorrow',
      'limit=1001',
      'limit=0',
      'tenant=acme',
    ]),
  )('refuses %s', async (_, query) => {
    expectProblem(await search(`?${query}`), { status: 400, code: 'validation_failed' });
  });

  it.each([
    'abc',
    'MS4w',
    Buffer.from('1.0').toString('base64url'),
    Buffer.from('01.1').toString('base64url'),
  ])('refuses the page token %s', async (token) => {
    expectProblem(await search(`?pageToken=${token}`), { status: 400, code: 'invalid_page_token' });
  });

  it('is for operators only', async () => {
    expectProblem(await app.as('acme').get('/audit?tenantId=acme'), {
      status: 401,
      code: 'token_required',
    });
  });

  it('is searched by uim-compute audit', async () => {
    const args = ['audit', '--of-tenant', 'acme', '--type', 'delete.requested', '--since', '2020-01-01'];
    const { out } = await startCli(app.url, 'any', args, { UIM_COMPUTE_TOKEN: TOKEN }).result;
    expect(out).toMatch(
      /^TIME +TENANT +INSTANCE +EVENT +BY +REASON\n\S+ +acme +\w{8} +delete\.requested +tenant:acme *\n$/,
    );
    const wrong = await startCli(app.url, 'any', ['audit', '--since', 'soon'], {}).result;
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });
});
