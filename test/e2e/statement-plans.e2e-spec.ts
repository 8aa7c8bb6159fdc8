import { Database } from '../../src/platform/database';
import { DATABASE_KIND } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { newTenant, useApp } from '../support/use-app';

const missing = DATABASE_KIND === 'postgres' ? undefined : 'the embedded database plans each time';

describeWhere(missing, 'prepared statements', () => {
  // One connection, so that statements soon reach the sixth execution, from which PostgreSQL reuses the plan.
  const app = useApp({
    environment: {
      DATABASE_POOL_SIZE: '1',
      RECONCILE_SECONDS: '3600',
      OPERATOR_TOKEN: 'the-token-of-operators',
    },
  });
  const run = <Row>(text: string): Promise<readonly Row[]> =>
    app.running.app.get(Database).query<Row>({ name: '', text, values: [] });

  it('use no sequential scans, even if planned while the tables were empty', async () => {
    await run('ALTER TABLE instances SET (autovacuum_enabled = off)');
    await run('ALTER TABLE resource_operations SET (autovacuum_enabled = off)');
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
         WHERE relname IN ('instances', 'resource_operations') ORDER BY relname`,
      ),
    ).toEqual([
      { name: 'instances', read: 0 },
      { name: 'resource_operations', read: 0 },
    ]);
  });

  describe('of operators, with 20,000 instances of 1,000 tenants', () => {
    const ROWS = 20_000;

    beforeAll(async () => {
      await run(`
        INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, metadata, driver, counted,
          vcpus, ram_gb, disk_gb, gpus)
        SELECT (lpad(to_hex(i), 12, '0') || '7000800000000000' || lpad(to_hex(i), 4, '0'))::uuid, 'many-' || i % 1000,
          CASE WHEN i % 5000 = 1 THEN 'rare' ELSE 'web' END, CASE WHEN i % 10 < 7 THEN 'vm' ELSE 'container' END,
          CASE WHEN i % 1000 = 1 THEN 'large' ELSE 'small' END, '', CASE WHEN i % 1000 = 1 THEN 'error' ELSE 'running' END,
          CASE WHEN i % 1000 = 1 THEN '{"env": "prod", "tier": "rare"}' ELSE '{"env": "prod"}' END::jsonb,
          'simulated', false, 1, 1, 10, 0
        FROM generate_series(1, ${ROWS}) AS i`);
      await run('VACUUM ANALYZE instances');
    });

    /** Rows of instances that indexes and sequential scans have returned so far. */
    const readRows = async (): Promise<number> => {
      await run('SELECT pg_stat_force_next_flush()');
      const [row] = await run<{ read: number }>(
        `SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_user_tables WHERE relname = 'instances'`,
      );
      return row?.read ?? NaN;
    };
    const deep = 'pageToken=AAAAABOIcACAAAAAAAATiA';

    it.each([
      'type=vm',
      deep,
      'status=error',
      'status=running',
      'type=container',
      'flavor=large',
      'flavor=unknown',
      'name=rare',
      'name=web',
      'metadata.env=prod',
      'metadata.tier=rare',
      `metadata.tier=rare&${deep}`,
      'metadata.tier=none',
      'status=error&metadata.env=prod',
      'tenantId=many-7',
      'id=00004e1f',
      'id=00000000-4e1f',
      'tenantId=many-999&id=00004e1f',
    ])('read little more than the page: %s', async (query) => {
      expect(await readBy(query)).toBeLessThan(ROWS / 50);
    });

    it('read no more than the rest on a deep page of rare rows', async () => {
      expect(await readBy(`status=error&${deep}`)).toBeLessThan(5000);
    });

    /** Rows read by one list. It runs more often than a statement is planned anew. */
    async function readBy(query: string): Promise<number> {
      const before = await readRows();
      const scope = query.startsWith('tenantId') ? '' : 'allTenants=true&';
      const times = 7;
      for (let count = 0; count < times; count++) {
        const { status } = await app
          .as('operators')
          .get(`/instances?${scope}${query}&limit=50`, { Authorization: 'Bearer the-token-of-operators' });
        expect(status).toBe(200);
      }
      return ((await readRows()) - before) / times;
    }
  });
});
