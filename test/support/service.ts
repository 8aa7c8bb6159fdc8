import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Entry point of `npm start`. */
export const MAIN = join(__dirname, '..', '..', 'dist', 'main.js');

/** Disables V8's optimizing WebAssembly compiler, which costs 3 s of CPU time per start and pays off only later. */
export const V8_FLAGS = ['--liftoff-only'];

export interface LogLine {
  readonly msg?: string;
  readonly api?: string;
  readonly [member: string]: unknown;
}

/** Exit code and error output of a service that did not start. */
class DidNotStart extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly stderr: string,
  ) {
    super(`the service ended with ${String(exitCode)}: ${stderr}`);
  }
}

/** The built service as a separate process, which tests can kill. */
export class ServiceProcess {
  readonly log: LogLine[] = [];
  private stderr = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly exited: Promise<unknown>,
  ) {}

  /**
   * @param main entry point, if not of this checkout
   * @throws {DidNotStart}
   */
  static async start(
    environment: Readonly<Record<string, string>>,
    cwd = process.cwd(),
    main = MAIN,
  ): Promise<ServiceProcess> {
    const env = { PATH: process.env['PATH'], PORT: '0', HOST: '127.0.0.1', ...environment };
    const child = spawn(process.execPath, [...V8_FLAGS, main], {
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new ServiceProcess(child, once(child, 'exit'));
    const closed = once(child, 'close');
    const isServing = service.readLog();
    await Promise.race([isServing, service.exited]);
    if (child.exitCode !== null || child.signalCode !== null) {
      await closed;
      throw new DidNotStart(child.exitCode, service.stderr);
    }
    return service;
  }

  /** Base URL, e.g. http://127.0.0.1:40001. */
  get url(): string {
    const api = this.log.find((line) => line.api !== undefined)?.api ?? '';
    return new URL(api).origin;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the service does not run');
    return this.child.pid;
  }

  /** Resolves when the process has ended for any reason. */
  get died(): Promise<unknown> {
    return this.exited;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends SIGKILL, which the process cannot handle. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Sends SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.exited;
    return this.child.exitCode;
  }

  private async readLog(): Promise<void> {
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    if (!this.child.stdout) throw new Error('the service has no output');
    const lines = createInterface({ input: this.child.stdout });
    await new Promise<void>((resolve) => {
      lines.on('line', (text) => {
        const line = parse(text);
        this.log.push(line);
        if (line.api !== undefined) resolve();
      });
    });
  }
}

/** Starts the service, which must fail with exit code 1, and returns the only line on its standard error. */
export async function refusalOf(
  environment: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<string> {
  const failure: unknown = await ServiceProcess.start(environment, cwd).then(
    (service) => service.kill().then(() => 'it started'),
    (error: unknown) => error,
  );
  if (!(failure instanceof DidNotStart)) throw new Error(String(failure));
  expect(failure.exitCode).toBe(1);
  const lines = failure.stderr.trim().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

function parse(text: string): LogLine {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
