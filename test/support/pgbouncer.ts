import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually';
import { asPostgres, freePort } from './postgres';

function isInstalled(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Why tests that need PgBouncer are skipped, or undefined. */
export const PGBOUNCER_MISSING = isInstalled() ? undefined : 'PgBouncer is not installed';

/** A real PgBouncer in front of a server, with default settings except the given ones. */
export class PgBouncer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly directory: string,
    /** URL of the same database through the pooler. */
    readonly url: string,
  ) {}

  static async start(databaseUrl: string, settings: Readonly<Record<string, string>>): Promise<PgBouncer> {
    const directory = mkdtempSync(join(tmpdir(), 'compute-pgbouncer-'));
    chmodSync(directory, 0o755);
    const target = new URL(databaseUrl);
    const url = new URL(databaseUrl);
    url.port = String(await freePort());
    const lines = {
      listen_addr: '127.0.0.1',
      listen_port: url.port,
      unix_socket_dir: '',
      auth_type: 'trust',
      auth_file: join(directory, 'users'),
      ...settings,
    };
    const database = `* = host=${target.hostname} port=${target.port}`;
    const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(join(directory, 'users'), `"${target.username}" ""\n`);
    writeFileSync(
      join(directory, 'pgbouncer.ini'),
      ['[databases]', database, '[pgbouncer]', ...text, ''].join('\n'),
    );
    const child = spawn('pgbouncer', ['-q', join(directory, 'pgbouncer.ini')], asPostgres());
    const pooler = new PgBouncer(child, directory, url.href);
    await eventually(() => pooler.answers(), { withinMs: 30_000 });
    return pooler;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    const client = new Client(this.url);
    try {
      await client.connect();
    } finally {
      await client.end();
    }
  }
}
