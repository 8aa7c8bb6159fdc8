import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually';

/** Directory of the server programs: those of Debian's newest package, or of the first `pg_config` in the PATH. */
function findPrograms(): string | undefined {
  try {
    const directory = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
    return existsSync(join(directory, 'initdb')) ? directory : undefined;
  } catch {
    // No pg_config means no PostgreSQL on this machine.
    return undefined;
  }
}

const PROGRAMS = findPrograms();

/** Why tests that need PostgreSQL are skipped, or undefined. */
export const POSTGRES_MISSING =
  PROGRAMS === undefined
    ? 'no PostgreSQL programs here (pg_config --bindir): install postgresql-15 or newer'
    : undefined;

/** A separate PostgreSQL server for a test, on a free port of 127.0.0.1. */
export class PostgresCluster {
  private process: ChildProcess | undefined;
  private databases = 0;

  private constructor(
    private readonly directory: string,
    readonly port: number,
    private readonly isDurable: boolean,
  ) {}

  /** @param isDurable Whether it flushes what it writes, as in production; slower. */
  static async start(isDurable = false): Promise<PostgresCluster> {
    const directory = mkdtempSync(join(tmpdir(), 'compute-postgres-'));
    if (isRoot()) execFileSync('chown', ['postgres', directory]);
    chmodSync(directory, 0o700);
    const cluster = new PostgresCluster(directory, await freePort(), isDurable);
    await cluster.program('initdb', [
      '-D',
      directory,
      '-U',
      'compute',
      '-A',
      'trust',
      '--no-sync',
      '-E',
      'UTF8',
    ]);
    await cluster.up();
    return cluster;
  }

  /** Starts the server again after `down`. */
  async up(): Promise<void> {
    const options = ['-D', this.directory, '-p', String(this.port), '-k', '', '-h', '127.0.0.1'];
    const flush = this.isDurable ? [] : ['-F'];
    this.process = run('postgres', [...options, ...flush, '-c', 'max_connections=300']);
    await eventually(() => this.sql('SELECT 1'), { withinMs: 30_000 });
  }

  /** Restarts the server as a standby without a primary. It is read-only until `promote`. */
  async becomeStandby(): Promise<void> {
    await this.down();
    writeFileSync(join(this.directory, 'standby.signal'), '');
    await this.up();
  }

  async promote(): Promise<void> {
    await this.sql('SELECT pg_promote()');
  }

  /** Creates a tablespace in an existing directory. */
  async createTablespace(name: string, directory: string): Promise<void> {
    if (isRoot()) execFileSync('chown', ['postgres', directory]);
    await this.sql(`CREATE TABLESPACE ${name} LOCATION '${directory}'`);
  }

  /** Stops the server in fast mode, which closes open connections. */
  async down(): Promise<void> {
    await this.signal('SIGINT');
  }

  async stop(): Promise<void> {
    await this.signal('SIGINT');
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Freezes or resumes the server. While frozen, it accepts connections and never answers. */
  freeze(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const postmaster = this.process?.pid;
    if (postmaster === undefined) throw new Error('the server does not run');
    const children = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' });
    for (const pid of [postmaster, ...children.trim().split('\n').map(Number)]) process.kill(pid, signal);
  }

  /** `options` are appended to the CREATE DATABASE statement. */
  async createDatabase(options = ''): Promise<string> {
    const name = `test_${++this.databases}`;
    await this.sql(`CREATE DATABASE ${name} ${options}`);
    return new URL(name, this.url).href;
  }

  /** Of the database of the superuser. */
  get url(): string {
    return `postgresql://compute@127.0.0.1:${this.port}/postgres`;
  }

  /** Runs a statement as the superuser, by default outside of the test databases. */
  async sql(text: string, url = this.url): Promise<void> {
    const client = new Client(url);
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  private async program(name: string, parameters: readonly string[]): Promise<void> {
    const child = run(name, parameters);
    await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(`${name} ended with ${String(child.exitCode)}`);
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    const server = this.process;
    if (server?.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
}

function run(program: string, parameters: readonly string[]): ChildProcess {
  return spawn(join(PROGRAMS ?? '', program), parameters, asPostgres());
}

/** Runs programs that refuse to run as root as user `postgres` instead. */
export function asPostgres(): SpawnOptions {
  const options: SpawnOptions = { stdio: 'ignore', cwd: tmpdir() };
  if (!isRoot()) return options;
  return { ...options, uid: idOf('-u'), gid: idOf('-g') };
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function isRoot(): boolean {
  return userInfo().uid === 0;
}

/** A port on which nothing listens at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
