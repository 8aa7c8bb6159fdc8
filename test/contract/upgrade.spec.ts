import { Client } from 'pg';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { migrate, schemaVersionOf } from '../../src/platform/database/migrations';
import { PostgresDatabase } from '../../src/platform/database/postgres/postgres.database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING, PostgresCluster } from '../support/postgres';
import { createSchema, EARLIER_VERSIONS, MIGRATIONS, upgrade } from '../support/upgrade/upgrade';

/** `node --require ./scripts/typescript.cjs scripts/upgrade.ts` does the same with 100,000. */
const INSTANCES = 300;
/** The next migration locks and renames tables, and grants rights. */
const BEFORE_RENAMES = 13;

describeWhere(POSTGRES_MISSING, 'an upgrade from an earlier schema', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    await cluster.sql('CREATE ROLE "a role"');
  });
  afterAll(() => cluster.stop());

  it.each(EARLIER_VERSIONS)('keeps all data of version %i', async (version) => {
    const { problems } = await upgrade(await cluster.createDatabase(), version, INSTANCES);
    expect(problems).toEqual([]);
  });

  describe('of version 13', () => {
    let url: string;
    let database: PostgresDatabase;
    beforeEach(async () => {
      url = await cluster.createDatabase();
      database = new PostgresDatabase(url, new DatabaseConfig({ DATABASE_URL: url }));
      await createSchema(database, BEFORE_RENAMES, INSTANCES);
    });
    afterEach(() => database.close());

    async function versionNow(): Promise<number> {
      const text = 'SELECT max(version) AS version FROM schema_migrations';
      return (await database.one<{ version: number }>({ name: '', text, values: [] })).version;
    }

    it('waits for a vacuum that does not give way, while requests continue', async () => {
      const [vacuum, requests] = [new Client(url), new Client(url)];
      await Promise.all([vacuum.connect(), requests.connect()]);
      // The lock of a vacuum. PostgreSQL ends an automatic one for the migration, unless it prevents wraparound.
      await vacuum.query('BEGIN; LOCK TABLE instances IN SHARE UPDATE EXCLUSIVE MODE');
      const migration = migrate(database, MIGRATIONS);
      const attempts = new Set<string>();
      const sawAttempts = (count: number): Promise<void> =>
        eventually(async () => {
          const { rows } = await requests.query<{ id: string }>(
            `SELECT virtualtransaction AS id FROM pg_locks
             WHERE relation = 'instances'::regclass AND mode = 'AccessExclusiveLock' AND NOT granted`,
          );
          for (const { id } of rows) attempts.add(id);
          expect(attempts.size).toBeGreaterThanOrEqual(count);
        });
      try {
        await requests.query(`SET statement_timeout = '10s'`);
        await sawAttempts(1);
        await requests.query(`UPDATE instances SET name = 'meanwhile'`);
        await sawAttempts(2);
        expect(await versionNow()).toBe(BEFORE_RENAMES);
        await vacuum.query('COMMIT');
        await migration;
        expect(await versionNow()).toBe(schemaVersionOf(MIGRATIONS));
        const { rows } = await requests.query('SELECT DISTINCT name FROM instances');
        expect(rows).toEqual([{ name: 'meanwhile' }]);
      } finally {
        await Promise.all([vacuum.end(), requests.end()]);
        await Promise.allSettled([migration]);
      }
    });

    it.each(['PUBLIC', '"a role"'])(
      'keeps the rights of %s, under the old and the new names',
      async (role) => {
        await cluster.sql(`GRANT SELECT ON operations, instance_events, capacities TO ${role}`, url);
        await migrate(database, MIGRATIONS);
        expect(await versionNow()).toBe(schemaVersionOf(MIGRATIONS));
        const tables = ['resource_operations', 'resource_events', 'host_inventory', 'hosts'];
        const views = ['operations', 'instance_events', 'capacities'];
        for (const name of [...tables, ...views]) {
          await cluster.sql(`SET ROLE "a role"; SELECT FROM ${name}`, url);
        }
      },
    );
  });
});
