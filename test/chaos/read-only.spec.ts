import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { POSTGRES_MISSING, PostgresCluster } from '../support/postgres';
import { ServiceProcess } from '../support/service';
import { Tmpfs, TMPFS_MISSING } from '../support/tmpfs';
import {
  createLarge,
  createUntilRefused,
  expectAllRunning,
  expectNotReady,
  expectReady,
  expectWriteRefused,
  PATIENCE,
} from '../support/write-refusal';

const missing = POSTGRES_MISSING ?? TMPFS_MISSING;
const suite = missing === undefined ? describe : describe.skip;
const DRY_RUN = { Prefer: 'dry-run' };

suite(`a read-only PostgreSQL server${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let cluster: PostgresCluster;
  const disks: Tmpfs[] = [];
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    cluster = await PostgresCluster.start();
  });
  afterEach(async () => {
    await service?.kill();
    service = undefined;
  });
  afterAll(async () => {
    await cluster.stop();
    for (const disk of disks) disk.remove();
  });

  async function start(url: string): Promise<{ running: ServiceProcess; tenant: Client }> {
    const running = await ServiceProcess.start({ DATABASE_URL: url, PROVISION_DELAY_MS: '0' });
    service = running;
    return { running, tenant: new Client(running.url, 'tenant-a') };
  }

  async function expectReadsOnly(tenant: Client, id: string): Promise<void> {
    expectWriteRefused(await createLarge(tenant));
    expectWriteRefused(await createLarge(tenant, DRY_RUN));
    expectWriteRefused(await tenant.post(`/instances/${id}/stop`));
    expect((await tenant.get(`/instances/${id}`)).status).toBe(200);
  }

  it('refuses writes and is not ready while the database is read-only', async () => {
    const url = await cluster.createDatabase();
    const { running, tenant } = await start(url);
    const { id } = await tenant.createRunning();
    await setReadOnly(url, 'on');
    await expectNotReady(tenant, /^postgres, read-only: default_transaction_read_only is on$/);
    await expectReadsOnly(tenant, id);
    await setReadOnly(url, 'off');
    await expectReady(tenant);
    await expectAllRunning(tenant, [id, (await createLarge(tenant)).body.id]);
    await setReadOnly(url, 'on');
    expect(await running.stop()).toBe(0);
  }, 180_000);

  it('refuses writes and is not ready while the server is a standby', async () => {
    const { tenant } = await start(await cluster.createDatabase());
    const { id } = await tenant.createRunning();
    await cluster.becomeStandby();
    await expectNotReady(tenant, /^postgres, read-only: the server is a standby$/);
    await expectReadsOnly(tenant, id);
    await cluster.promote();
    await expectReady(tenant);
    await expectAllRunning(tenant, [id, (await createLarge(tenant)).body.id]);
  }, 180_000);

  it('refuses writes and is not ready while the disk of the server is full, and loses nothing', async () => {
    const { disk, url } = await createOnSmallDisk('small');
    const { running, tenant } = await start(url);
    disk.fill(2 ** 22);
    const acknowledged = await createUntilRefused(tenant);
    expect(acknowledged.length).toBeGreaterThan(0);
    await expectNotReady(tenant, /^postgres, writes fail: disk full or I\/O error, see the server log$/);
    expect((await tenant.get(`/instances/${acknowledged[0] ?? ''}`)).status).toBe(200);
    disk.resize('size=128m');
    await expectReady(tenant);
    acknowledged.push((await createLarge(tenant)).body.id);
    await expectAllRunning(tenant, acknowledged);
    expect(await running.stop()).toBe(0);
  }, 180_000);

  it('is ready again after a failed write if its role may not create tables', async () => {
    const { disk, url: ownerUrl } = await createOnSmallDisk('limited');
    const url = new URL(ownerUrl);
    const { running } = await start(url.href);
    expect(await running.stop()).toBe(0);
    await cluster.sql(
      'CREATE ROLE limited LOGIN; GRANT pg_read_all_data, pg_write_all_data TO limited',
      url.href,
    );
    url.username = 'limited';
    const { tenant } = await start(url.href);
    disk.fill(2 ** 22);
    await createUntilRefused(tenant);
    disk.resize('size=128m');
    await expectReady(tenant);
    expect((await createLarge(tenant)).status).toBe(201);
  }, 180_000);

  /** A database in a tablespace called `name` on its own disk. */
  async function createOnSmallDisk(name: string): Promise<{ disk: Tmpfs; url: string }> {
    const disk = new Tmpfs('size=64m');
    disks.push(disk);
    const directory = join(disk.path, 'tablespace');
    mkdirSync(directory);
    await cluster.createTablespace(name, directory);
    return { disk, url: await cluster.createDatabase(`TABLESPACE ${name}`) };
  }

  /** Terminates all connections, so that the setting applies to the service. */
  async function setReadOnly(url: string, value: 'on' | 'off'): Promise<void> {
    const name = new URL(url).pathname.slice(1);
    await cluster.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
    await cluster.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await eventually(async () => {
      const tenant = new Client(service?.url ?? '', 'tenant-a');
      expect((await tenant.get('/instances')).status).toBe(200);
    }, PATIENCE);
  }
});
