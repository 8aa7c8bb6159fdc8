import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client, RequestHeaders } from '../support/client';
import { Issuer, newKey } from '../support/issuer';
import { expectProblem } from '../support/problem';
import { newTenant, useApp, type SuiteApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Listing {
  readonly instances: readonly Instance[];
  readonly nextPageToken?: string;
}

const list = (
  client: Client,
  query: string,
  headers: RequestHeaders = OPERATOR,
): Promise<ApiResponse<Listing>> => client.get<Listing>(`/instances?${query}`, headers);

const idsOf = ({ body }: ApiResponse<Listing>): readonly string[] => body.instances.map(({ id }) => id);

/** Follows the links of a list to its end. */
async function walk(client: Client, query: string): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for (let path: string | undefined = `/api/v1/compute/instances?${query}`; path !== undefined;) {
    const page: ApiResponse<Listing> = await client.request(path, {
      headers: { 'X-Tenant-ID': client.tenantId, ...OPERATOR },
    });
    pages.push(idsOf(page));
    path = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return pages;
}

describe('instances of all tenants, for operators', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  const tenants = [newTenant(), newTenant(), newTenant()] as const;
  const made: Instance[] = [];
  let operator: Client;

  beforeAll(async () => {
    operator = app.as(tenants[0]);
    for (let index = 0; index < 7; index++) {
      const tenant = app.as(tenants[index % 2] ?? '');
      const even = { type: 'vm', flavor: 'small', metadata: { env: 'prod', place: String(index) } };
      const odd = { type: 'container', flavor: 'large', metadata: { env: 'test' } };
      made.push(await tenant.createRunning({ name: `n${index % 3}`, ...(index % 4 < 2 ? even : odd) }));
    }
    await app.as(made[6]?.tenantId ?? '').post(`/instances/${made[6]?.id ?? ''}/stop`);
  });

  const newestFirst = (places: readonly number[]): readonly (string | undefined)[] =>
    places.toReversed().map((place) => made[place]?.id);

  it('are listed newest first, with rows of every tenant', async () => {
    const answer = await list(operator, 'allTenants=true');
    expect(answer.status).toBe(200);
    expect(idsOf(answer)).toEqual(newestFirst([0, 1, 2, 3, 4, 5, 6]));
    expect(new Set(answer.body.instances.map(({ tenantId }) => tenantId))).toEqual(
      new Set(tenants.slice(0, 2)),
    );
  });

  it('are not listed without the parameters', async () => {
    for (const query of ['', 'allTenants=false']) {
      expect(idsOf(await list(operator, query))).toEqual(newestFirst([0, 2, 4, 6]));
    }
  });

  it.each([
    ['status=stopped', [6]],
    ['status=running', [0, 1, 2, 3, 4, 5]],
    ['type=container', [2, 3, 6]],
    ['flavor=large', [2, 3, 6]],
    ['flavor=unknown', []],
    ['name=n1', [1, 4]],
    ['metadata.env=prod', [0, 1, 4, 5]],
    ['metadata.env=prod&metadata.place=5', [5]],
    ['metadata.env=none', []],
    ['status=running&type=vm&flavor=small&name=n0&metadata.env=prod', [0]],
  ])('are filtered by %s', async (query, places) => {
    expect(idsOf(await list(operator, `allTenants=true&${query}`))).toEqual(newestFirst(places));
  });

  it.each([
    ['allTenants=true&limit=2', [0, 1, 2, 3, 4, 5, 6], 4],
    ['allTenants=true&limit=1&metadata.env=prod', [0, 1, 4, 5], 4],
    [`tenantId=${tenants[1]}&limit=2`, [1, 3, 5], 2],
  ])('are paged without gaps or repeats: %s', async (query, places, count) => {
    const pages = await walk(operator, query);
    expect(pages.flat()).toEqual(newestFirst(places));
    expect(pages).toHaveLength(count);
  });

  it('are limited to one tenant by tenantId, whichever tenant the operator names', async () => {
    expect(idsOf(await list(operator, `tenantId=${tenants[1]}`))).toEqual(newestFirst([1, 3, 5]));
    expect(idsOf(await list(operator, `tenantId=${tenants[1]}&flavor=large`))).toEqual(newestFirst([3]));
    expect(idsOf(await list(operator, `tenantId=${tenants[2]}`))).toEqual([]);
  });

  it('are refused to tenants, with or without a wrong token', async () => {
    for (const headers of [{}, { Authorization: 'Bearer another-token' }]) {
      for (const query of ['allTenants=true', `tenantId=${tenants[1]}`, `tenantId=${tenants[0]}`]) {
        expectProblem(await list(operator, query, headers), { status: 403, code: 'operator_required' });
      }
    }
  });

  it('stay hidden from a tenant that uses the page token of an operator', async () => {
    const { nextPageToken = '' } = (await list(operator, 'allTenants=true&limit=1')).body;
    const answer = await list(app.as(tenants[1]), `pageToken=${nextPageToken}`, {});
    expect(idsOf(answer)).toEqual(newestFirst([1, 3, 5]));
    const refused = await list(app.as(tenants[1]), `allTenants=true&pageToken=${nextPageToken}`, {});
    expectProblem(refused, { status: 403, code: 'operator_required' });
  });

  it('are one choice, and tenantId the other', async () => {
    const answer = await list(operator, `allTenants=true&tenantId=${tenants[1]}`);
    const { detail } = expectProblem(answer, { status: 400, code: 'validation_failed' });
    expect(detail).toBe('tenantId and allTenants exclude each other');
  });
});

