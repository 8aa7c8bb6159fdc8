import { TenancyConfig } from '../access/tenancy/tenancy.config';
import { defineConfig, matching } from '../platform/config';

const { AUTH_MODE, JWT_ISSUER } = TenancyConfig.variables;
const DEFAULT_SCOPE = 'openid';
/** A value in the scope of OAuth (RFC 6749, section 3.3). */
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** How users of the web console sign in at the issuer of tokens. */
export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Separated by spaces. */
  readonly scope: string;
}

export class WebConfig extends defineConfig({
  title: 'Web console',
  variables: {
    CONSOLE_OIDC_CLIENT_ID: matching(/^[\x21-\x7e]{0,512}$/, 'up to 512 visible ASCII characters', {
      default: '',
      desc: 'Mode jwt: client with which users of the web console sign in at JWT_ISSUER (OpenID Connect); empty means that they enter a token',
    }),
    CONSOLE_OIDC_SCOPE: matching(SCOPES, 'names separated by single spaces', {
      default: DEFAULT_SCOPE,
      desc: 'Mode jwt: scope that the web console requests from the issuer',
    }),
    CONSOLE_USAGE_URL: matching(/^(https?:\/\/[\x21-\x7e]{1,1000})?$/, 'http or https URL', {
      default: '',
      desc: 'Page with the longer history of the usage of an instance, such as a dashboard of Prometheus, that the web console links to; {tenantId} and {instanceId} are replaced',
    }),
  },
  uses: { AUTH_MODE, JWT_ISSUER },
  problems: (env) => [
    ...(env.CONSOLE_OIDC_CLIENT_ID === '' ? [] : problemsOfClient(env)),
    ...(env.CONSOLE_OIDC_SCOPE !== DEFAULT_SCOPE && env.CONSOLE_OIDC_CLIENT_ID === ''
      ? ['CONSOLE_OIDC_SCOPE has an effect only with CONSOLE_OIDC_CLIENT_ID']
      : []),
  ],
  config: (env) => ({ oidc: oidcClient(env), usageUrl: env.CONSOLE_USAGE_URL || null }),
}) {}

function problemsOfClient(env: Readonly<Record<'AUTH_MODE' | 'JWT_ISSUER', string>>): readonly string[] {
  if (env.AUTH_MODE !== 'jwt') return ['CONSOLE_OIDC_CLIENT_ID has an effect only with AUTH_MODE=jwt'];
  // A missing issuer is a problem of its own.
  if (env.JWT_ISSUER === '' || isWebUrl(env.JWT_ISSUER)) return [];
  return ['JWT_ISSUER must be a URL, because CONSOLE_OIDC_CLIENT_ID is set'];
}

/** Browsers fetch the configuration of the issuer from below this URL. */
function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function oidcClient(
  env: Readonly<Record<'JWT_ISSUER' | 'CONSOLE_OIDC_CLIENT_ID' | 'CONSOLE_OIDC_SCOPE', string>>,
): OidcClient | null {
  const { JWT_ISSUER: issuer, CONSOLE_OIDC_CLIENT_ID: clientId, CONSOLE_OIDC_SCOPE: scope } = env;
  return clientId === '' ? null : { issuer, clientId, scope };
}
