import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { freeAddresses } from './addresses';
import { eventually } from '../eventually';
import { parseJson } from '../json';

const run = promisify(execFile);
const SCRIPTS = join(__dirname, '..', '..', '..', 'scripts', 'engines');
const READY_WITHIN_MS = 30_000;
const OUTPUT_KEPT = 100_000;

export const TEST_IMAGE = 'uim-test/busybox:1';

/** A real engine as a child process, with all its files in its own directory. */
export interface Engine {
  /** Path of its API socket. */
  readonly socket: string;
  readonly dir: string;
  /** Address at which this machine reaches published ports; the engine has its own network namespace. */
  readonly address: string;
  /** Address at which the engine reaches this machine. */
  readonly hostAddress: string;
  /** Sends SIGKILL to the engine only; containers keep running. */
  kill(): Promise<void>;
  /** Restarts the engine on the same directory. */
  restart(): Promise<void>;
  /** Stops the engine and its containers, and cleans up the machine. */
  stop(): Promise<void>;
}

/** Why the engine cannot run on this machine, or undefined. */
export function whyNotDockerd(): string | undefined {
  return whyNot(['dockerd', 'containerd', 'runc', 'iptables', 'ip', 'nsenter', 'busybox', 'jq', 'curl']);
}

export function whyNotPodman(): string | undefined {
  return whyNot(['podman', 'runc', 'iptables', 'ip', 'nsenter', 'busybox', 'jq', 'curl']);
}

function whyNot(programs: readonly string[]): string | undefined {
  if (process.getuid?.() !== 0) return 'engines are started as root only';
  return notInstalled(programs);
}

/** Names the programs that are missing on this machine; undefined if all are installed. */
export function notInstalled(programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => !isInstalled(program));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

function isInstalled(program: string): boolean {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return directories.some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts Docker Engine with the test image. @throws {Error} with its last output if it does not start. */
export function startDockerd(): Promise<Engine> {
  return startEngine('dockerd.sh', 'docker.sock');
}

/** Starts Podman's service with the test image. */
export function startPodman(): Promise<Engine> {
  return startEngine('podman.sh', 'podman.sock');
}

async function startEngine(script: string, socketName: string): Promise<Engine> {
  const engine = new EngineProcess(script, mkdtempSync('/tmp/uim-engine-'), socketName);
  try {
    await engine.restart();
    await run(join(SCRIPTS, 'container-image.sh'), [engine.socket, TEST_IMAGE]);
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

class EngineProcess implements Engine {
  readonly socket: string;
  readonly address: string;
  readonly hostAddress: string;
  private child: ChildProcess | undefined;
  private output = '';
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly script: string,
    readonly dir: string,
    socketName: string,
  ) {
    this.socket = join(dir, socketName);
    const addresses = freeAddresses({ from: 100, to: 250 });
    this.env = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, ENGINE_ADDRESSES: addresses };
    this.address = `${addresses}.255.2`;
    this.hostAddress = `${addresses}.255.1`;
  }

  async restart(): Promise<void> {
    const child = spawn(join(SCRIPTS, this.script), [this.dir], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.keep(chunk));
    await eventually(
      async () => {
        if (hasEnded(child)) return;
        await ping(this.socket);
      },
      { withinMs: READY_WITHIN_MS },
    );
    if (hasEnded(child)) throw new Error(`${this.script} ended: ${this.output.slice(-2000)}`);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await run(join(SCRIPTS, 'down.sh'), [this.dir], { env: this.env });
    await this.end('SIGKILL');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || hasEnded(child)) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
    await once(child, 'exit');
    clearTimeout(late);
  }

  private keep(chunk: Buffer): void {
    this.output = `${this.output}${chunk.toString()}`.slice(-OUTPUT_KEPT);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function ping(socket: string): Promise<void> {
  await call(socket, 'GET', '/version');
}

/**
 * Sends one request to the engine's own API, bypassing the driver.
 * @throws {Error} with the response if its status is above 399.
 */
export function call<T>(socket: string, method: string, path: string, body?: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = request({ socketPath: socket, method, path: `/v1.41${path}`, headers, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) > 399)
          reject(new Error(`${method} ${path}: ${response.statusCode ?? ''} ${text}`));
        else resolve(parseJson<T>(text.trim() === '' ? 'null' : text));
      });
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
