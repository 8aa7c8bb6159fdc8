import { ConsoleBuild } from '../support/console-build';
import { Client } from '../support/client';
import { useApp } from '../support/use-app';

const JWT = {
  AUTH_MODE: 'jwt',
  JWT_JWKS_URL: 'http://127.0.0.1:9/keys',
  JWT_ISSUER: 'https://id.example.com/realms/cloud',
  JWT_AUDIENCE: 'compute',
};
const GATEWAY = { authMode: 'gateway', tenantHeader: 'X-Tenant-ID', oidc: null, usageUrl: null };

const settingsOf = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const answer = await new Client(url, '').request('/console/settings.json', { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return answer.body;
};

describe('the settings of the web console, with AUTH_MODE=gateway', () => {
  const app = useApp();

  it('let users choose their tenant if the request names none', async () => {
    const chosen = { ...GATEWAY, tenant: null, choosesTenant: true, acceptsToken: false };
    expect(await settingsOf(app.url)).toEqual(chosen);
    for (const invalid of ['', 'not a tenant', 'one, two'])
      expect(await settingsOf(app.url, { 'X-Tenant-ID': invalid })).toEqual(chosen);
  });

  it('have the tenant that a gateway names', async () => {
    expect(await settingsOf(app.url, { 'X-Tenant-ID': 'acme' })).toEqual({
      ...GATEWAY,
      tenant: 'acme',
      choosesTenant: false,
      acceptsToken: false,
    });
  });
});

describe('the settings of the web console, with tokens and a renamed header', () => {
  const app = useApp({
    environment: {
      TENANT_HEADER: 'X-Project',
      GATEWAY_TOKEN: 'the-token-of-the-gateway',
      OPERATOR_TOKEN: 'the-token-of-operators',
    },
  });
  const common = { ...GATEWAY, tenantHeader: 'X-Project', choosesTenant: false, acceptsToken: true };

  it('leave the tenant to the gateway, accept a token, and reveal none', async () => {
    expect(await settingsOf(app.url)).toEqual({ ...common, tenant: null });
    expect(await settingsOf(app.url, { 'X-Project': 'acme', 'X-Tenant-ID': 'other' })).toEqual({
      ...common,
      tenant: 'acme',
    });
  });
});

describe('the settings of the web console, with AUTH_MODE=jwt', () => {
  const app = useApp({ environment: JWT });

  it('ask for a token, whatever the header is', async () => {
    expect(await settingsOf(app.url, { 'X-Tenant-ID': 'acme' })).toEqual({
      authMode: 'jwt',
      tenantHeader: 'X-Tenant-ID',
      tenant: null,
      choosesTenant: false,
      acceptsToken: true,
      oidc: null,
      usageUrl: null,
    });
  });
});

describe('the web console as a client of an issuer', () => {
  const build = new ConsoleBuild();
  const app = useApp({
    consoleDirectory: build.path,
    environment: {
      ...JWT,
      CONSOLE_OIDC_CLIENT_ID: 'compute-console',
      CONSOLE_OIDC_SCOPE: 'openid compute',
      CONSOLE_USAGE_URL: 'https://usage.example.com/{tenantId}/{instanceId}',
    },
  });
  afterAll(() => build.remove());

  it('gets the issuer, its ID there and the scope', async () => {
    expect(await settingsOf(app.url)).toMatchObject({
      oidc: { issuer: JWT.JWT_ISSUER, clientId: 'compute-console', scope: 'openid compute' },
      usageUrl: 'https://usage.example.com/{tenantId}/{instanceId}',
    });
  });

  it('may connect to the origin of the issuer', async () => {
    const { headers } = await fetch(`${app.url}/console/signed-in?code=1`);
    expect(headers.get('content-security-policy')?.split('; ')).toContain(
      "connect-src 'self' https://id.example.com",
    );
  });
});
