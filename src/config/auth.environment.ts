import { str, type CleanedEnv } from 'envalid';
import { Secret } from '../common/secret';
import type { AuthConfig } from './app-config';
import { authMode, integer, jwksUrl, matching } from './validators';

const CLAIM = /^[\x21-\x7e]{1,256}$/;
const claim = matching(CLAIM, 'the name of a claim, or a path of names like realm_access.roles');

/** Authentication settings. */
export const AUTH_ENVIRONMENT = {
  AUTH_MODE: authMode({
    default: 'gateway',
    desc: 'Who says which tenant calls: gateway (the header is trusted) or jwt (a claim of the bearer token)',
  }),
  GATEWAY_TOKEN: matching(
    /^[\x21-\x7e]{0,512}$/,
    'up to 512 visible ASCII characters',
  )({
    default: '',
    desc: 'Mode gateway: what the gateway must send in X-Gateway-Token; empty asks for nothing',
  }),
  OPERATOR_TOKEN: matching(
    /^([\w.~+/-]{1,512}=*)?$/,
    'up to 512 letters, digits and -._~+/, as a bearer token has',
  )({
    default: '',
    desc: 'Mode gateway: bearer token of operators; empty refuses every operator call',
  }),
  JWT_JWKS_URL: jwksUrl({ default: '', desc: 'Mode jwt: where the keys of the issuer are' }),
  JWT_ISSUER: str({ default: '', desc: 'Mode jwt: the issuer, exactly as in the claim iss' }),
  JWT_AUDIENCE: str({ default: '', desc: 'Mode jwt: the name of this service in the claim aud' }),
  JWT_TENANT_CLAIM: claim({
    default: 'tenant_id',
    desc: 'Mode jwt: claim with the tenant; a path has dots',
  }),
  JWT_ROLES_CLAIM: claim({
    default: 'roles',
    desc: 'Mode jwt: claim with the roles, an array or words; compute:operator makes an operator',
  }),
  JWT_JWKS_CACHE_SECONDS: integer(
    1,
    86_400,
  )({ default: 600, desc: 'Mode jwt: time after which a key that was withdrawn is refused' }),
  JWT_JWKS_TIMEOUT_MS: integer(
    50,
    60_000,
  )({ default: 3000, desc: 'Mode jwt: longest time that the keys are waited for' }),
};

type AuthEnvironment = CleanedEnv<typeof AUTH_ENVIRONMENT>;

const NEEDED_FOR_JWT = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;

/** Problems with the combination of variables. */
export function authProblems(env: AuthEnvironment): readonly string[] {
  if (env.AUTH_MODE === 'jwt') {
    return NEEDED_FOR_JWT.filter((key) => env[key] === '').map((key) => `${key} is needed for AUTH_MODE=jwt`);
  }
  // A configured issuer implies that tokens are checked; trusting the header alone would let anyone in.
  return NEEDED_FOR_JWT.filter((key) => env[key] !== '').map(
    (key) => `${key} counts with AUTH_MODE=jwt only`,
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
