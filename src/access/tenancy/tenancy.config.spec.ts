import { inspect } from 'node:util';
import { ConfigurationError } from '../../platform/config';
import { TenancyConfig } from './tenancy.config';

const JWT = {
  AUTH_MODE: 'jwt',
  JWT_JWKS_URL: 'https://idp.example.com/keys?tenant=1',
  JWT_ISSUER: 'https://idp.example.com/',
  JWT_AUDIENCE: 'compute',
};

function problemsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    new TenancyConfig(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('authentication settings', () => {
  it.each(['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'])('reject mode jwt without %s', (key) => {
    expect(problemsOf({ ...JWT, [key]: '' })).toEqual([`${key} is required for AUTH_MODE=jwt`]);
  });

  it('report everything that is missing for mode jwt', () => {
    expect(problemsOf({ AUTH_MODE: 'jwt' })).toHaveLength(3);
  });

  it('reject an issuer without mode jwt, because its tokens would not be checked', () => {
    expect(problemsOf({ JWT_ISSUER: 'https://idp.example.com/' })).toEqual([
      'JWT_ISSUER has an effect only with AUTH_MODE=jwt',
    ]);
  });

  it('are read in mode jwt', () => {
    expect(
      new TenancyConfig({ ...JWT, JWT_JWKS_CACHE_SECONDS: '60', JWT_ROLES_CLAIM: 'realm_access.roles' }).auth,
    ).toEqual({
      mode: 'jwt',
      jwksUrl: 'https://idp.example.com/keys?tenant=1',
      issuer: 'https://idp.example.com/',
      audience: 'compute',
      tenantClaim: 'tenant_id',
      rolesClaim: 'realm_access.roles',
      jwksCacheMs: 60_000,
      jwksTimeoutMs: 3000,
    });
  });

  it('trust the gateway if no gateway token is set', () => {
    expect(new TenancyConfig({}).auth).toEqual({
      mode: 'gateway',
      gatewayToken: undefined,
      operatorToken: undefined,
    });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
  ])('require a tenant with TENANT_REQUIRED=%s: %s', (value, expected) => {
    expect(new TenancyConfig({ TENANT_REQUIRED: value }).isRequired).toBe(expected);
  });

  it('are redacted in every dump of the configuration', () => {
    const config = new TenancyConfig({ GATEWAY_TOKEN: 'gateway-secret', OPERATOR_TOKEN: 'operator-secret' });
    for (const dump of [JSON.stringify(config), inspect(config, { depth: null, showHidden: true })])
      expect(dump).not.toContain('secret');
    expect(JSON.stringify(config.auth)).toContain('"operatorToken":"[redacted]"');
  });
});
