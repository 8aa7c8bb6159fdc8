import { DatabaseConfig } from '../../src/platform/database/database.config';
import { PostgresDatabase } from '../../src/platform/database/postgres/postgres.database';
import { fill } from '../../test/support/upgrade/fill';

interface Tables {
  readonly operations: string;
  readonly capacities: string;
}

const BEFORE_HOSTS: Tables = { operations: 'operations', capacities: 'capacities' };
const WITH_HOSTS: Tables = { operations: 'resource_operations', capacities: 'host_inventory' };
const HOSTS_VERSION = 14;

/** The simulated driver has no machines to compare with, and nothing may be left to do: only the tenants' work counts. */
const atRest = ({ operations, capacities }: Tables): string => `
  DELETE FROM ${operations} WHERE status IN ('pending', 'running');
  DELETE FROM attachments WHERE state <> 'attached';
  DELETE FROM outbox; DELETE FROM orphans; DELETE FROM ${capacities}; DELETE FROM leases;
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
      const version = row?.version ?? 0;
      const hasHosts = version >= HOSTS_VERSION;
      await session.script(hasHosts ? 'DELETE FROM leases; DELETE FROM hosts' : 'DELETE FROM leases');
      await fill(session, { count, version });
      await session.script(atRest(hasHosts ? WITH_HOSTS : BEFORE_HOSTS));
    });
  } finally {
    await database.close();
  }
}
