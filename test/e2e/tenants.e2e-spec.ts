import { Database } from '../../src/platform/database';
import type { ApiResponse } from '../support/client';
import { Issuer, newKey } from '../support/issuer';
import { expectProblem } from '../support/problem';
import { withTitles } from '../support/with-titles';
import { useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Quota {
  readonly tenantId: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly usage: Readonly<Record<string, number>>;
}

interface Tenants {
  readonly tenants: readonly Quota[];
  readonly nextPageToken?: string;
}

const namesOf = ({ body }: ApiResponse<Tenants>): readonly string[] =>
  body.tenants.map(({ tenantId }) => tenantId);

describe('GET /tenants', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators', QUOTA_GPUS: '3' } });
  const list = (query = '', headers = OPERATOR): Promise<ApiResponse<Tenants>> =>
    app.as('any').get<Tenants>(`/tenants${query}`, headers);

  beforeAll(async () => {
    await app.as('b').createStopped({ flavor: 'medium' });
    await app.as('b').create({ flavor: 'small' });
    const deleted = await app.as('d').createStopped();
    await app.as('d').delete(`/instances/${deleted.id}`);
    for (const tenant of ['a', 'b', 'c:1.x_y-z']) {
      await app.as('any').send('PUT', `/quotas/${tenant}`, { instances: 5, ramGB: -1 }, OPERATOR);
    }
  });

  it('lists tenants with usage, limits or both, by id, as GET /quotas/{tenantId} shows them', async () => {
    const answer = await list();
    expect([answer.status, namesOf(answer)]).toEqual([200, ['a', 'b', 'c:1.x_y-z', 'd']]);
    for (const tenant of answer.body.tenants) {
      expect((await app.as('any').get(`/quotas/${tenant.tenantId}`, OPERATOR)).body).toEqual(tenant);
    }
    expect(answer.body.tenants[1]).toEqual({
      tenantId: 'b',
      limits: { instances: 5, vcpus: -1, ramGB: -1, diskGB: -1, gpus: 3, snapshots: -1, snapshotGB: -1 },
      usage: { instances: 2, vcpus: 3, ramGB: 5, diskGB: 50, gpus: 0, snapshots: 0, snapshotGB: 0 },
      retainDeleted: null,
    });
    expect(answer.body.tenants[3]?.usage).toMatchObject({ instances: 0, vcpus: 0 });
  });

  it.each([1, 2, 3, 4])('pages without gaps or repeats, %i at a time', async (limit) => {
    const names: string[] = [];
    let pages = 0;
    for (
      let path: string | undefined = `/api/v1/compute/tenants?limit=${limit}`;
      path !== undefined;
      pages++
    ) {
      const page: ApiResponse<Tenants> = await app.as('').request(path, { headers: OPERATOR });
      names.push(...namesOf(page));
      const link = page.headers.get('link');
      expect(link === null).toBe(page.body.nextPageToken === undefined);
      path = /^<(.+)>; rel="next"$/.exec(link ?? '')?.[1];
    }
    expect(names).toEqual(['a', 'b', 'c:1.x_y-z', 'd']);
    expect(pages).toBe(Math.ceil(4 / limit));
  });

  it('has 100 tenants on a page by default, and tokens for the longest ids', async () => {
    await app.running.app.get(Database).query({
      name: '',
      text: `INSERT INTO quotas (tenant_id, instances)
        SELECT lpad(i::text, 128, 'x'), 1 FROM generate_series(100, 259) i`,
      values: [],
    });
    const first = await list();
    const second = await list(`?pageToken=${first.body.nextPageToken ?? ''}`);
    expect([first.body.tenants.length, second.body.tenants.length]).toEqual([100, 64]);
    expect(new Set([...namesOf(first), ...namesOf(second)]).size).toBe(164);
    expect(second.body.nextPageToken).toBeUndefined();
    expect(namesOf(await list('?limit=1000'))).toHaveLength(164);
  });

  const refused = [
    'limit=0',
    'limit=1001',
    'limit=x',
    'pageToken=',
    'pageToken=a',
    'pageToken=YQ==',
    'pageToken=YSBi',
    `pageToken=${'A'.repeat(257)}`,
    'prefix=a',
  ];
  it.each(withTitles(refused))('refuses %s', async (_, query) => {
    const { code } = expectProblem(await list(`?${query}`), { status: 400 });
    expect(code).toMatch(/^(validation_failed|invalid_page_token)$/);
  });

  it('is for operators only', async () => {
    const anonymous = await app.as('b').get('/tenants');
    expectProblem(anonymous, { status: 401, code: 'token_required' });
    const wrong = await app.as('b').get('/tenants', { Authorization: 'Bearer another-token' });
    expectProblem(wrong, { status: 401, code: 'token_invalid' });
  });
});

describe('GET /tenants without OPERATOR_TOKEN', () => {
  const app = useApp();

  it('is refused to every tenant', async () => {
    expectProblem(await app.as('b').get('/tenants'), { status: 403, code: 'operator_required' });
  });
});

describe('GET /tenants with AUTH_MODE=jwt', () => {
  let issuer: Issuer;
  const environment: Record<string, string> = {};
  beforeAll(async () => {
    issuer = await Issuer.start();
    issuer.publish(await newKey('ES256'));
    Object.assign(environment, issuer.environment);
  });
  afterAll(() => issuer.stop());
  const app = useApp({ environment });

  it('needs the operator role', async () => {
    const get = async (claims: object): Promise<ApiResponse<unknown>> =>
      app.as('').get('/tenants', {
        'X-Tenant-ID': undefined,
        Authorization: `Bearer ${await issuer.token('staff', { claims: { ...claims } })}`,
      });
    expect((await get({ roles: ['compute:operator'] })).body).toEqual({ tenants: [] });
    expectProblem(await get({ roles: ['viewer'] }), { status: 403, code: 'operator_required' });
  });
});