describe('instances of all tenants without OPERATOR_TOKEN', () => {
  const app = useApp();

  it('are refused to everyone', async () => {
    expectProblem(await list(app.as(newTenant()), 'allTenants=true'), {
      status: 403,
      code: 'operator_required',
    });
  });
});

describe('instances of all tenants with TENANT_REQUIRED', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators', TENANT_REQUIRED: 'true' } });

  it('need an operator that names any tenant, as other tenant routes do', async () => {
    const { id } = await app.as(newTenant()).create();
    const anonymous = await list(app.as(''), 'allTenants=true');
    expectProblem(anonymous, { status: 401, code: 'tenant_required' });
    expect(idsOf(await list(app.as('any'), 'allTenants=true'))).toEqual([id]);
  });
});

describe('instances of all tenants with a rate limit', () => {
  const app = useApp({
    environment: { OPERATOR_TOKEN: 'the-token-of-operators', RATE_LIMIT_PER_MINUTE: '2' },
  });

  it('count against the tenant that the operator names', async () => {
    for (const remaining of ['1', '0']) {
      const { headers } = await list(app.as('acting'), 'allTenants=true');
      expect(headers.get('ratelimit-remaining')).toBe(remaining);
    }
    expectProblem(await list(app.as('acting'), 'tenantId=other'), { status: 429, code: 'rate_limited' });
    expect((await list(app.as('other'), 'limit=1')).headers.get('ratelimit-remaining')).toBe('1');
  });
});

describe('instances of all tenants with AUTH_MODE=jwt', () => {
  let issuer: Issuer;
  const environment: Record<string, string> = {};
  beforeAll(async () => {
    issuer = await Issuer.start();
    issuer.publish(await newKey('ES256'));
    Object.assign(environment, issuer.environment);
  });
  afterAll(() => issuer.stop());
  const app: SuiteApp = useApp({ environment });

  it('are listed for the operator role only', async () => {
    const bearer = async (tenant: string, claims = {}): Promise<RequestHeaders> => ({
      'X-Tenant-ID': undefined,
      Authorization: `Bearer ${await issuer.token(tenant, { claims })}`,
    });
    const owner = await bearer('owner');
    const { body } = await app.as('').post<Instance>('/instances', { name: 'web', flavor: 'small' }, owner);
    const asOperator = await bearer('staff', { roles: ['compute:operator'] });
    for (const query of ['allTenants=true', 'tenantId=owner']) {
      expect(idsOf(await list(app.as(''), query, asOperator))).toEqual([body.id]);
      for (const headers of [owner, await bearer('owner', { roles: ['viewer'] })]) {
        expectProblem(await list(app.as(''), query, headers), { status: 403, code: 'operator_required' });
      }
    }
    const nobody = await bearer('', { roles: ['compute:operator'] });
    const refused = await list(app.as(''), 'allTenants=true', nobody);
    expectProblem(refused, { status: 403, code: 'tenant_claim_invalid' });
  });
});
