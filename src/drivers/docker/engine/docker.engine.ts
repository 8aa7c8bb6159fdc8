import { uptime } from 'node:os';
import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import type Docker from 'dockerode';
import { withTimeout, TimeoutError } from '../../../platform/async/timeout';
import type { DockerConfig } from '../docker.config';
import { bootId } from '../../../platform/procfs';
import { DriverError } from '../../port/driver-call';
import { isAbsent, toDriverError } from './docker.errors';

/** Properties of the engine that affect how containers are created. */
export interface EngineFacts {
  readonly product: 'docker' | 'podman';
  /** The engine's own id, or the host name for Podman, whose id changes with every call; empty if it reports none. */
  readonly id: string;
  /** E.g. "Docker Engine 20.10.24, overlay2, cgroup 1". */
  readonly title: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Directory of images and containers on the engine's host. */
  readonly directory: string;
  /** Whether the storage driver may support disk limits; some reveal that they do not only when one is requested. */
  readonly mayLimitDisk: boolean;
}

export interface StreamRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Credentials for a registry. */
  readonly auth?: Readonly<Record<string, string>>;
}

/**
 * dockerode's client formats all options of a request with `util.inspect` for debug output, even if that is off.
 * The agent is one of them and references all pending requests: 50 at once used most of a CPU.
 */
class TerseAgent extends Agent {
  [inspect.custom](): string {
    return 'Agent';
  }
}

type Ask<T> = (options: { readonly abortSignal: AbortSignal }, docker: Docker) => Promise<T>;

/** Turns every rejection of `act` into a `DriverError`; `what` completes "failed to …". */
export type Doing = <T>(what: string, act: () => Promise<T>) => Promise<T>;

/** Client of the engine. Every call has a timeout and can be aborted. */
export class DockerEngine {
  readonly isLocal: boolean;
  /** Null if the engine is on this machine. */
  readonly remoteHost: string | null;
  private readonly connection: Docker.DockerOptions;
  private loading: Promise<Docker> | undefined;
  private known: EngineFacts | undefined;
  /** Undefined until the engine has answered. */
  product: EngineFacts['product'] | undefined;
  private isDiskUnlimited = false;

  constructor(private readonly config: DockerConfig) {
    // A kept-alive connection would fail the first call after the engine restarts.
    const agent = new TerseAgent({ keepAlive: false });
    const url = new URL(config.host);
    this.isLocal = url.protocol === 'unix:';
    this.remoteHost = this.isLocal ? null : url.hostname;
    // Protocol and host are set explicitly, so that environment variables such as DOCKER_HOST have no effect.
    const local = { agent, protocol: 'http' as const, host: undefined, socketPath: url.pathname };
    const remote = { agent, protocol: 'http' as const, host: url.hostname, port: url.port };
    this.connection = this.isLocal ? local : remote;
  }

  /** When the host of the engine was started, in Unix milliseconds; undefined if that is another machine. */
  get bootedAt(): number | undefined {
    return this.isLocal ? Date.now() - uptime() * 1000 : undefined;
  }

  /** Identifies the boot of the host of the engine; undefined if that is another machine, or does not run Linux. */
  async bootId(): Promise<string | undefined> {
    return this.isLocal ? bootId().catch(() => undefined) : undefined;
  }

  /**
   * Runs one call. The promise settles on timeout or abort even if the call does not: if an engine dies while
   * it responds, dockerode waits forever.
   * @throws whatever the call rejects with, or a {@link DriverError} on timeout or abort.
   */
  async ask<T>(call: Ask<T>, signal: AbortSignal, ms: number = this.config.timeoutMs): Promise<T> {
    try {
      return await withTimeout({ timeoutMs: ms, signal }, async (abortSignal) =>
        call({ abortSignal }, await this.client()),
      );
    } catch (error) {
      if (error instanceof TimeoutError) throw tooLate(ms);
      throw signal.aborted ? aborted(signal) : error;
    }
  }

