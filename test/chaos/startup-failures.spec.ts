import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_MISSING, PostgresCluster } from '../support/postgres';
import { refusalOf, ServiceProcess } from '../support/service';

describe('a failed start', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'compute-start-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('reports an address that does not belong to the machine', async () => {
    expect(await refusalOf({ DATA_DIR: directory, HOST: '192.0.2.1' })).toBe(
      'cannot start: HOST is not an address of this machine; set 0.0.0.0 for all addresses',
    );
  });

  it('reports that .env is a directory', async () => {
    mkdirSync(join(directory, '.env'));
    expect(await refusalOf({ DATA_DIR: directory }, directory)).toBe(
      `cannot start: ${join(directory, '.env')} cannot be read: it is not a file`,
    );
  });

  it('refuses a path with a tilde from .env and creates no directory named ~', async () => {
    writeFileSync(join(directory, '.env'), '\uFEFFDATA_DIR=~/data\r\n');
    expect(await refusalOf({}, directory)).toBe(
      'cannot start: DATA_DIR must be a path without ~ and $VARIABLES',
    );
    expect(existsSync(join(directory, '~'))).toBe(false);
  });

  it('refuses a user for virtual machines that does not exist', async () => {
    const environment = { DATA_DIR: directory, DRIVER_VM: 'qemu', QEMU_USER: 'no-such-user' };
    expect(await refusalOf(environment)).toBe(
      'cannot start: QEMU_USER no-such-user is not a user of this host',
    );
  });

  it('starts with a misspelled setting and logs a warning', async () => {
    writeFileSync(
      join(directory, '.env'),
      'QOUTA_INSTANCES=1\nLOG_LEVEL=info\nLOG_LEVEL=warn\nLOG_LEVEL=info',
    );
    const service = await ServiceProcess.start({ DATA_DIR: join(directory, 'data') }, directory);
    const warnings = service.log.filter(({ level, context }) => level === 'warn' && context === 'Config');
    expect(warnings.map(({ msg }) => msg)).toEqual([
      '.env sets LOG_LEVEL twice: line 3 replaces line 2',
      '.env sets LOG_LEVEL twice: line 4 replaces line 3',
      'QOUTA_INSTANCES is not a setting: did you mean QUOTA_INSTANCES?',
    ]);
    expect(await service.stop()).toBe(0);
  });

  const missing = POSTGRES_MISSING;
  const when = missing === undefined ? describe : describe.skip;

  when(`on PostgreSQL${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
    let cluster: PostgresCluster;
    let url: string;

    beforeAll(async () => {
      cluster = await PostgresCluster.start();
      url = await cluster.createDatabase();
      await (await ServiceProcess.start({ DATABASE_URL: url })).stop();
      await cluster.sql('CREATE ROLE weak LOGIN');
    });
    afterAll(() => cluster.stop());

    const as = (role: string, database = url): string => database.replace('compute@', `${role}@`);

    it('reports the permissions that the role lacks in a new database', async () => {
      const empty = await cluster.createDatabase();
      expect(await refusalOf({ DATABASE_URL: as('weak', empty) })).toMatch(
        /^cannot start: the database cannot be set up \(PostgreSQL at .*: permission denied for schema public\)$/,
      );
    });

    it('reports the tables that the role may not use, even if it may read the migrations', async () => {
      await cluster.sql('GRANT SELECT ON schema_migrations, instances TO weak', url);
      expect(await refusalOf({ DATABASE_URL: as('weak') })).toMatch(
        /^cannot start: the role in DATABASE_URL needs SELECT, INSERT, UPDATE and DELETE on instances, attachments, .*host_inventory, allocations, console_sessions, host_ports, webhooks, webhook_deliveries, snapshots, snapshot_schedules, tenant_images, warm_pools$/,
      );
    });

    it('starts with a role that may use the tables without owning them', async () => {
      await cluster.sql('CREATE ROLE user_only LOGIN', url);
      await cluster.sql(
        'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO user_only',
        url,
      );
      const service = await ServiceProcess.start({ DATABASE_URL: as('user_only') });
      expect(await service.stop()).toBe(0);
    });

    it('reports that the role is allowed too few connections', async () => {
      await cluster.sql('CREATE ROLE single LOGIN CONNECTION LIMIT 1');
      expect(await refusalOf({ DATABASE_URL: as('single') })).toBe(
        'cannot start: DATABASE_URL allows no second connection (too many connections for role "single"): ' +
          'allow DATABASE_POOL_SIZE + 1 connections for each replica',
      );
    });

    it('reports a database that does not exist', async () => {
      expect(await refusalOf({ DATABASE_URL: url.replace(/\/\w+$/, '/nowhere') })).toMatch(
        /^cannot start: the database in DATABASE_URL cannot be used \(.*: database "nowhere" does not exist\)$/,
      );
    });

    it.each(['LATIN1', 'SQL_ASCII', 'EUC_JP'])('refuses the database encoding %s', async (encoding) => {
      const other = await cluster.createDatabase(`ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
      expect(await refusalOf({ DATABASE_URL: other })).toBe(
        `cannot start: the database has the encoding ${encoding}: create it with ENCODING 'UTF8'`,
      );
    });

    it('reports an error after database setup and exits despite open connections', async () => {
      const damaged = await cluster.createDatabase();
      await (await ServiceProcess.start({ DATABASE_URL: damaged })).stop();
      await cluster.sql('ALTER TABLE deployment RENAME COLUMN id TO other', damaged);
      expect(await refusalOf({ DATABASE_URL: damaged })).toBe('cannot start: column "id" does not exist');
    });

    it('reports an error in the last stage and exits despite open connections', async () => {
      const damaged = await cluster.createDatabase();
      await (await ServiceProcess.start({ DATABASE_URL: damaged })).stop();
      await cluster.sql('ALTER TABLE host_inventory RENAME COLUMN host_id TO other', damaged);
      expect(await refusalOf({ DATABASE_URL: damaged })).toMatch(/^cannot start: column/);
    });
  });
});
