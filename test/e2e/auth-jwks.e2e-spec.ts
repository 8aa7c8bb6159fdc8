import { startApp, type TestApp } from '../support/app';
import { Client, type Answer } from '../support/client';
import { eventually } from '../support/eventually';
import { Issuer, newKey, type IssuerFault, type SigningKey } from '../support/issuer';
import { expectProblem } from '../support/problem';

/** For tests that wait for this timeout; the others use the default, which even a busy machine does not reach. */
const SHORT_TIMEOUT = { JWT_JWKS_TIMEOUT_MS: '500' };
const CACHE_SECONDS = 60;
/** Pauses before the service fetches the keys again: after an unknown key, and after a failure. */
const UNKNOWN_KEY_PAUSE_MS = 10_000;
const FAILURE_PAUSE_MS = 1000;

describe('the keys of the issuer', () => {
  let issuer: Issuer;
  let app: TestApp;

  beforeEach(async () => {
    issuer = await Issuer.start();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
    await issuer.stop();
  });

  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    app = await startApp({ environment: { ...issuer.environment, ...environment } });
  };

  const send = (token: string): Promise<Answer<unknown>> =>
    new Client(app.url, '').get('/instances', {
      'X-Tenant-ID': undefined,
      Authorization: `Bearer ${token}`,
    });

  const call = async (key?: SigningKey): Promise<Answer<unknown>> =>
    send(await issuer.token('acme', key && { key }));

  /** Moves the clock forward until the cached keys have expired. */
  const outliveCache = (): void => {
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + CACHE_SECONDS * 1000);
  };

  const expectUnavailable = (answer: Answer<unknown>): void => {
    expectProblem(answer, { status: 503, code: 'jwks_unavailable' });
    expect(answer.headers.get('retry-after')).toBe('5');
  };

  it('are fetched once for many tokens, and only when the first arrives', async () => {
    await start();
    expect(issuer.requests).toBe(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => call()));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(issuer.requests).toBe(1);
  });

  it('may change at any time: a new key is accepted at once', async () => {
    await start();
    const { key: first } = issuer;
    expect((await call()).status).toBe(200);
    issuer.publish(first, await newKey());
    const answers = await Promise.all([call(), call(), call(first), call()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(issuer.requests).toBe(2);
  });

  describe('without distinct kids', () => {
    const withoutKid = async (alg?: string): Promise<SigningKey> => {
      const key = await newKey(alg);
      const jwk = { ...key.jwk };
      delete jwk.kid;
      return { ...key, jwk };
    };
    /** Calls with a token that has no `kid`. */
    const callUnnamed = async (key: SigningKey, claims = {}): Promise<Answer<unknown>> =>
      send(await issuer.token('acme', { key, claims, header: { kid: undefined } }));

    const expectRefused = (answer: Answer<unknown>, reason: string): void => {
      expectProblem(answer, { status: 401, code: 'token_invalid' });
      expect(answer.text).toContain(reason);
    };

    it('are each tried if they have no kid', async () => {
      const [one, other] = [await withoutKid(), await withoutKid()];
      issuer.publish(one, await withoutKid('ES256'), other);
      await start();
      expect((await callUnnamed(one)).status).toBe(200);
      expect((await callUnnamed(other)).status).toBe(200);
      expectRefused(await callUnnamed(other, { exp: 1 }), 'expired');
      expectRefused(await callUnnamed(other, { aud: 'another' }), 'aud');
      expectRefused(await callUnnamed(await newKey()), 'not signed with a key');
    });

    it('are each tried for a token without kid', async () => {
      const [one, other] = [await newKey(), await newKey()];
      issuer.publish(one, other);
      await start();
      expect((await callUnnamed(one)).status).toBe(200);
      expect((await callUnnamed(other)).status).toBe(200);
      expect((await call(other)).status).toBe(200);
    });

    it('are each tried if they have the same kid', async () => {
      const [one, other] = [await newKey('RS256', 'same'), await newKey('RS256', 'same')];
      issuer.publish(one, other);
      await start();
      expect((await call(one)).status).toBe(200);
      expect((await call(other)).status).toBe(200);
      expectRefused(await call(await newKey('RS256', 'same')), 'not signed with a key');
    });

    it('may change at any time: a new key is accepted at once', async () => {
      const [first, second, third] = [await withoutKid(), await withoutKid(), await withoutKid()];
      issuer.publish(first);
      await start();
      expect((await callUnnamed(first)).status).toBe(200);
      issuer.publish(first, second);
      expect((await callUnnamed(second)).status).toBe(200);
      expect((await callUnnamed(first)).status).toBe(200);
      expect(issuer.requests).toBe(2);
      // Tokens signed with unknown keys do not cause repeated fetches.
      for (let index = 0; index < 5; index++) expectRefused(await callUnnamed(third), 'not signed with a key');
      expect(issuer.requests).toBe(2);
    });

    it('are skipped if they are unusable', async () => {
      const [broken, good] = [await withoutKid(), await withoutKid()];
      issuer.publish({ ...broken, jwk: { ...broken.jwk, n: 'AQAB' } }, good);
      await start();
      expect((await callUnnamed(good)).status).toBe(200);
    });

    it.each([
      [16, 200],
      [17, 401],
    ])('are tried up to a limit: with %i keys, a token of the last one gets %i', async (count, status) => {
      const keys = await Promise.all(Array.from({ length: count }, () => withoutKid('ES256')));
      issuer.publish(...keys);
      await start();
      const answer = await callUnnamed(issuer.key);
      expect(answer.status).toBe(status);
      if (status === 401) expectRefused(answer, 'several keys of the issuer');
    });
  });

  it('are refused after withdrawal as soon as the cache expires', async () => {
    await start({ JWT_JWKS_CACHE_SECONDS: String(CACHE_SECONDS) });
    const { key: first } = issuer;
    expect((await call(first)).status).toBe(200);
    issuer.publish(await newKey());
    expect((await call(first)).status).toBe(200);
    outliveCache();
    expect((await call(first)).status).toBe(401);
    expect((await call()).status).toBe(200);
  });

  it('are not fetched again for every token with an unknown kid', async () => {
    await start();
    expect((await call()).status).toBe(200);
    const startedAt = performance.now();
    for (let round = 0; round < 5; round++) {
      const unknown = await Promise.all(
        Array.from({ length: 40 }, async (_, index) =>
          call({ ...issuer.key, kid: `unknown-${round}-${index}` }),
        ),
      );
      expect(unknown.every(({ status }) => status === 401)).toBe(true);
    }
    // Once for the first token, once for the first unknown `kid`, and once more after each pause.
    const pauses = Math.floor((performance.now() - startedAt) / UNKNOWN_KEY_PAUSE_MS);
    expect(issuer.requests).toBeGreaterThanOrEqual(2);
    expect(issuer.requests).toBeLessThanOrEqual(2 + pauses);
    expect((await call()).status).toBe(200);
  });

  it.each(['none', 'HS256', 'HS512', 'dir'])('are not fetched for a token of algorithm %s', async (alg) => {
    await start();
    const [, payload, signature] = (await issuer.token('acme')).split('.');
    const header = Buffer.from(JSON.stringify({ alg, kid: issuer.key.kid })).toString('base64url');
    expectProblem(await send(`${header}.${payload}.${signature}`), { status: 401, code: 'token_invalid' });
    expect(issuer.requests).toBe(0);
  });

  describe('when unavailable', () => {
    it.each<IssuerFault>(['hang', 'stall', 'error500', 'redirect', 'garbage', 'noKeys', 'endless'])(
      'cause a 503 on fault %s, then recover',
      async (fault) => {
        await start(SHORT_TIMEOUT);
        issuer.fault = fault;
        expectUnavailable(await call());
        expectUnavailable(await call(await newKey()));
        issuer.fault = undefined;
        await eventually(async () => expect((await call()).status).toBe(200));
      },
    );

    it('cause a 503 while the issuer is down, then recover', async () => {
      await issuer.stop();
      await start();
      expectUnavailable(await call());
      expect((await new Client(app.url, '').request('/health')).status).toBe(200);
      await issuer.up();
      await eventually(async () => expect((await call()).status).toBe(200));
    });

    it('are used until the cache expires, and no longer', async () => {
      await start({ JWT_JWKS_CACHE_SECONDS: String(CACHE_SECONDS) });
      expect((await call()).status).toBe(200);
      await issuer.stop();
      expect((await call()).status).toBe(200);
      outliveCache();
      expectUnavailable(await call());
    });

    it('do not block tokens whose key is cached', async () => {
      await start();
      expect((await call()).status).toBe(200);
      issuer.fault = 'hang';
      const unknown = call(await newKey());
      await eventually(() => expect(issuer.requests).toBe(2));
      expect((await call()).status).toBe(200);
      await issuer.stop();
      expectUnavailable(await unknown);
    });

    it('are not fetched on every request while the issuer fails', async () => {
      await start();
      issuer.fault = 'error500';
      const startedAt = performance.now();
      for (let round = 0; round < 5; round++)
        for (const answer of await Promise.all(Array.from({ length: 20 }, () => call())))
          expectUnavailable(answer);
      const pauses = Math.floor((performance.now() - startedAt) / FAILURE_PAUSE_MS);
      expect(issuer.requests).toBeLessThanOrEqual(1 + pauses);
    });
  });
});
