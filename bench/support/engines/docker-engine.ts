import { execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { freeAddresses } from '../../../test/support/engines/addresses';
import { launch, stop, untilReady } from '../processes';

const SCRIPTS = resolve(__dirname, '../../../../../scripts/engines');
export const IMAGE = 'uim-test/busybox:1';

/** For its networks. */
const ADDRESSES = { from: 50, to: 100 };

/** Command of the bench's containers: sleeps for longer than the bench takes. */
export const COMMAND = ['/bin/sleep', '3600'];

/** The bench's own Docker Engine, called directly without a driver. */
export class DockerEngine {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  static async start(): Promise<DockerEngine> {
    // Short, because socket paths are limited in length.
    const directory = mkdtempSync('/tmp/compute-bench-docker-');
    const env = { ...process.env, ENGINE_ADDRESSES: freeAddresses(ADDRESSES) };
    const child = launch(join(SCRIPTS, 'dockerd.sh'), [directory], { env, stdio: 'ignore' });
    const engine = new DockerEngine(child, directory);
    await untilReady(child, () => engine.call('GET', '/version'), { timeoutMs: 30_000, everyMs: 50 });
    execFileSync(join(SCRIPTS, 'container-image.sh'), [engine.socket, IMAGE]);
    return engine;
  }

  get socket(): string {
    return join(this.directory, 'docker.sock');
  }

  /** @throws {Error} if the engine refuses. */
  call(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((done, failed) => {
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const sent = request({ socketPath: this.socket, method, path: `/v1.41${path}`, headers });
      sent.on('error', failed).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if ((response.statusCode ?? 500) > 399) failed(new Error(`${method} ${path}: ${text}`));
          else done(JSON.parse(text === '' ? 'null' : text));
        });
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Resolves with the first part of the response. @throws {Error} if the engine refuses */
  firstByte(method: string, path: string, body: unknown): Promise<void> {
    return new Promise((done, failed) => {
      const headers = { 'Content-Type': 'application/json' };
      const sent = request({ socketPath: this.socket, method, path: `/v1.41${path}`, headers });
      sent.on('error', failed).on('response', (response) => {
        if ((response.statusCode ?? 500) > 399)
          failed(new Error(`${method} ${path}: ${response.statusCode}`));
        response.once('data', () => done()).once('end', () => failed(new Error(`${path} sent nothing`)));
        response.resume();
      });
      sent.end(JSON.stringify(body));
    });
  }

  /** The configuration of a container, for creating the same one without the service. */
  async recipeOf(name: string): Promise<object> {
    const made = await this.call('GET', `/containers/${name}/json`);
    if (!isRecipe(made)) throw new Error('the engine does not say what the container was made of');
    return { ...made.Config, HostConfig: made.HostConfig };
  }

  async createAndStart(recipe: object, name: string): Promise<void> {
    await this.call('POST', `/containers/create?name=${name}`, recipe);
    await this.call('POST', `/containers/${name}/start`);
  }

  async stop(): Promise<void> {
    execFileSync(join(SCRIPTS, 'down.sh'), [this.directory]);
    await stop(this.child);
  }
}

function isRecipe(value: unknown): value is { readonly Config: object; readonly HostConfig: object } {
  return typeof value === 'object' && value !== null && 'Config' in value && 'HostConfig' in value;
}
