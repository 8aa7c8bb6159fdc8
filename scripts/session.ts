import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(__dirname, '..');
const START_MS = 60_000;

type Environment = Readonly<Record<string, string>>;

/** The built service in its own process, with simulated instances. */
export class Service {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param directory where the database is created */
  static async start(directory: string, environment: Environment): Promise<Service> {
    // Without V8's optimizing WebAssembly compiler, which takes 3 s of CPU time per start.
    const child = spawn(process.execPath, ['--liftoff-only', join(ROOT, 'dist', 'main.js')], {
      env: { PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(directory, 'data'), ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      return new Service(child, await urlOf(child));
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the service has no output');
  const lines = createInterface({ input: stdout });
  const deadline = setTimeout(() => lines.close(), START_MS);
  try {
    for await (const line of lines) {
      const url = /"api":"(http:\/\/[^/"]+)/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
  } finally {
    clearTimeout(deadline);
    stdout.resume();
  }
  throw new Error('the service did not start');
}

/**
 * Makes `uim-compute` available in a directory, which belongs in `PATH`.
 * @param nodeOptions options of Node.js to start it with
 */
export function installTool(directory: string, nodeOptions: readonly string[] = []): void {
  const words = [process.execPath, ...nodeOptions, join(ROOT, 'packages/cli/bin/uim-compute.js')];
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  writeFileSync(join(directory, 'uim-compute'), `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, {
    mode: 0o755,
  });
}
