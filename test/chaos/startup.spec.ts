import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Sql } from 'pg';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { readDocument } from '../support/openapi';
import { freePort, POSTGRES_MISSING } from '../support/postgres';
import { MAIN, V8_FLAGS, refusalOf as refusal, ServiceProcess } from '../support/service';

const available = POSTGRES_MISSING === undefined;

describe('start and stop', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'compute-start-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const refusalOf = (environment: Record<string, string>): Promise<string> =>
    refusal({ DATA_DIR: directory, ...environment });

  /** Name, size and modification time of every file. */
  function stateOf(path: string): string[] {
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(path, name)).isFile())
      .map((name) => `${name} ${statSync(join(path, name)).size} ${statSync(join(path, name)).mtimeMs}`)
      .sort();
  }

  it('reports every error in the image catalog', async () => {
    const file = join(directory, 'images.json');
    const refused = (): Promise<string> => refusalOf({ IMAGES_FILE: file });
    expect(await refused()).toContain(`cannot start: IMAGES_FILE ${file}: ENOENT`);
    writeFileSync(file, '{"images":[{"id":"a","docker":{}},{"id":"a b"}]}');
    expect(await refused()).toMatch(
      /^cannot start: IMAGES_FILE \S+: images\[0\]\.docker\.name is missing; IMAGES_FILE \S+: images\[1\]\.id must be/,
    );
  });

  it('logs errors in a changed image catalog once and keeps running', async () => {
    const file = join(directory, 'images.json');
    writeFileSync(file, '{"images":[]}');
    const service = await ServiceProcess.start({ DATA_DIR: join(directory, 'data'), IMAGES_FILE: file });
    const said = (text: string) => service.log.filter(({ msg }) => msg?.includes(text));
    writeFileSync(file, '{"images":[{"id":"a","x":1},{"id":"b","y":1}]}');
    await eventually(() => expect(said('images[0].x is unknown; images[1].y is unknown')).toHaveLength(1));
    expect(said('IMAGES_FILE is invalid')[0]).toMatchObject({ level: 'error' });
    writeFileSync(file, '{"images":[{"id":"a"}]}');
    await eventually(() => expect(said('IMAGES_FILE was reloaded: 1 images')).toHaveLength(1));
    expect(said('is unknown')).toHaveLength(1);
    expect(await service.stop()).toBe(0);
  });

  it('logs the locations of the API, the console, the docs and the data last, and serves the docs', async () => {
    const service = await ServiceProcess.start({ DATA_DIR: directory });
    const last = service.log.at(-1)?.msg;
    expect(last).toBe(
      `serving ${service.url}/api/v1/compute, console at ${service.url}/console, docs at ${service.url}/api/docs, data in ${directory}`,
    );
    // All of this is in the bundle, or found by it: names of schemas are those of classes.
    const committed: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'openapi.json'), 'utf8'));
    expect(await readDocument(service.url)).toEqual(committed);
    expect((await fetch(`${service.url}/api/docs/swagger-ui-bundle.js`)).status).toBe(200);
    expect(await service.stop()).toBe(0);
  });

  it('logs stack traces with files and lines of the source, and loggers by their names', async () => {
    const DOCKER_HOST = `unix://${join(directory, 'nothing.sock')}`;
    const service = await ServiceProcess.start({
      DATA_DIR: join(directory, 'data'),
      DRIVER_CONTAINER: 'docker',
      LOG_LEVEL: 'debug',
      DOCKER_HOST,
    });
    const trace = /"DriverError: .* unreachable .* \(\S+\/src\/compute\/reconciler\/reconciler\.ts:\d+:\d+\)/;
    await eventually(() => expect(service.log.map((line) => JSON.stringify(line)).join('\n')).toMatch(trace));
    expect(service.log.map(({ context }) => context)).toContain('InstanceLoader');
    expect(await service.stop()).toBe(0);
  });

  it('reports every wrong value', async () => {
    const refusal = await refusalOf({ PORT: 'http', LOG_LEVEL: 'loud', DRIVER_VM: 'simulated' });
    expect(refusal).toMatch(/^cannot start: PORT must be an integer from 0 to 65535; LOG_LEVEL /);
  });

  it('lists the available drivers', async () => {
    expect(await refusalOf({ DRIVER_VM: 'vmware' })).toBe(
      'cannot start: DRIVER_VM must be one of simulated, qemu',
    );
  });

  it('reports that its port is in use', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await refusalOf({ PORT: port })).toMatch(/^cannot start: PORT is in use/);
    other.close();
  });

  it('reports an unreachable database without its password', async () => {
    const url = `postgresql://user:secret@127.0.0.1:${await freePort()}/compute`;
    const refusal = await refusalOf({ DATABASE_URL: url });
    expect(refusal).toMatch(/^cannot start: the database in DATABASE_URL cannot be used/);
    expect(refusal).not.toContain('secret');
  });

  it('locks its data directory, names the holder, and releases the lock when killed', async () => {
    const first = await ServiceProcess.start({ DATA_DIR: directory });
    const { id } = await new Client(first.url, 'tenant-a').create();
    expect(await refusalOf({})).toMatch(new RegExp(`DATA_DIR .* is in use by process ${first.pid} on`));
    await first.kill();
    const second = await ServiceProcess.start({ DATA_DIR: directory });
    await new Client(second.url, 'tenant-a').reaches(id, 'running');
    expect(await second.stop()).toBe(0);
  });

  it('takes over a directory even if the pid of the dead holder is in use again', async () => {
    const first = await ServiceProcess.start({ DATA_DIR: directory });
    await first.kill();
    const lock = join(directory, readdirSync(directory).find((name) => name.startsWith('lock.')) ?? '');
    const holder = readFileSync(lock, 'utf8');
    writeFileSync(lock, holder.replace(`"pid":${first.pid}`, `"pid":${process.pid}`));
    const second = await ServiceProcess.start({ DATA_DIR: directory });
    expect(await second.stop()).toBe(0);
  });

  it('lets only one of several processes starting at once have the directory', async () => {
    const starts = await Promise.allSettled(
      Array.from({ length: 4 }, () => ServiceProcess.start({ DATA_DIR: directory })),
    );
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    for (const service of started) await service.stop();
    expect(started).toHaveLength(1);
  });

  it('starts over if the first start was interrupted', async () => {
    cpSync(__dirname, join(directory, 'pglite'), { recursive: true });
    const service = await ServiceProcess.start({ DATA_DIR: directory });
    expect(await service.stop()).toBe(0);
    expect(readdirSync(directory).filter((name) => name.startsWith('pglite.unfinished-'))).toHaveLength(1);
  });

  it('refuses a directory of a newer version and leaves it unchanged', async () => {
    const service = await ServiceProcess.start({ DATA_DIR: directory });
    await service.stop();
    writeFileSync(join(directory, 'format.json'), '{"layout":1,"schema":9999}\n');
    const before = stateOf(directory);
    expect(await refusalOf({})).toMatch(/was written by a newer version of this service/);
    expect(stateOf(directory)).toEqual(before);
  });

  const postgres = available ? it : it.skip;
  const why = available ? '' : ` (skipped: ${POSTGRES_MISSING})`;

  postgres(`refuses a schema of a newer version and leaves it unchanged${why}`, async () => {
    const database = await createTestDatabase('postgres');
    const service = await ServiceProcess.start(database.environment);
    await service.stop();
    const sql = new Sql(database.environment['DATABASE_URL']);
    await sql.connect();
    await sql.query(`INSERT INTO schema_migrations (version, name, checksum) VALUES (9999, 'future', '')`);
    const applied = async () =>
      (await sql.query<object>('SELECT version, checksum FROM schema_migrations ORDER BY version')).rows;
    const before = await applied();
    expect(before.at(-1)).toEqual({ version: 9999, checksum: '' });
    expect(await refusalOf(database.environment)).toMatch(/the database has schema version 9999/);
    expect(await applied()).toEqual(before);
    await sql.end();
    await database.remove();
  });

  postgres(`migrates once if several replicas start together${why}`, async () => {
    const database = await createTestDatabase('postgres');
    const starts = Array.from({ length: 3 }, () => ServiceProcess.start(database.environment));
    for (const service of await Promise.all(starts)) expect(await service.stop()).toBe(0);
    await database.remove();
  });

  describe('while another replica migrates', () => {
    let database: TestDatabase;
    let other: Sql;

    beforeEach(async () => {
      if (!available) return;
      database = await createTestDatabase('postgres');
      other = new Sql(database.environment['DATABASE_URL']);
      await other.connect();
      await other.query('SELECT pg_advisory_lock(2667883)');
    });
    afterEach(async () => {
      if (!available) return;
      await other.end();
      await database.remove();
    });

    async function hasWaited(duration: string): Promise<void> {
      await eventually(async () => {
        const { rows } = await other.query(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory' AND now() - query_start > $1::interval`,
          [duration],
        );
        expect(rows).toHaveLength(1);
      });
    }

    postgres(`waits beyond the query timeout of requests${why}`, async () => {
      const starting = ServiceProcess.start({ ...database.environment, DATABASE_QUERY_TIMEOUT_MS: '100' });
      await hasWaited('1 s');
      await other.query('SELECT pg_advisory_unlock(2667883)');
      expect(await (await starting).stop()).toBe(0);
    });

    postgres(`exits at once with 0 on SIGTERM${why}`, async () => {
      const child = spawn(process.execPath, [...V8_FLAGS, MAIN], {
        env: { ...database.environment, PORT: '0' },
      });
      const ended = once(child, 'exit');
      await hasWaited('0 s');
      child.kill('SIGTERM');
      await ended;
      expect([child.exitCode, child.signalCode]).toEqual([0, null]);
    });
  });

  it('on SIGTERM, finishes running operations, answers waiting requests and exits with 0', async () => {
    const service = await ServiceProcess.start({ DATA_DIR: directory, PROVISION_DELAY_MS: '0' });
    const tenant = new Client(service.url, 'tenant-a');
    const { id } = await tenant.createRunning({ metadata: { 'simulate.stopDelayMs': '1000' } });
    const stopping = tenant.post<{ status: string }>(`/instances/${id}/stop`);
    while ((await tenant.operationsOf(id))[0]?.status !== 'running');
    const startedAt = performance.now();
    const exit = service.stop();
    expect(await stopping).toMatchObject({ status: 200, body: { status: 'stopped' } });
    expect(await exit).toBe(0);
    // Waits neither for keep-alive connections nor for the whole grace period.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
