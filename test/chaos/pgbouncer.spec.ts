import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { PGBOUNCER_MISSING, PgBouncer } from '../support/pgbouncer';
import { POSTGRES_MISSING } from '../support/postgres';
import { refusalOf, ServiceProcess } from '../support/service';

const missing = POSTGRES_MISSING ?? PGBOUNCER_MISSING;
const when = missing === undefined ? describe : describe.skip;

when(`PgBouncer${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let database: TestDatabase;
  let pooler: PgBouncer | undefined;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterEach(async () => {
    await pooler?.stop();
    pooler = undefined;
  });
  afterAll(() => database.remove());

  async function environmentBehind(settings: Record<string, string>): Promise<Record<string, string>> {
    pooler = await PgBouncer.start(database.environment['DATABASE_URL'] ?? '', settings);
    return { DATABASE_URL: pooler.url, PROVISION_DELAY_MS: '0' };
  }

  it('lets two replicas share the work with its default settings', async () => {
    const environment = await environmentBehind({ default_pool_size: '40' });
    const first = await ServiceProcess.start(environment);
    const second = await ServiceProcess.start(environment);
    const { id } = await new Client(first.url, 'tenant-a').createRunning();
    // The other replica responds when it is notified of the completion, before its next poll.
    await new Client(second.url, 'tenant-a').reaches(id, 'running');
    expect(await first.stop()).toBe(0);
    expect(await second.stop()).toBe(0);
  });

  it.each<Record<string, string>>([
    { pool_mode: 'transaction' },
    { pool_mode: 'transaction', default_pool_size: '1' },
    { pool_mode: 'transaction', min_pool_size: '3', server_round_robin: '1' },
    { pool_mode: 'transaction', ignore_startup_parameters: 'statement_timeout,options' },
    { pool_mode: 'statement' },
  ])('refuses to start if PgBouncer shares connections: %j', async (settings) => {
    const environment = await environmentBehind(settings);
    expect(await refusalOf(environment)).toBe(
      'cannot start: DATABASE_URL points to a connection pooler in transaction or statement mode: ' +
        'set pool_mode=session for this database, or connect to PostgreSQL directly',
    );
  });

  it('refuses to start if the pool has only one connection', async () => {
    const environment = await environmentBehind({ default_pool_size: '1' });
    expect(await refusalOf({ ...environment, DATABASE_CONNECT_TIMEOUT_MS: '1000' })).toMatch(
      /^cannot start: DATABASE_URL allows no second connection .*: allow DATABASE_POOL_SIZE \+ 1 connections/,
    );
  });
});
