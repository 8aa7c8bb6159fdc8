import { mkdtempSync, rmSync } from 'node:fs';
import type { Bench, Finding } from '../part';
import { Service } from '../service';
import { DockerEngine } from './docker-engine';
import { endMachines, guestCatalog } from './machines';

const RATIOS = ['DOCKER', 'QEMU'].flatMap((kind): [string, string][] =>
  ['CPU', 'RAM', 'DISK'].map((what) => [`${kind}_${what}_OVERCOMMIT`, '100']),
);

type Headers = Readonly<Record<string, string>>;

/** Responds when the operation has ended. */
export const WAITING: Headers = { Prefer: 'wait=60' };

export interface Made {
  readonly id: string;
  readonly status: string;
}

export interface EnginesToUse {
  readonly database: string;
  readonly docker: DockerEngine;
  /** Directory for virtual machines and the images that they use; absent without them. */
  readonly qemu?: { readonly directory: string; readonly images: readonly string[] };
  readonly variables?: Readonly<Record<string, string>>;
}

/** A service that uses real engines, and its API. */
export class Compute {
  private constructor(
    readonly service: Service,
    private readonly headers: Headers,
  ) {}

  /** @param headers of all requests */
  static async start(
    bench: Bench,
    { database, docker, qemu, variables = {} }: EnginesToUse,
    headers: Headers = {},
  ): Promise<Compute> {
    const machines = qemu && {
      DRIVER_VM: 'qemu',
      QEMU_DIR: qemu.directory,
      QEMU_STOP_SECONDS: '0',
      IMAGES_FILE: guestCatalog(qemu.images),
    };
    const service = await Service.start({
      directory: bench.directory,
      variables: {
        DATABASE_URL: await bench.cluster.createDatabase(database),
        DRIVER_CONTAINER: 'docker',
        DOCKER_HOST: `unix://${docker.socket}`,
        ...Object.fromEntries(RATIOS),
        ...machines,
        ...variables,
      },
    });
    return new Compute(service, { 'Content-Type': 'application/json', ...headers });
  }

  /** @throws {Error} if the response, after up to a minute, is not a running instance */
  async create(request: object, headers: Headers = WAITING): Promise<Made> {
    const body = { name: 'bench', flavor: 'small', ...request };
    const made = await this.call('POST', '/instances', body, headers);
    if (!isMade(made) || made.status !== 'running')
      throw new Error(`create answered ${JSON.stringify(made)}`);
    return made;
  }

  async remove({ id }: Pick<Made, 'id'>): Promise<void> {
    await this.call('DELETE', `/instances/${id}?force=true`);
  }

  /** @throws {Error} if the request is refused */
  async call(method: string, path: string, body?: object, headers: Headers = {}): Promise<object> {
    const response = await fetch(`${this.service.url}/api/v1/compute${path}`, {
      method,
      headers: { ...this.headers, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  }

  async stop(): Promise<void> {
    await this.service.stop();
  }
}

/** Runs work with an engine for containers and a service that uses it and QEMU; ends all of them. */
export async function withEngines(
  bench: Bench,
  { database, images }: { readonly database: string; readonly images: readonly string[] },
  work: (compute: Compute, docker: DockerEngine) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const docker = await DockerEngine.start();
  const directory = mkdtempSync('/tmp/compute-bench-qemu-');
  try {
    const compute = await Compute.start(bench, { database, docker, qemu: { directory, images } });
    const findings = await work(compute, docker);
    await compute.stop();
    return findings;
  } finally {
    await docker.stop();
    endMachines(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

export function isMade(answer: object): answer is Made {
  return 'id' in answer && typeof answer.id === 'string' && 'status' in answer;
}
