import { createHmac } from 'node:crypto';
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import type { Instance } from '../../src/compute/instances';
import type { ApiResponse } from '../support/client';
import { Issuer, newKey, type SigningKey } from '../support/issuer';
import { expectProblem } from '../support/problem';
import { SeenModule } from '../support/seen-routes';
import { newTenant, useApp } from '../support/use-app';

const ALGORITHMS = ['PS384', 'ES256', 'ES512', 'EdDSA', 'RS256'];
const NOW = Math.floor(Date.now() / 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('AUTH_MODE=jwt', () => {
  let issuer: Issuer;
  let published: readonly SigningKey[];
  const environment: Record<string, string> = { JWT_ROLES_CLAIM: 'realm_access.roles' };
  beforeAll(async () => {
    issuer = await Issuer.start();
    published = await Promise.all(ALGORITHMS.map((alg) => newKey(alg)));
    issuer.publish(...published);
    Object.assign(environment, issuer.environment);
  });
  afterAll(() => issuer.stop());
  const app = useApp({ environment, modules: [SeenModule] });

  const call = <T>(
    token: string | undefined,
    path = '/instances',
    { method = 'GET', tenant }: { readonly method?: string; readonly tenant?: string } = {},
  ): Promise<ApiResponse<T>> =>
    app.as('').send<T>(method, path, undefined, {
      'X-Tenant-ID': tenant,
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    });

  const expectRefused = (answer: ApiResponse<unknown>): void => {
    expectProblem(answer, { status: 401, code: 'token_invalid' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="compute", error="invalid_token"');
    expect(answer.text).not.toContain('eyJ');
  };

  describe('a token of the issuer', () => {
    it('determines the tenant, with or without the header', async () => {
      const tenant = newTenant();
      const token = await issuer.token(tenant);
      for (const header of [undefined, '', tenant]) {
        const { status, body } = await call(
          token,
          '/seen/tenant',
          header === undefined ? {} : { tenant: header },
        );
        expect([status, body]).toEqual([
          200,
          { tenantId: tenant, actor: 'user:somebody', isOperator: false },
        ]);
      }
    });

    it('suffices to create an instance', async () => {
      const tenant = newTenant();
      const headers = { 'X-Tenant-ID': undefined, Authorization: `bearer ${await issuer.token(tenant)}` };
      const created = await app
        .as('')
        .post<Instance>('/instances', { name: 'web', flavor: 'small' }, headers);
      expect([created.status, created.body.tenantId]).toEqual([201, tenant]);
      const other = await issuer.token(newTenant());
      expectProblem(await call(other, `/instances/${created.body.id}`), {
        status: 403,
        code: 'access_denied',
      });
    });

    it.each(ALGORITHMS)('may be signed with %s', async (alg) => {
      const key = published.find((each) => each.alg === alg);
      if (!key) throw new Error(`no key for ${alg}`);
      expect((await call(await issuer.token('acme', { key }))).status).toBe(200);
    });

    it.each([
      ['aud among others', { aud: ['billing', 'compute'] }],
      ['no subject', { sub: undefined }],
      ['a clock a little ahead', { nbf: NOW + 3, iat: NOW + 3 }],
    ])('may have %s', async (_, claims) => {
      expect((await call(await issuer.token('acme', { claims }))).status).toBe(200);
    });
  });

  describe('refuses', () => {
    it('a request without a token, with a challenge', async () => {
      for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer two tokens']) {
        const headers = { 'X-Tenant-ID': 'acme', Authorization: authorization };
        const answer = await app.as('').get('/instances', headers);
        expectProblem(answer, { status: 401, code: 'token_required' });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="compute"');
      }
    });

    it.each<[string, Readonly<Record<string, unknown>>]>([
      ['another issuer', { iss: 'https://other.example.com/' }],
      ['an issuer that begins like it', { iss: 'https://issuer.example.com' }],
      ['no issuer', { iss: undefined }],
      ['another audience', { aud: 'billing' }],
      ['an audience in capitals', { aud: ['COMPUTE'] }],
      ['no audience', { aud: undefined }],
      ['an expiry that is past', { exp: NOW - 60 }],
      ['no expiry', { exp: undefined }],
      ['an expiry that is no number', { exp: 'tomorrow' }],
      ['a beginning that is to come', { nbf: NOW + 3600 }],
    ])('a token with %s', async (_, claims) => {
      expectRefused(await call(await issuer.token('acme', { claims })));
    });

    it('a token signed by another key with the issuer’s kid', async () => {
      const key = await newKey('RS256', issuer.key.kid);
      expectRefused(await call(await issuer.token('acme', { key })));
    });

    it('a token whose claims were changed', async () => {
      const [header, , signature] = (await issuer.token('acme')).split('.');
      expectRefused(await call(`${header}.${encode(issuer.claimsOf('victim'))}.${signature}`));
    });

    it('a token without a signature, however its algorithm is spelled', async () => {
      const unsecured = new UnsecuredJWT(issuer.claimsOf('acme')).encode();
      const [, payload] = (await issuer.token('acme')).split('.');
      const { kid } = issuer.key;
      const spelt = ['none', 'None', 'NONE', '', undefined].map(
        (alg) => `${encode({ alg, kid })}.${payload}.`,
      );
      for (const token of [unsecured, ...spelt]) expectRefused(await call(token));
    });

    it('a token whose HMAC was made with the public key', async () => {
      const { kid, publicKey, jwk } = issuer.key;
      const pem = await exportSPKI(publicKey);
      const secrets = [
        pem,
        pem.trim(),
        Buffer.from(jwk.n ?? '', 'base64url'),
        jwk.n ?? '',
        JSON.stringify(jwk),
      ];
      for (const alg of ['HS256', 'HS512']) {
        const signed = `${encode({ alg, kid, typ: 'JWT' })}.${encode(issuer.claimsOf('acme'))}`;
        for (const secret of secrets) {
          const mac = createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret)
            .update(signed)
            .digest('base64url');
          expectRefused(await call(`${signed}.${mac}`));
        }
      }
    });

    it('a token that embeds or links its own key', async () => {
      const stranger = await Issuer.start();
      const key = stranger.key;
      const jku = stranger.environment['JWT_JWKS_URL'] ?? '';
      for (const header of [
        { jwk: key.jwk },
        { jku },
        { x5u: jku },
        { jwk: key.jwk, kid: issuer.key.kid },
        { jku, kid: issuer.key.kid },
      ]) {
        const token = await new SignJWT(issuer.claimsOf('acme'))
          .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
          .sign(key.privateKey);
        expectRefused(await call(token));
      }
      expect(stranger.requests).toBe(0);
      await stranger.stop();
    });

    it('malformed tokens', async () => {
      const token = await issuer.token('acme');
      for (const text of [
        'x',
        'a.b.c',
        '..',
        `${token}.`,
        token.slice(0, -5),
        `${token}\u00e4`,
        'x'.repeat(9000),
      ])
        expectRefused(await call(text));
    });

    it.each([undefined, '', null, 42, 'two words', 'x'.repeat(129), ['acme'], { id: 'acme' }, 'acme\n'])(
      'a tenant claim of %j',
      async (claim) => {
        const answer = await call(await issuer.token('acme', { claims: { tenant_id: claim } }));
        expectProblem(answer, { status: 403, code: 'tenant_claim_invalid' });
      },
    );

    it.each(['another', 'default', 'ACME', 'acme, acme', 'not a tenant'])(
      'the tenant header %j',
      async (tenant) => {
        const answer = await call(await issuer.token('acme'), '/instances', { tenant });
        expectProblem(answer, { status: 403, code: 'tenant_mismatch' });
      },
    );
  });

  describe('operators', () => {
    const operator = { realm_access: { roles: ['viewer', 'compute:operator'] } };

    it('are recognized by their role, with or without a tenant', async () => {
      for (const tenant_id of ['acme', undefined]) {
        const token = await issuer.token('', { claims: { ...operator, tenant_id, sub: 'ada lovelace' } });
        const { status, body } = await call(token, '/seen/operator', { method: 'PUT' });
        expect([status, body]).toEqual([
          200,
          { tenantId: null, actor: 'user:ada?lovelace', isOperator: true },
        ]);
      }
    });

    it('are recognized when acting for their tenant, too', async () => {
      const { body } = await call(await issuer.token('acme', { claims: operator }), '/seen/tenant');
      expect(body).toEqual({ tenantId: 'acme', actor: 'user:somebody', isOperator: true });
    });

    it.each([
      {},
      { realm_access: {} },
      { roles: ['compute:operator'] },
      { realm_access: { roles: 'operator' } },
    ])('are not recognized by the claims %j', async (claims) => {
      const answer = await call(await issuer.token('acme', { claims }), '/seen/operator', { method: 'PUT' });
      expectProblem(answer, { status: 403, code: 'operator_required' });
    });

    it('are refused without a valid token', async () => {
      const expired = await issuer.token('acme', { claims: { ...operator, exp: NOW - 60 } });
      expectRefused(await call(expired, '/seen/operator', { method: 'PUT' }));
      expectProblem(await call(undefined, '/seen/operator', { method: 'PUT' }), {
        status: 401,
        code: 'token_required',
      });
    });
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
      expect([path, (await app.as('').get(path, { Authorization: 'Bearer x' })).status]).toEqual([path, 200]);
  });
});
