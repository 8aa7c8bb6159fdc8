import { TenancyConfig } from '../access/tenancy/tenancy.config';
import { ConfigurationError, Settings } from '../platform/config';
import { WebConfig } from './web.config';

const JWT = {
  AUTH_MODE: 'jwt',
  JWT_JWKS_URL: 'https://id.example.com/keys',
  JWT_ISSUER: 'https://id.example.com/',
  JWT_AUDIENCE: 'compute',
};
const CLIENT = { CONSOLE_OIDC_CLIENT_ID: 'console' };

function problemsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    new Settings([TenancyConfig, WebConfig], []).read(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings of the web console', () => {
  it.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    ['a client of the issuer', { ...JWT, ...CLIENT, CONSOLE_OIDC_SCOPE: 'openid compute' }, []],
    ['a client without tokens', CLIENT, ['CONSOLE_OIDC_CLIENT_ID has an effect only with AUTH_MODE=jwt']],
    [
      'a scope without a client',
      { ...JWT, CONSOLE_OIDC_SCOPE: 'openid compute' },
      ['CONSOLE_OIDC_SCOPE has an effect only with CONSOLE_OIDC_CLIENT_ID'],
    ],
    [
      'an issuer that browsers cannot reach',
      { ...JWT, ...CLIENT, JWT_ISSUER: 'id.example.com' },
      ['JWT_ISSUER must be a URL, because CONSOLE_OIDC_CLIENT_ID is set'],
    ],
    ['a missing issuer', { ...JWT, ...CLIENT, JWT_ISSUER: '' }, ['JWT_ISSUER is required for AUTH_MODE=jwt']],
  ])('are checked together: %s', (_, variables, problems) => {
    expect(problemsOf(variables)).toEqual(problems);
  });
});
