import { startApp, type TestApp } from '../support/app';
import { Client, type ApiResponse } from '../support/client';
import { eventually } from '../support/eventually';
import { Issuer, newKey, type IssuerFault, type SigningKey } from '../support/issuer';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';

/** For tests that wait for this timeout; the others use the default, which even a busy machine does not reach. */
const SHORT_TIMEOUT = { JWT_JWKS_TIMEOUT_MS: '500' };
const CACHE_SECONDS = 3600;
/** Pauses before the service fetches the keys again: after an unknown key, and after a failure. */
const UNKNOWN_KEY_PAUSE_MS = 10_000;
const FAILURE_PAUSE_MS = 1000;

/** An application, the issuer that it trusts, and the clock of the pauses between fetches. */
interface Setup {
  readonly issuer: Issuer;
  readonly app: TestApp;
  readonly clock: ManualClock;
}

async function setUp(environment: Readonly<Record<string, string>> = {}): Promise<Setup> {
  const issuer = await Issuer.start();
  const clock = new ManualClock();
  const app = await startApp({
    environment: { ...issuer.environment, JWT_JWKS_CACHE_SECONDS: String(CACHE_SECONDS), ...environment },
    clock,
  });
  return { issuer, app, clock };
}

async function tearDown({ app, issuer }: Setup): Promise<void> {
  await app.close();
  await issuer.stop();
}

