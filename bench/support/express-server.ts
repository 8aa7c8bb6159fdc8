import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { cpuSecondsOf } from './cpu';
import { freePort, launch, stop } from './processes';
import { plainEnvironment, untilHealthy } from './service';

/** The comparison server in a separate process. */
export class ExpressServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(variables: Readonly<Record<string, string>> = {}): Promise<ExpressServer> {
    const port = await freePort();
    const child = launch(process.execPath, [join(__dirname, '../processes/express.js')], {
      env: { ...plainEnvironment(), PORT: String(port), ...variables },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    await untilHealthy(child, url);
    return new ExpressServer(child, url);
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    await stop(this.child);
  }
}
