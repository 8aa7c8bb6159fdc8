import { execFileSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { cpuSecondsOf } from './cpu';
import { freePort, launch, stop, untilReady } from './processes';

const PLACES = ['/usr/lib/postgresql/15/bin', '/usr/local/pgsql/bin'];
const USER = 'bench';

/** User that runs PostgreSQL, which refuses to run as root. */
type Account = Readonly<Record<string, never>> | { readonly uid: number; readonly gid: number };

/** A PostgreSQL cluster for this run only, with default settings: fsync and synchronous_commit are on. */
export class Cluster {
  readonly version: string;
  private constructor(
    private readonly postgres: ChildProcess,
    private readonly port: number,
    binaries: string,
  ) {
    this.version = execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  }

  static async start(directory: string): Promise<Cluster> {
    const binaries = findBinaries();
    const account = accountOf();
    const data = join(directory, 'postgres');
    mkdirSync(data, { mode: 0o700 });
    if ('uid' in account) chownSync(data, account.uid, account.gid);
    const run = { cwd: data, ...account };
    execFileSync(join(binaries, 'initdb'), ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8'], {
      ...run,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const port = await freePort();
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', data];
    const postgres = launch(join(binaries, 'postgres'), args, { ...run, stdio: 'ignore' });
    const cluster = new Cluster(postgres, port, binaries);
    await untilReady(postgres, () => cluster.execute('postgres', 'SELECT 1'), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
    return cluster;
  }

  async stop(): Promise<void> {
    await stop(this.postgres, 'SIGINT');
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.postgres.pid ?? 0);
  }

  urlOf(database: string): string {
    return `postgresql://${USER}@127.0.0.1:${this.port}/${database}`;
  }

  async createDatabase(name: string): Promise<string> {
    await this.execute('postgres', `CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.execute('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
  }

  /** Runs statements on a separate connection. */
  async execute(database: string, ...statements: readonly string[]): Promise<void> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** The single row of a query that returns numbers. */
  async numbers<K extends string>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Readonly<Record<K, number>>> {
    const [row] = await this.rows<Record<K, number>>(database, text, values);
    if (!row) throw new Error(`no row: ${text}`);
    return row;
  }

  async rows<Row extends object>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }
}

/** The comparison servers use a pool as large as the service's own. */
export const POOL_SIZE = 10;

export function poolOf(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: POOL_SIZE });
  // Stopping the cluster ends idle connections, which the pool emits as errors. The next query reports it.
  pool.on('error', () => undefined);
  return pool;
}

function findBinaries(): string {
  const found = [...PLACES, ...askPgConfig()].find((place) => existsSync(join(place, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL 15 or newer is not installed: no initdb was found');
  return found;
}

function askPgConfig(): string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()];
  } catch {
    return [];
  }
}

function accountOf(): Account {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: '-u' | '-g'): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
