import { choice, defineConfig, flag, integer, matching, setting, text } from '../../platform/config';
import { Secret } from '../../platform/values/secret';

const CLAIM = /^[\x21-\x7e]{1,256}$/;
const A_CLAIM = 'the name of a claim, or a path of names like realm_access.roles';

const NEEDED_FOR_JWT = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;

export interface GatewayAuthConfig {
  readonly mode: 'gateway';
  /** Authenticates the gateway; if undefined, every caller that reaches the port is trusted like the gateway. */
  readonly gatewayToken: Secret | undefined;
  /** Authenticates operators; if undefined, operator calls are rejected. */
  readonly operatorToken: Secret | undefined;
}

export interface JwtAuthConfig {
  readonly mode: 'jwt';
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Claim names, or dotted paths of names. */
  readonly tenantClaim: string;
  readonly rolesClaim: string;
  /** How long keys are used before they are fetched again. */
  readonly jwksCacheMs: number;
  readonly jwksTimeoutMs: number;
}

/** How callers and their tenants are authenticated. */
export type AuthConfig = GatewayAuthConfig | JwtAuthConfig;

/** URL of a key set; unlike the URL of a platform service, it may have a query. */
function parseJwksUrl(input: string): string {
  if (input === '') return input;
  const url = URL.canParse(input) ? new URL(input) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && `${url.hash}${url.username}${url.password}` === '';
  if (!isPlain) throw new TypeError('must look like https://host/path/jwks.json');
  return input;
}

export class TenancyConfig extends defineConfig({
  title: 'Tenants and authentication',
  variables: {
    TENANT_HEADER: matching(/^[A-Za-z0-9-]{1,64}$/, 'an HTTP header name', {
      default: 'X-Tenant-ID',
      desc: 'Header that contains the tenant',
    }),
    TENANT_REQUIRED: flag({
      default: false,
      desc: 'Reject requests without a tenant instead of using "default": true or false',
    }),
    AUTH_MODE: choice(['gateway', 'jwt'], 'gateway or jwt', {
      default: 'gateway',
      desc: 'Source of the tenant: gateway (the header is trusted) or jwt (a claim of the bearer token)',
    }),
    GATEWAY_TOKEN: matching(/^[\x21-\x7e]{0,512}$/, 'up to 512 visible ASCII characters', {
      default: '',
      desc: 'Mode gateway: token that the gateway must send in X-Gateway-Token; empty requires none',
    }),
    OPERATOR_TOKEN: matching(
      /^([\w.~+/-]{1,512}=*)?$/,
      'up to 512 letters, digits and -._~+/, as a bearer token has',
      {
        default: '',
        desc: 'Mode gateway: bearer token of operators; empty rejects all operator requests',
      },
    ),
    JWT_JWKS_URL: setting(parseJwksUrl, {
      default: '',
      desc: "Mode jwt: URL of the issuer's key set (JWKS)",
    }),
    JWT_ISSUER: text({ default: '', desc: 'Mode jwt: the issuer, exactly as in the iss claim' }),
    JWT_AUDIENCE: text({ default: '', desc: 'Mode jwt: the name of this service in the aud claim' }),
    JWT_TENANT_CLAIM: matching(CLAIM, A_CLAIM, {
      default: 'tenant_id',
      desc: 'Mode jwt: claim with the tenant; separate nested names with dots',
    }),
    JWT_ROLES_CLAIM: matching(CLAIM, A_CLAIM, {
      default: 'roles',
      desc: 'Mode jwt: claim with the roles, an array or space-separated; compute:operator grants operator access',
    }),
    JWT_JWKS_CACHE_SECONDS: integer(1, 86_400, {
      default: 600,
      desc: 'Mode jwt: maximum age of cached keys; a withdrawn key is rejected after this time',
    }),
    JWT_JWKS_TIMEOUT_MS: integer(50, 60_000, {
      default: 3000,
      desc: 'Mode jwt: time limit for fetching the keys',
    }),
  },
  problems: (env) =>
    env.AUTH_MODE === 'jwt'
      ? NEEDED_FOR_JWT.filter((key) => env[key] === '').map((key) => `${key} is required for AUTH_MODE=jwt`)
      : // A configured issuer implies that tokens are checked; trusting the header alone would let anyone in.
        NEEDED_FOR_JWT.filter((key) => env[key] !== '').map(
          (key) => `${key} has an effect only with AUTH_MODE=jwt`,
        ),
  config: (env) => ({
    /** Name of the header that carries the tenant. */
    header: env.TENANT_HEADER,
    /** Rejects requests without a tenant instead of using the default tenant. */
    isRequired: env.TENANT_REQUIRED,
    auth: env.AUTH_MODE === 'jwt' ? jwtAuth(env) : gatewayAuth(env),
  }),
}) {}

function gatewayAuth(env: Readonly<Record<'GATEWAY_TOKEN' | 'OPERATOR_TOKEN', string>>): AuthConfig {
  return {
    mode: 'gateway',
    gatewayToken: toSecret(env.GATEWAY_TOKEN),
    operatorToken: toSecret(env.OPERATOR_TOKEN),
  };
}

type JwtEnvironment = Readonly<
  Record<(typeof NEEDED_FOR_JWT)[number] | 'JWT_TENANT_CLAIM' | 'JWT_ROLES_CLAIM', string> &
    Record<'JWT_JWKS_CACHE_SECONDS' | 'JWT_JWKS_TIMEOUT_MS', number>
>;

function jwtAuth(env: JwtEnvironment): AuthConfig {
  return {
    mode: 'jwt',
    jwksUrl: env.JWT_JWKS_URL,
    issuer: env.JWT_ISSUER,
    audience: env.JWT_AUDIENCE,
    tenantClaim: env.JWT_TENANT_CLAIM,
    rolesClaim: env.JWT_ROLES_CLAIM,
    jwksCacheMs: env.JWT_JWKS_CACHE_SECONDS * 1000,
    jwksTimeoutMs: env.JWT_JWKS_TIMEOUT_MS,
  };
}

function toSecret(value: string): Secret | undefined {
  return value === '' ? undefined : new Secret(value);
}
