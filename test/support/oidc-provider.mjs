/**
 * An OpenID provider whose users need no password, as a process of its own:
 *
 *     node test/support/oidc-provider.mjs REDIRECT_URI
 *
 * Prints its issuer when it listens. Access tokens are JWTs for the audience `compute`; the name with which a user signs
 * in is the tenant.
 */
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [redirectUri] = process.argv.slice(2);
const TOKEN_SECONDS = 600;
const RESOURCE = 'urn:compute';

const server = createServer((request, response) => handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'console',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'key' }] },
  cookies: { keys: ['a key for tests'] },
  clientBasedCORS: () => true,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  extraTokenClaims: (_, token) => ({ tenant_id: token.accountId }),
  ttl: {
    AccessToken: TOKEN_SECONDS,
    Grant: TOKEN_SECONDS,
    Session: TOKEN_SECONDS,
    Interaction: TOKEN_SECONDS,
  },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'openid',
        audience: 'compute',
        accessTokenFormat: 'jwt',
        accessTokenTTL: TOKEN_SECONDS,
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});
const handle = provider.callback();
console.log(issuer);
