import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseReadOnlyError } from '../../src/platform/database/database.errors';
import { EmbeddedDatabase } from '../../src/platform/database/embedded/embedded.database';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { refusalOf, ServiceProcess } from '../support/service';
import { Tmpfs, TMPFS_MISSING } from '../support/tmpfs';
import {
  createLarge,
  createUntilRefused,
  expectAllRunning,
  expectNotReady,
  expectReady,
  expectWriteRefused,
  MAX_CREATES,
  PATIENCE,
} from '../support/write-refusal';

/** Longer than a write can hang on a full disk. */
const STATEMENT_TIMEOUT_MS = 4000;

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const suite = TMPFS_MISSING === undefined ? describe : describe.skip;

suite(`a full disk${TMPFS_MISSING === undefined ? '' : ` (skipped: ${TMPFS_MISSING})`}`, () => {
  let disk: Tmpfs | undefined;
  let service: ServiceProcess | undefined;

  afterEach(async () => {
    await service?.kill();
    disk?.remove();
    service = undefined;
    disk = undefined;
  });

  function mount(options: string): Tmpfs {
    disk = new Tmpfs(options);
    return disk;
  }

  async function start(path: string): Promise<{ running: ServiceProcess; tenant: Client }> {
    const running = await ServiceProcess.start({ DATA_DIR: path, PROVISION_DELAY_MS: '0' });
    service = running;
    return { running, tenant: new Client(running.url, 'tenant-a') };
  }

  /** Uses up all inodes, then creates until the database engine fails; returns the acknowledged IDs. */
  async function exhaust(full: Tmpfs, running: ServiceProcess, tenant: Client): Promise<string[]> {
    const acknowledged: string[] = [];
    for (let count = 0; count < 20; count++) acknowledged.push((await createLarge(tenant)).body.id);
    full.takeInodes();
    const isLost = () => running.log.some(({ msg }) => msg?.includes('failed and is being restarted'));
    for (let count = 0; count < MAX_CREATES && !isLost(); count++) {
      const answer = await createLarge(tenant);
      if (answer.status === 201) acknowledged.push(answer.body.id);
      else expectWriteRefused(answer);
    }
    expect(isLost()).toBe(true);
    return acknowledged;
  }

  it('refuses writes before it is full, serves reads, and accepts writes when there is space again', async () => {
    const full = mount('size=90m');
    const { running, tenant } = await start(full.path);
    const acknowledged = await createUntilRefused(tenant);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(full.freeBytes).toBeGreaterThan(8 * 2 ** 20);
    await expectNotReady(
      tenant,
      /^embedded, read-only because of low disk space: \d+ MiB free, 32 MiB needed$/,
    );
    full.fill(2 ** 20);
    expectWriteRefused(await createLarge(tenant));
    expectWriteRefused(await createLarge(tenant, { Prefer: 'dry-run' }));
    expect((await tenant.get(`/instances/${acknowledged[0] ?? ''}`)).status).toBe(200);
    full.resize('size=200m');
    await expectReady(tenant);
    await expectAllRunning(tenant, [...acknowledged, (await createLarge(tenant)).body.id]);
    expect(await running.stop()).toBe(0);
    await expectAllRunning((await start(full.path)).tenant, acknowledged);
  }, 180_000);

  it('serves reads on a full disk, even slow ones, and reopens the database without free space', async () => {
    const full = mount('size=200m');
    const database = await EmbeddedDatabase.open(join(full.path, 'data'), 1, STATEMENT_TIMEOUT_MS);
    const run = (name: string, text: string) => database.query({ name, text, values: [] });
    const insert = () => run('insert', 'INSERT INTO numbers VALUES (1)');
    const read = () => run('read', 'SELECT number FROM numbers');
    try {
      await database.transaction((session) => session.script('CREATE TABLE numbers (number integer)'));
      database.markSchema(1);
      await insert();
      full.fill(2 ** 20);
      await eventually(() => expect(insert()).rejects.toThrow(DatabaseReadOnlyError), PATIENCE);
      await expect(
        run('endless', 'SELECT count(*) FROM (SELECT generate_series(1, 1e15::bigint)) AS numbers'),
      ).rejects.toMatchObject({
        cause: { message: matching(/endless within 4000 ms$/) },
      });
      const before = await eventually(read, PATIENCE);
      await expect(insert()).rejects.toThrow(DatabaseReadOnlyError);
      full.resize('size=400m');
      await eventually(insert, PATIENCE);
      expect(await read()).toHaveLength(before.length + 1);
    } finally {
      await database.close();
    }
  }, 180_000);

  it('loses no acknowledged write if the next WAL segment cannot be created, and recovers', async () => {
    // Free bytes but no free inodes: the free-space check passes and the engine fails.
    const full = mount('size=400m,nr_inodes=4000');
    const { running, tenant } = await start(full.path);
    const acknowledged = await exhaust(full, running, tenant);
    await expectNotReady(tenant, /restarting/);
    full.resize('size=400m,nr_inodes=8000');
    await expectReady(tenant);
    await expectAllRunning(tenant, [...acknowledged, (await createLarge(tenant)).body.id]);
    expect(await running.stop()).toBe(0);
  }, 180_000);

  it('exits on SIGTERM while the engine is down, and has every acknowledged write after the next start', async () => {
    const full = mount('size=400m,nr_inodes=4000');
    const { running, tenant } = await start(full.path);
    const acknowledged = await exhaust(full, running, tenant);
    expect(await running.stop()).toBe(0);
    full.resize('size=400m,nr_inodes=8000');
    await expectAllRunning((await start(full.path)).tenant, acknowledged);
  }, 180_000);

  it('prints one error line on a first start without space, and starts once there is space', async () => {
    const full = mount('size=60m');
    const data = join(full.path, 'data');
    mkdirSync(data);
    expect(await refusalOf({ DATA_DIR: data })).toMatch(
      /^cannot start: DATA_DIR \S+ has too little free space: \d+ MiB free, 72 MiB needed$/,
    );
    full.fill();
    const locks = readdirSync(data);
    expect(await refusalOf({ DATA_DIR: data })).toMatch(/^cannot start: DATA_DIR \S+ cannot be used: ENOSPC/);
    expect(readdirSync(data)).toEqual(locks);
    full.resize('size=400m');
    const { running } = await start(data);
    expect(await running.stop()).toBe(0);
  }, 180_000);
});
