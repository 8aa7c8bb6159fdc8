import { startApp, type TestApp } from '../support/app';
import { Client, type ApiResponse } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { POSTGRES_MISSING } from '../support/postgres';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const LIMIT = 20;
const ASKED = 60;
const environment = { RATE_LIMIT_PER_MINUTE: String(LIMIT), GATEWAY_TOKEN: 'secret' };
const gateway = { 'X-Gateway-Token': 'secret' };

const remainingOf = ({ headers }: ApiResponse<unknown>): number =>
  Number(headers.get('ratelimit-remaining') ?? 'NaN');

/** Expects exactly `LIMIT` admitted requests, each with a distinct remaining count. */
const expectExact = (answers: readonly ApiResponse<unknown>[]): void => {
  const passed = answers.filter(({ status }) => status === 200);
  expect(passed.map(remainingOf).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: LIMIT }, (_, n) => n),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(ASKED - LIMIT);
  for (const answer of refused) {
    expectProblem(answer, { status: 429, code: 'rate_limited' });
    expect(remainingOf(answer)).toBe(0);
    expect(answer.headers.get('ratelimit-limit')).toBe(String(LIMIT));
    const reset = Number(answer.headers.get('ratelimit-reset'));
    expect([reset >= 1, reset <= 60]).toEqual([true, true]);
    expect(answer.headers.get('retry-after')).toBe(String(reset));
  }
};

describe('RATE_LIMIT_PER_MINUTE', () => {
  const app = useApp({ environment });
  const list = (tenant: string, headers = gateway) => app.as(tenant).get('/instances', headers);

  it('admits exactly the limit of parallel requests, independently per tenant', async () => {
    const [busy, quiet] = [newTenant(), newTenant()];
    expectExact(await Promise.all(Array.from({ length: ASKED }, () => list(busy))));
    const answer = await list(quiet);
    expect([answer.status, remainingOf(answer)]).toEqual([200, LIMIT - 1]);
  });

  it('counts all requests except unauthenticated ones', async () => {
    const tenant = newTenant();
    for (let round = 0; round < 3; round++) {
      expect((await list(tenant, { 'X-Gateway-Token': 'wrong' })).status).toBe(401);
    }
    const missing = await app.as(tenant).get('/instances/nothing', gateway);
    expect([missing.status, remainingOf(missing)]).toEqual([404, LIMIT - 1]);
    expect(remainingOf(await app.as(tenant).post('/instances', {}, gateway))).toBe(LIMIT - 2);
  });

  it('does not count public routes', async () => {
    for (let round = 0; round <= LIMIT; round++) {
      const { status, headers } = await app.as('default').get('/flavors');
      expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
    }
  });
});

describe('without a rate limit', () => {
  const app = useApp();

  it('responses have no rate limit headers', async () => {
    const { status, headers } = await app.as(newTenant()).get('/instances');
    expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
  });
});

describeWhere(POSTGRES_MISSING, 'two replicas on one PostgreSQL', () => {
  let database: TestDatabase;
  let replicas: readonly TestApp[];

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    const both = { ...environment, ...database.environment };
    replicas = await Promise.all([1, 2].map(() => startApp({ environment: both, database: 'embedded' })));
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await database.remove();
  });

  it('share one exact count', async () => {
    const tenant = newTenant();
    const answers = Array.from({ length: ASKED }, (_, index) =>
      new Client(replicas[index % 2]?.url ?? '', tenant).get('/instances', gateway),
    );
    expectExact(await Promise.all(answers));
  });
});
