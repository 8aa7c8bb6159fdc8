import type { Instance } from '../../src/compute/instances';
import type { RequestHeaders } from '../support/client';
import { expectProblem } from '../support/problem';
import { SeenModule } from '../support/seen-routes';
import { newTenant, useApp } from '../support/use-app';

const TOKEN = 'the-token/of=the-gateway!';
const OPERATOR = 'the-token.of.operators==';
const bearer = (token: string): RequestHeaders => ({ Authorization: `Bearer ${token}` });

describe('AUTH_MODE=gateway without tokens', () => {
  const app = useApp({ modules: [SeenModule] });

  it('trusts the tenant header and falls back to the default tenant', async () => {
    const seen = async (headers: RequestHeaders) => (await app.as('acme').get('/seen/tenant', headers)).body;
    expect(await seen({})).toEqual({ tenantId: 'acme', actor: 'tenant:acme', isOperator: false });
    expect(await seen({ 'X-Tenant-ID': undefined })).toMatchObject({ tenantId: 'default' });
    expect(await seen({ 'X-Gateway-Token': 'any' })).toMatchObject({ tenantId: 'acme' });
    expect(await seen(bearer('any'))).toMatchObject({ tenantId: 'acme', isOperator: false });
  });

  it.each([{}, bearer('any'), bearer(''), bearer('undefined')])('has no operators: %j', async (headers) => {
    const answer = await app.as('acme').send('PUT', '/seen/operator', undefined, headers);
    expectProblem(answer, { status: 403, code: 'operator_required' });
  });
});

describe('a renamed TENANT_HEADER', () => {
  const app = useApp({
    environment: { TENANT_HEADER: 'X-Project', TENANT_REQUIRED: 'true' },
    modules: [SeenModule],
  });

  it('is the only header that sets the tenant', async () => {
    const answer = await app.as('other').get('/seen/tenant', { 'X-Project': 'acme' });
    expect(answer.body).toMatchObject({ tenantId: 'acme', actor: 'tenant:acme' });
    expectProblem(await app.as('acme').get('/seen/tenant'), { status: 401, code: 'tenant_required' });
  });

  it('is refused with several values, the form in which repeated headers arrive', async () => {
    const answer = await app.as('acme').get('/seen/tenant', { 'X-Project': 'acme, other' });
    expectProblem(answer, { status: 400, code: 'invalid_tenant' });
  });
});

describe('AUTH_MODE=gateway with tokens', () => {
  const app = useApp({
    environment: { GATEWAY_TOKEN: TOKEN, OPERATOR_TOKEN: OPERATOR, TENANT_REQUIRED: 'true' },
    modules: [SeenModule],
  });
  const gateway = { 'X-Gateway-Token': TOKEN };
  const put = (headers: RequestHeaders) => app.as('acme').send('PUT', '/seen/operator', undefined, headers);

  it('serves the gateway', async () => {
    const tenant = app.as(newTenant());
    const { status, body } = await tenant.post<Instance>(
      '/instances',
      { name: 'web', flavor: 'small' },
      gateway,
    );
    expect([status, body.tenantId]).toEqual([201, tenant.tenantId]);
  });

  it.each([undefined, '', 'x', TOKEN.slice(0, -1), `${TOKEN}x`, TOKEN.toUpperCase(), `${TOKEN}, ${TOKEN}`])(
    'refuses X-Gateway-Token %j',
    async (token) => {
      for (const path of ['/instances', '/operations', '/seen/tenant']) {
        const answer = await app.as('acme').get(path, { 'X-Gateway-Token': token });
        expectProblem(answer, { status: 401, code: 'gateway_token_required' });
        expect(answer.headers.get('www-authenticate')).toBe('Gateway realm="compute"');
        expect(answer.text).not.toContain('the-token');
      }
    },
  );

  it.each([undefined, ''])('refuses a request whose tenant is %j', async (tenant) => {
    const answer = await app.as('').get('/instances', { ...gateway, 'X-Tenant-ID': tenant });
    expectProblem(answer, { status: 401, code: 'tenant_required' });
  });

  it('refuses an invalid tenant', async () => {
    const answer = await app.as('').get('/instances', { ...gateway, 'X-Tenant-ID': 'not a tenant' });
    expectProblem(answer, { status: 400, code: 'invalid_tenant' });
  });

  it('checks the gateway token before the tenant', async () => {
    const answer = await app.as('not a tenant').get('/instances');
    expectProblem(answer, { status: 401, code: 'gateway_token_required' });
  });

  it('leaves public routes open', async () => {
    for (const path of [
      '/health',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/api/docs',
      '/api/openapi.json',
    ])
      expect([path, (await app.as('').request(path)).status]).toEqual([path, 200]);
    for (const path of ['/flavors', '/flavors/small', '/seen/public'])
      expect([path, (await app.as('').get(path)).status]).toEqual([path, 200]);
  });

  describe('operators', () => {
    it('act without a tenant on operator routes', async () => {
      for (const tenant of ['acme', undefined]) {
        const { status, body } = await put({ ...gateway, ...bearer(OPERATOR), 'X-Tenant-ID': tenant });
        expect([status, body]).toEqual([200, { tenantId: null, actor: 'operator', isOperator: true }]);
      }
    });

    it('are recognized when acting for a tenant', async () => {
      const { body } = await app.as('acme').get('/seen/tenant', { ...gateway, ...bearer(OPERATOR) });
      expect(body).toEqual({ tenantId: 'acme', actor: 'operator', isOperator: true });
    });

    it('need the gateway token as well', async () => {
      expectProblem(await put(bearer(OPERATOR)), { status: 401, code: 'gateway_token_required' });
    });

    it('need a bearer token', async () => {
      for (const authorization of [undefined, '', 'Bearer', `Basic ${OPERATOR}`, OPERATOR]) {
        const answer = await put({ ...gateway, Authorization: authorization });
        expectProblem(answer, { status: 401, code: 'token_required' });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="compute"');
      }
    });

    it.each([OPERATOR.slice(0, -1), `${OPERATOR}=`, OPERATOR.toUpperCase(), TOKEN, 'x'])(
      'are not recognized by the token %j',
      async (token) => {
        const answer = await put({ ...gateway, ...bearer(token) });
        expectProblem(answer, { status: 401, code: 'token_invalid' });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="compute", error="invalid_token"');
        const { body } = await app.as('acme').get('/seen/tenant', { ...gateway, ...bearer(token) });
        expect(body).toEqual({ tenantId: 'acme', actor: 'tenant:acme', isOperator: false });
      },
    );
  });
});
