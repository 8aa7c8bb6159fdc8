import { execFileSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cpuSecondsOf } from './cpu';
import { freePort, launch, stop, untilReady } from './processes';

const ROOT = resolve(__dirname, '../../../..');
const START_TIMEOUT_MS = 180_000;

export interface ServiceOptions {
  /** Parent of the working directory, which contains the log. */
  readonly directory: string;
  /** Overrides the defaults; without `DATABASE_URL` the service uses its embedded database. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The built service in a separate process, started as in production, logging to a file. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** From the start of the process to its first successful response to `/health`. */
    readonly startMs: number,
  ) {}

  static async start({ directory, variables }: ServiceOptions): Promise<Service> {
    const cwd = mkdtempSync(join(directory, 'service-'));
    const port = await freePort();
    const log = openSync(join(cwd, 'service.log'), 'w');
    const started = performance.now();
    const child = launch(process.execPath, [join(ROOT, 'dist/main.js')], {
      cwd,
      env: { ...plainEnvironment(), HOST: '127.0.0.1', PORT: String(port), ...variables },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const url = `http://127.0.0.1:${port}`;
    await untilHealthy(child, url);
    return new Service(child, url, performance.now() - started);
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.pid);
  }

  get residentMb(): number {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.pid)], { encoding: 'utf8' });
    return Number(kilobytes) / 1024;
  }

  async stop(): Promise<void> {
    await stop(this.child);
  }

  async kill(): Promise<void> {
    await stop(this.child, 'SIGKILL');
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the service has no process');
    return this.child.pid;
  }
}

/** Environment common to all servers of the bench. */
export function plainEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production' };
}

export async function untilHealthy(child: ChildProcess, url: string): Promise<void> {
  await untilReady(
    child,
    async () => {
      const { ok, status } = await fetch(`${url}/health`);
      if (!ok) throw new Error(`/health answers ${status}`);
    },
    { timeoutMs: START_TIMEOUT_MS, everyMs: 20 },
  );
}
