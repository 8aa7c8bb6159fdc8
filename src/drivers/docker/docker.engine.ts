import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { boundedBy, TimedOut } from '../../common/bounded';
import type { DockerConfig } from '../../config';
import { DriverError } from '../compute-driver.port';
import { isAbsent, toDriverError } from './docker.errors';

/** What is to be known of an engine before it is asked for a container. */
export interface EngineFacts {
  readonly product: 'docker' | 'podman';
  /** Its own id, where it tells one. */
  readonly id: string;
  /** E.g. "Docker Engine 20.10.24, overlay2, cgroup 1". */
  readonly title: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Where images and containers lie, on the engine's host. */
  readonly directory: string;
  /** Whether the storage driver may be able to bound a container's disk; some say it only when asked to. */
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
 * dockerode's client puts all of a request's options into words before it sends it, whether anybody reads them or
 * not. The agent is one of them, and knows every request under way: 50 at once took most of a processor.
 */
class TerseAgent extends Agent {
  [inspect.custom](): string {
    return 'Agent';
  }
}

/** The way to the engine: every call is bounded, can be aborted, and rejects with a `DriverError`. */
export class DockerEngine {
  readonly docker: Docker;
  readonly isLocal: boolean;
  private known: EngineFacts | undefined;
  private isDiskUnlimited = false;

  constructor(private readonly config: DockerConfig) {
    // A connection that is kept would outlive the engine's restart and fail the first call after it.
    const agent = new TerseAgent({ keepAlive: false });
    const url = new URL(config.host);
    this.isLocal = url.protocol === 'unix:';
    // Both are named, so that the variables of Docker's own client count for nothing.
    const local = { agent, protocol: 'http' as const, host: undefined, socketPath: url.pathname };
    const remote = { agent, protocol: 'http' as const, host: url.hostname, port: url.port };
    this.docker = new Docker(this.isLocal ? local : remote);
  }

  /**
   * One call. The promise settles when the time is over or the signal aborts, whatever becomes of the call:
   * an engine that dies in the middle of an answer leaves dockerode waiting for ever.
   * @throws whatever the call rejects with, or a {@link DriverError} for a call without an answer.
   */
  async ask<T>(
    call: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
    signal: AbortSignal,
    ms: number = this.config.timeoutMs,
  ): Promise<T> {
    try {
      return await boundedBy({ timeoutMs: ms, signal }, (abortSignal) => call({ abortSignal }));
    } catch (error) {
      if (error instanceof TimedOut) throw tooLate(ms);
      throw signal.aborted ? aborted(signal) : error;
    }
  }

  /** The same; undefined where the engine has no such thing. */
  async find<T>(
    call: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    try {
      return await this.ask(call, signal);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  /** An answer that comes in pieces; it is cut off when the signal aborts, or by destroying it. */
  async stream(request: StreamRequest, signal: AbortSignal): Promise<Readable> {
    const cut = new AbortController();
    const end = (): void => cut.abort();
    signal.addEventListener('abort', end, { once: true });
    try {
      const stream = await this.ask(() => this.dial(request, cut.signal), signal);
      stream.once('close', () => signal.removeEventListener('abort', end));
      // Its reader gets the error from the iterator; this is for one that comes when nobody reads.
      stream.on('error', () => undefined);
      return stream;
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Asks the engine again where `isFresh`, e.g. when it may be another one by now. */
  async facts(signal: AbortSignal, { isFresh = false } = {}): Promise<EngineFacts> {
    if (this.known !== undefined && !isFresh) return this.known;
    try {
      const facts = await this.ask(
        (options) => this.json<EngineInfo>('/info', options.abortSignal).then(toFacts),
        signal,
      );
      this.known = { ...facts, mayLimitDisk: facts.mayLimitDisk && !this.isDiskUnlimited };
      return this.known;
    } catch (error) {
      throw toDriverError('say what it is', error);
    }
  }

  /** The storage driver was asked to bound a disk, and cannot. */
  learnNoDiskLimit(): void {
    this.isDiskUnlimited = true;
    this.known = undefined;
  }

  /** For what dockerode's types know no way of aborting. The caller says what the answer is, of which nothing is sure. */
  async json<T extends object>(path: string, signal: AbortSignal): Promise<Partial<T>> {
    const stream = await this.dial({ method: 'GET', path, query: {} }, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    }
    return parse<T>(Buffer.concat(chunks).toString('utf8'));
  }

  /** What dockerode has no method for. */
  dial(request: StreamRequest, abortSignal: AbortSignal): Promise<Readable> {
    return new Promise((resolve, reject) => {
      const query = new URLSearchParams(request.query).toString();
      this.docker.modem.dial(
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
          else reject(new Error('the engine answered with nothing to read'));
        },
      );
    });
  }
}

const parse: <T extends object>(text: string) => Partial<T> = JSON.parse;

function aborted(signal: AbortSignal): DriverError {
  return new DriverError('The call of the container engine was cancelled', {
    retryable: true,
    cause: signal.reason,
  });
}

function tooLate(ms: number): DriverError {
  return new DriverError(`The container engine did not answer within ${Math.ceil(ms / 1000)} s`, {
    retryable: true,
  });
}

/** The members of `GET /info` that count here; the types of dockerode leave them open. */
interface EngineInfo {
  readonly ID?: string;
  readonly ServerVersion?: string;
  /** Of Podman only. */
  readonly BuildahVersion?: string;
  readonly Driver?: string;
  readonly DriverStatus?: readonly (readonly string[])[];
  readonly CgroupVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly DockerRootDir?: string;
}

function toFacts(info: EngineInfo): EngineFacts {
  // Both would say it in `GET /version`, for which Podman starts half a dozen programs.
  const product = info.BuildahVersion === undefined ? 'docker' : 'podman';
  const storage = info.Driver ?? 'unknown storage';
  const backing = (info.DriverStatus ?? []).find(([name]) => name === 'Backing Filesystem')?.[1];
  const name = product === 'podman' ? 'Podman' : 'Docker Engine';
  return {
    product,
    id: info.ID ?? '',
    title: `${name} ${info.ServerVersion ?? ''}, ${storage}, cgroup ${info.CgroupVersion ?? '?'}`,
    cpus: info.NCPU ?? 0,
    memoryBytes: info.MemTotal ?? 0,
    directory: info.DockerRootDir ?? '',
    mayLimitDisk: ['btrfs', 'zfs'].includes(storage) || (storage.startsWith('overlay') && backing === 'xfs'),
  };
}