  /** Like `ask`, but returns undefined if the engine answers 404. */
  async find<T>(call: Ask<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await this.ask(call, signal);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** Opens a streamed response, which ends when the signal aborts or the stream is destroyed. */
  async stream(request: StreamRequest, signal: AbortSignal): Promise<Readable> {
    const cut = new AbortController();
    const end = (): void => cut.abort();
    signal.addEventListener('abort', end, { once: true });
    try {
      const stream = await this.ask(() => this.dial(request, cut.signal), signal);
      stream.once('close', () => signal.removeEventListener('abort', end));
      // Readers get errors from the iterator; this handles errors emitted without a reader.
      stream.on('error', () => undefined);
      return stream;
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Cached, unless `isFresh` is set, e.g. because the engine may have been replaced. */
  async facts(signal: AbortSignal, { isFresh = false } = {}): Promise<EngineFacts> {
    if (this.known !== undefined && !isFresh) return this.known;
    try {
      const facts = await this.ask(
        (options) => this.json<EngineInfo>('/info', options.abortSignal).then(toFacts),
        signal,
      );
      this.product = facts.product;
      this.known = { ...facts, mayLimitDisk: facts.mayLimitDisk && !this.isDiskUnlimited };
      return this.known;
    } catch (error) {
      throw toDriverError('report its version', error);
    }
  }

  /** Records that the storage driver rejected a disk limit. */
  learnNoDiskLimit(): void {
    this.isDiskUnlimited = true;
    this.known = undefined;
  }

  /** For calls that dockerode's types cannot abort. The caller names the response type; any member may be missing. */
  async json<T extends object>(path: string, signal: AbortSignal): Promise<Partial<T>> {
    const stream = await this.dial({ method: 'GET', path, query: {} }, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    return parse<T>(Buffer.concat(chunks).toString('utf8'));
  }

  /** Sends a request that dockerode has no method for. */
  async dial(request: StreamRequest, abortSignal: AbortSignal): Promise<Readable> {
    const { modem } = await this.client();
    return new Promise((resolve, reject) => {
      const query = new URLSearchParams(request.query).toString();
      modem.dial(
        {
          path: query === '' ? request.path : `${request.path}?${query}&`,
          method: request.method,
          isStream: true,
          abortSignal,
          statusCodes: { 200: true },
          ...(request.body && { options: { _query: {}, _body: request.body } }),
          ...(request.auth && { authconfig: request.auth }),
        },
        (error, answer) => {
          if (error) reject(error);
          else if (answer instanceof Readable) resolve(answer);
          else reject(new Error('the engine sent a response without a body'));
        },
      );
    });
  }

  async container(nameOrId: string): Promise<Docker.Container> {
    return (await this.client()).getContainer(nameOrId);
  }

  async network(name: string): Promise<Docker.Network> {
    return (await this.client()).getNetwork(name);
  }

  /** Loads dockerode with the first call: it takes a tenth of the start of a service that may not use Docker. */
  private client(): Promise<Docker> {
    this.loading ??= import('dockerode').then(({ default: Client }) => new Client(this.connection));
    return this.loading;
  }
}

const parse: <T extends object>(text: string) => Partial<T> = JSON.parse;

function aborted(signal: AbortSignal): DriverError {
  return new DriverError('The call to the container engine was cancelled', {
    retryable: true,
    cause: signal.reason,
  });
}

function tooLate(ms: number): DriverError {
  return new DriverError(`The container engine did not respond within ${Math.ceil(ms / 1000)} s`, {
    retryable: true,
  });
}

/** The members of `GET /info` that are used here; dockerode does not type them. */
interface EngineInfo {
  readonly ID?: string;
  readonly ServerVersion?: string;
  /** Podman only. */
  readonly BuildahVersion?: string;
  /** Host name. */
  readonly Name?: string;
  readonly Driver?: string;
  readonly DriverStatus?: readonly (readonly string[])[];
  readonly CgroupVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly DockerRootDir?: string;
}

function toFacts(info: EngineInfo): EngineFacts {
  // Both report it in `GET /version` as well, but Podman starts half a dozen programs for that.
  const product = info.BuildahVersion === undefined ? 'docker' : 'podman';
  const storage = info.Driver ?? 'unknown storage';
  const backing = (info.DriverStatus ?? []).find(([name]) => name === 'Backing Filesystem')?.[1];
  const name = product === 'podman' ? 'Podman' : 'Docker Engine';
  return {
    product,
    id: (product === 'podman' ? info.Name : info.ID) ?? '',
    title: `${name} ${info.ServerVersion ?? ''}, ${storage}, cgroup ${info.CgroupVersion ?? '?'}`,
    cpus: info.NCPU ?? 0,
    memoryBytes: info.MemTotal ?? 0,
    directory: info.DockerRootDir ?? '',
    mayLimitDisk: ['btrfs', 'zfs'].includes(storage) || (storage.startsWith('overlay') && backing === 'xfs'),
  };
}
