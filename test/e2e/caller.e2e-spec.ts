import { ComputeClient } from '../../packages/client/src';
import { startCli } from '../support/cli';
import { Issuer } from '../support/issuer';
import { expectProblem } from '../support/problem';
import { useApp } from '../support/use-app';

const TOKEN = 'the-token-of-operators';

describe('the caller, behind a gateway', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: TOKEN } });

  it('is the tenant of the header', async () => {
    const { status, body } = await app.as('acme').get('/caller');
    expect({ status, body }).toEqual({
      status: 200,
      body: { tenantId: 'acme', actor: 'tenant:acme', isOperator: false },
    });
  });

  it('is the default tenant without a header', async () => {
    const { body } = await app.as('').get('/caller', { 'X-Tenant-ID': undefined });
    expect(body).toEqual({ tenantId: 'default', actor: 'tenant:default', isOperator: false });
  });

  it('is an operator with the token of operators', async () => {
    const { body } = await app.as('acme').get('/caller', { Authorization: `Bearer ${TOKEN}` });
    expect(body).toEqual({ tenantId: 'acme', actor: 'operator', isOperator: true });
  });

  it('is refused with an invalid tenant or an unknown parameter', async () => {
    expectProblem(await app.as('not a tenant').get('/caller'), { status: 400, code: 'invalid_tenant' });
    expectProblem(await app.as('acme').get('/caller?tenantId=other'), {
      status: 400,
      code: 'validation_failed',
    });
  });

  it('is shown by the typed client and by uim-compute whoami', async () => {
    const client = new ComputeClient({ baseUrl: app.url, tenantId: 'acme', token: TOKEN });
    expect(await client.caller()).toEqual({ tenantId: 'acme', actor: 'operator', isOperator: true });
    const { out, code } = await startCli(app.url, 'acme', ['whoami'], { UIM_COMPUTE_TOKEN: TOKEN }).result;
    expect({ out, code }).toEqual({
      code: 0,
      out: 'FIELD     VALUE\nTenant    acme\nActor     operator\nOperator  yes\n',
    });
    const name = await startCli(app.url, 'acme', ['whoami', '-o', 'name']).result;
    expect(name.out).toBe('acme\n');
  });
});

describe('the caller, with AUTH_MODE=jwt', () => {
  let issuer: Issuer;
  const environment: Record<string, string> = {};
  beforeAll(async () => {
    issuer = await Issuer.start();
    Object.assign(environment, issuer.environment);
  });
  afterAll(() => issuer.stop());
  const app = useApp({ environment });

  const get = (token: string | undefined) =>
    app.as('').get('/caller', {
      'X-Tenant-ID': undefined,
      Authorization: token === undefined ? undefined : `Bearer ${token}`,
    });

  it('is the user and the tenant of the token', async () => {
    const { body } = await get(await issuer.token('acme'));
    expect(body).toEqual({ tenantId: 'acme', actor: 'user:somebody', isOperator: false });
  });

  it('is an operator by the role of the token', async () => {
    const token = await issuer.token('acme', { claims: { roles: ['compute:operator'] } });
    expect((await get(token)).body).toEqual({ tenantId: 'acme', actor: 'user:somebody', isOperator: true });
  });

  it('is refused without a token', async () => {
    expectProblem(await get(undefined), { status: 401, code: 'token_required' });
  });
});
