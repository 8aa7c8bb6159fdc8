import { DatabaseConfig } from '../../src/platform/database/database.config';
import { PostgresDatabase } from '../../src/platform/database/postgres/postgres.database';
import { fill } from '../../test/support/upgrade/fill';

/** The simulated driver has no machines to compare with, and nothing may be left to do: only the tenants' work counts. */
const AT_REST = `
  DELETE FROM operations WHERE status IN ('pending', 'running');
  DELETE FROM attachments WHERE state <> 'attached';
  DELETE FROM outbox; DELETE FROM orphans; DELETE FROM capacities; DELETE FROM leases;
  UPDATE instances SET driver = 'simulated', status = 'stopped'`;

/** Adds instances of other tenants that nothing happens to, so that migrations take as long as with real data. */
export async function addEarlierInstances(url: string, count: number): Promise<void> {
  const database = new PostgresDatabase(url, new DatabaseConfig({ DATABASE_URL: url }));
  try {
    await database.transaction(async (session) => {
      const [row] = await session.query<{ version: number }>({
        name: '',
        text: 'SELECT max(version) AS version FROM schema_migrations',
        values: [],
      });
      await session.script('DELETE FROM leases');
      await fill(session, { count, version: row?.version ?? 0 });
      await session.script(AT_REST);
    });
  } finally {
    await database.close();
  }
}
