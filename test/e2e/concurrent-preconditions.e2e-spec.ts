import { Client as Sql } from 'pg';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING } from '../support/postgres';
import { newTenant, useApp } from '../support/use-app';

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** Changes of a stopped instance. */
const CHANGES: readonly Change[] = [
  { method: 'DELETE', path: '' },
  { method: 'DELETE', path: '?force=true' },
  { method: 'POST', path: '/start' },
  { method: 'POST', path: '/networks', body: { networkId: 'net-2' } },
  { method: 'POST', path: '/volumes', body: { volumeId: 'vol-2' } },
  { method: 'DELETE', path: '/networks/net-1' },
  { method: 'DELETE', path: '/volumes/vol-1' },
];
const UPDATES = ['a', 'b', 'c', 'd'];

// Holding a row lock needs a second connection, which the embedded database does not have.
describeWhere(POSTGRES_MISSING, 'concurrent writes with the same precondition', () => {
  const app = useApp({ database: 'postgres', environment: { RECONCILE_SECONDS: '3600' } });
  let sql: Sql;
  beforeEach(async () => {
    sql = new Sql(app.running.app.get(DatabaseConfig).url);
    await sql.connect();
  });
  afterEach(() => sql.end());

  const blockedWrites = async (): Promise<number> => {
    const { rowCount } = await sql.query('SELECT FROM pg_locks WHERE NOT granted');
    return rowCount ?? 0;
  };

  /** Locks the row until all writes have read the instance and wait for the lock, in the given order. */
  async function overlap<T>(id: string, writes: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
    const begun: Promise<T>[] = [];
    await sql.query('BEGIN');
    try {
      await sql.query('SELECT FROM instances WHERE id = $1 FOR UPDATE', [id]);
      for (const write of writes) {
        begun.push(write());
        await eventually(async () => expect(await blockedWrites()).toBe(begun.length));
      }
    } finally {
      await sql.query('COMMIT');
    }
    return Promise.all(begun);
  }

  describe.each(CHANGES)('$method $path', ({ method, path, body }) => {
    it.each(['first', 'last'])('lets one write succeed if it comes %s among updates', async (place) => {
      const tenant: Client = app.as(newTenant());
      const { id, version } = await tenant.createStopped({ networkIds: ['net-1'], volumeIds: ['vol-1'] });
      const headers = { 'If-Match': `"${version}"` };
      const change = () => tenant.send(method, `/instances/${id}${path}`, body, headers);
      const updates = UPDATES.map((name) => () => tenant.patch(`/instances/${id}`, { name }, headers));
      const answers = await overlap(id, place === 'first' ? [change, ...updates] : [...updates, change]);
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status < 300)).toHaveLength(1);
      // 404 if a delete won and completed before an update read the instance again.
      expect(statuses.filter((status) => status === 412 || status === 404)).toHaveLength(UPDATES.length);
    });
  });
});
