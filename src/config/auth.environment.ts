import { str, type CleanedEnv } from 'envalid';
import { Secret } from '../platform/values/secret';
import type { AuthConfig } from './app-config';
import { authMode, integer, jwksUrl, matching } from './validators';

const CLAIM = /^[\x21-\x7e]{1,256}$/;
const claim = matching(CLAIM, 'the name of a claim, or a path of names like realm_access.roles');

/** Authentication settings. */
export const AUTH_ENVIRONMENT = {
  AUTH_MODE: authMode({
    default: 'gateway',
    desc: 'Source of the tenant: gateway (the header is trusted) or jwt (a claim of the bearer token)',
  }),
  GATEWAY_TOKEN: matching(
    /^[\x21-\x7e]{0,512}$/,
    'up to 512 visible ASCII characters',
  )({
    default: '',
    desc: 'Mode gateway: token that the gateway must send in X-Gateway-Token; empty requires none',
  }),
  OPERATOR_TOKEN: matching(
    /^([\w.~+/-]{1,512}=*)?$/,
    'up to 512 letters, digits and -._~+/, as a bearer token has',
  )({
    default: '',
    desc: 'Mode gateway: bearer token of operators; empty rejects all operator requests',
  }),
  JWT_JWKS_URL: jwksUrl({ default: '', desc: "Mode jwt: URL of the issuer's key set (JWKS)" }),
  JWT_ISSUER: str({ default: '', desc: 'Mode jwt: the issuer, exactly as in the iss claim' }),
  JWT_AUDIENCE: str({ default: '', desc: 'Mode jwt: the name of this service in the aud claim' }),
  JWT_TENANT_CLAIM: claim({
    default: 'tenant_id',
    desc: 'Mode jwt: claim with the tenant; separate nested names with dots',
  }),
  JWT_ROLES_CLAIM: claim({
    default: 'roles',
    desc: 'Mode jwt: claim with the roles, an array or space-separated; compute:operator grants operator access',
  }),
  JWT_JWKS_CACHE_SECONDS: integer(
    1,
    86_400,
  )({
    default: 600,
    desc: 'Mode jwt: maximum age of cached keys; a withdrawn key is rejected after this time',
  }),
  JWT_JWKS_TIMEOUT_MS: integer(
    50,
    60_000,
  )({ default: 3000, desc: 'Mode jwt: time limit for fetching the keys' }),
};

type AuthEnvironment = CleanedEnv<typeof AUTH_ENVIRONMENT>;

const NEEDED_FOR_JWT = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;

/** Problems with the combination of variables. */
export function authProblems(env: AuthEnvironment): readonly string[] {
  if (env.AUTH_MODE === 'jwt') {
    return NEEDED_FOR_JWT.filter((key) => env[key] === '').map(
      (key) => `${key} is required for AUTH_MODE=jwt`,
    );
  }
  // A configured issuer implies that tokens are checked; trusting the header alone would let anyone in.
  return NEEDED_FOR_JWT.filter((key) => env[key] !== '').map(
    (key) => `${key} has an effect only with AUTH_MODE=jwt`,
  );
}

export function toAuthConfig(env: AuthEnvironment): AuthConfig {
  if (env.AUTH_MODE === 'gateway') {
    return {
      mode: 'gateway',
      gatewayToken: toSecret(env.GATEWAY_TOKEN),
      operatorToken: toSecret(env.OPERATOR_TOKEN),
    };
  }
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

function toSecret(text: string): Secret | undefined {
  return text === '' ? undefined : new Secret(text);
}