describe('the keys of the issuer', () => {
  let shared: Setup;
  let issuer: Issuer;
  let app: TestApp;
  let clock: ManualClock;
  /** How far `Date.now` is ahead; grows, so that no test finds keys that an earlier one made the service fetch. */
  let aheadMs = 0;

  beforeAll(async () => {
    shared = await setUp();
  });
  beforeEach(async () => {
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + aheadMs);
    await use(shared);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => tearDown(shared));

  /** Uses this application as if it had just started: its cached keys have expired and its pauses are over. */
  const use = async (given: Setup): Promise<void> => {
    ({ issuer, app, clock } = given);
    outliveCache();
    clock.pass(UNKNOWN_KEY_PAUSE_MS);
    await issuer.reset();
  };

  const send = (token: string): Promise<ApiResponse<unknown>> =>
    new Client(app.url, '').get('/instances', {
      'X-Tenant-ID': undefined,
      Authorization: `Bearer ${token}`,
    });

  const call = async (key?: SigningKey): Promise<ApiResponse<unknown>> =>
    send(await issuer.token('acme', key && { key }));

  /** Moves the system time forward until the cached keys have expired. */
  const outliveCache = (): void => {
    aheadMs += CACHE_SECONDS * 1000;
  };

  const expectUnavailable = (answer: ApiResponse<unknown>): void => {
    expectProblem(answer, { status: 503, code: 'jwks_unavailable' });
    expect(answer.headers.get('retry-after')).toBe('5');
  };

  it('are fetched once for many tokens, and only when the first arrives', async () => {
    const fresh = await setUp();
    try {
      ({ issuer, app } = fresh);
      expect(issuer.requests).toBe(0);
      const answers = await Promise.all(Array.from({ length: 20 }, () => call()));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(issuer.requests).toBe(1);
    } finally {
      await tearDown(fresh);
    }
  });

  it('may change at any time: a new key is accepted at once', async () => {
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
    const callUnnamed = async (key: SigningKey, claims = {}): Promise<ApiResponse<unknown>> =>
      send(await issuer.token('acme', { key, claims, header: { kid: undefined } }));

    const expectRefused = (answer: ApiResponse<unknown>, reason: string): void => {
      expectProblem(answer, { status: 401, code: 'token_invalid' });
      expect(answer.text).toContain(reason);
    };

    it('are each tried if they have no kid', async () => {
      const [one, other] = [await withoutKid(), await withoutKid()];
      issuer.publish(one, await withoutKid('ES256'), other);
      expect((await callUnnamed(one)).status).toBe(200);
      expect((await callUnnamed(other)).status).toBe(200);
      expectRefused(await callUnnamed(other, { exp: 1 }), 'expired');
      expectRefused(await callUnnamed(other, { aud: 'another' }), 'aud');
      expectRefused(await callUnnamed(await newKey()), 'not signed with a key');
    });

    it('are each tried for a token without kid', async () => {
      const [one, other] = [await newKey(), await newKey()];
      issuer.publish(one, other);
      expect((await callUnnamed(one)).status).toBe(200);
      expect((await callUnnamed(other)).status).toBe(200);
      expect((await call(other)).status).toBe(200);
    });

    it('are each tried if they have the same kid', async () => {
      const [one, other] = [await newKey('RS256', 'same'), await newKey('RS256', 'same')];
      issuer.publish(one, other);
      expect((await call(one)).status).toBe(200);
      expect((await call(other)).status).toBe(200);
      expectRefused(await call(await newKey('RS256', 'same')), 'not signed with a key');
    });

    it('may change at any time: a new key is accepted at once', async () => {
      const [first, second, third] = [await withoutKid(), await withoutKid(), await withoutKid()];
      issuer.publish(first);
      expect((await callUnnamed(first)).status).toBe(200);
      issuer.publish(first, second);
      expect((await callUnnamed(second)).status).toBe(200);
      expect((await callUnnamed(first)).status).toBe(200);
      expect(issuer.requests).toBe(2);
      // Tokens signed with unknown keys do not cause repeated fetches.
      for (let index = 0; index < 5; index++)
        expectRefused(await callUnnamed(third), 'not signed with a key');
      expect(issuer.requests).toBe(2);
    });

    it('are skipped if they are unusable', async () => {
      const [broken, good] = [await withoutKid(), await withoutKid()];
      issuer.publish({ ...broken, jwk: { ...broken.jwk, n: 'AQAB' } }, good);
      expect((await callUnnamed(good)).status).toBe(200);
    });

    it.each([
      [16, 200],
      [17, 401],
    ])('are tried up to a limit: with %i keys, a token of the last one gets %i', async (count, status) => {
      const keys = await Promise.all(Array.from({ length: count }, () => withoutKid('ES256')));
      issuer.publish(...keys);
      const answer = await callUnnamed(issuer.key);
      expect(answer.status).toBe(status);
      if (status === 401) expectRefused(answer, 'several keys of the issuer');
    });
  });

  it('are refused after withdrawal as soon as the cache expires', async () => {
    const { key: first } = issuer;
    expect((await call(first)).status).toBe(200);
    issuer.publish(await newKey());
    expect((await call(first)).status).toBe(200);
    outliveCache();
    expect((await call(first)).status).toBe(401);
    expect((await call()).status).toBe(200);
  });

  it('are not fetched again for every token with an unknown kid', async () => {
    expect((await call()).status).toBe(200);
    const callUnknown = async (round: string): Promise<void> => {
      const keys = Array.from({ length: 40 }, (_, index) => ({ ...issuer.key, kid: `${round}-${index}` }));
      const answers = await Promise.all(keys.map((key) => call(key)));
      expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(401));
    };
    // Once for the first token, once for the first unknown `kid`, and once more after the pause.
    for (let round = 0; round < 5; round++) await callUnknown(`unknown-${round}`);
    expect(issuer.requests).toBe(2);
    clock.pass(UNKNOWN_KEY_PAUSE_MS - 1);
    await callUnknown('within-pause');
    expect(issuer.requests).toBe(2);
    clock.pass(1);
    await callUnknown('after-pause');
    expect(issuer.requests).toBe(3);
    expect((await call()).status).toBe(200);
  });

  it.each(['none', 'HS256', 'HS512', 'dir'])('are not fetched for a token of algorithm %s', async (alg) => {
    const [, payload, signature] = (await issuer.token('acme')).split('.');
    const header = Buffer.from(JSON.stringify({ alg, kid: issuer.key.kid })).toString('base64url');
    expectProblem(await send(`${header}.${payload}.${signature}`), { status: 401, code: 'token_invalid' });
    expect(issuer.requests).toBe(0);
  });

  describe('when unavailable', () => {
    describe('on a fault', () => {
      let impatient: Setup;

      beforeAll(async () => {
        impatient = await setUp(SHORT_TIMEOUT);
      });
      beforeEach(() => use(impatient));
      afterAll(() => tearDown(impatient));

      it.each<IssuerFault>(['hang', 'stall', 'error500', 'redirect', 'garbage', 'noKeys', 'endless'])(
        'cause a 503 on fault %s, then recover',
        async (fault) => {
          issuer.fault = fault;
          expectUnavailable(await call());
          expectUnavailable(await call(await newKey()));
          issuer.fault = undefined;
          // Repeated, because a busy machine may reach the short timeout.
          await eventually(async () => {
            clock.pass(FAILURE_PAUSE_MS);
            expect((await call()).status).toBe(200);
          });
        },
      );
    });

    it('cause a 503 while the issuer is down, then recover', async () => {
      await issuer.stop();
      expectUnavailable(await call());
      expect((await new Client(app.url, '').request('/health')).status).toBe(200);
      await issuer.up();
      clock.pass(FAILURE_PAUSE_MS - 1);
      expectUnavailable(await call());
      clock.pass(1);
      expect((await call()).status).toBe(200);
    });

    it('are used until the cache expires, and no longer', async () => {
      expect((await call()).status).toBe(200);
      await issuer.stop();
      expect((await call()).status).toBe(200);
      outliveCache();
      expectUnavailable(await call());
    });

    it('do not block tokens whose key is cached', async () => {
      expect((await call()).status).toBe(200);
      issuer.fault = 'hang';
      const unknown = call(await newKey());
      await eventually(() => expect(issuer.requests).toBe(2));
      expect((await call()).status).toBe(200);
      await issuer.stop();
      expectUnavailable(await unknown);
    });

    it('are not fetched on every request while the issuer fails', async () => {
      issuer.fault = 'error500';
      const callOften = async (): Promise<void> => {
        for (const answer of await Promise.all(Array.from({ length: 20 }, () => call())))
          expectUnavailable(answer);
      };
      for (let round = 0; round < 5; round++) await callOften();
      expect(issuer.requests).toBe(1);
      clock.pass(FAILURE_PAUSE_MS - 1);
      await callOften();
      expect(issuer.requests).toBe(1);
      clock.pass(1);
      await callOften();
      expect(issuer.requests).toBe(2);
    });
  });
});
