import { Database } from '../../src/database';
import { DATABASE_KIND } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { newTenant, useApp } from '../support/use-app';

const missing = DATABASE_KIND === 'postgres' ? undefined : 'the embedded database plans each time';

describeWhere(missing, 'prepared statements', () => {
  // One connection, so that statements soon reach the sixth execution, from which PostgreSQL reuses the plan.
  const app = useApp({ environment: { DATABASE_POOL_SIZE: '1' } });

  it('use no sequential scans, even if planned while the tables were empty', async () => {
    const database = app.running.app.get(Database);
    const run = (text: string) =>
      database.query<{ name: string; read: number }>({ name: '', text, values: [] });
    await run('ALTER TABLE instances SET (autovacuum_enabled = off)');
    await run('ALTER TABLE operations SET (autovacuum_enabled = off)');
    const tenant = app.as(newTenant());
    for (let count = 0; count < 40; count++) {
      const { id } = await tenant.createRunning();
      await tenant.post(`/instances/${id}/stop`);
      await tenant.reaches(id, 'stopped');
    }
    await run('SELECT pg_stat_force_next_flush()');
    expect(
      await run(
        `SELECT relname AS name, seq_tup_read::int AS read FROM pg_stat_user_tables
         WHERE relname IN ('instances', 'operations') ORDER BY relname`,
      ),
    ).toEqual([
      { name: 'instances', read: 0 },
      { name: 'operations', read: 0 },
    ]);
  });
});
