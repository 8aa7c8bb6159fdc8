import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../client';
import { createTestDatabase, type TestDatabase } from '../database';
import { POSTGRES_MISSING } from '../postgres';
import { ServiceProcess } from '../service';

/** Short, so that tests see soon what the engines report. */
const ENVIRONMENT = {
  RECONCILE_SECONDS: '1',
  WORKER_LEASE_SECONDS: '2',
  DOCKER_PULL: 'never',
  DOCKER_STOP_SECONDS: '2',
  DOCKER_RAM_OVERCOMMIT: '100',
  DOCKER_CPU_OVERCOMMIT: '100',
  DOCKER_DISK_OVERCOMMIT: '100',
  QEMU_RAM_OVERCOMMIT: '100',
  QEMU_CPU_OVERCOMMIT: '100',
  QEMU_DISK_OVERCOMMIT: '100',
  // A service that is killed again and again has begun everything often.
  OPERATION_MAX_ATTEMPTS: '1000',
  LOG_LEVEL: 'info',
};

export interface RigOptions {
  /** Socket of the engine for containers; without it they are simulated. */
  readonly socket?: string;
  /** Catalogue with the guest of the tests; without it virtual machines are simulated. */
  readonly imagesFile?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The built service with real engines behind it: it can be killed, and started again on the same data. */
export class Rig {
  private constructor(
    private readonly directory: string,
    private readonly database: TestDatabase,
    private readonly environment: Readonly<Record<string, string>>,
    private running: ServiceProcess,
  ) {}

  static async start({ socket, imagesFile, environment = {} }: RigOptions): Promise<Rig> {
    const directory = mkdtempSync(join(tmpdir(), 'compute-rig-'));
    // It starts quicker than the embedded one.
    const database = await createTestDatabase(POSTGRES_MISSING === undefined ? 'postgres' : 'embedded');
    const all = {
      ...ENVIRONMENT,
      ...(socket !== undefined && { DRIVER_CONTAINER: 'docker', DOCKER_HOST: `unix://${socket}` }),
      ...(imagesFile !== undefined && { DRIVER_VM: 'qemu', IMAGES_FILE: imagesFile }),
      QEMU_DIR: directory,
      ...database.environment,
      ...environment,
    };
    return new Rig(directory, database, all, await ServiceProcess.start(all));
  }

  get service(): ServiceProcess {
    return this.running;
  }

  as(tenantId: string): Client {
    return new Client(this.running.url, tenantId);
  }

  /** Starts it again on the same data, after it was killed or stopped. */
  async startAgain(): Promise<void> {
    this.running = await ServiceProcess.start(this.environment);
  }

  /** Everything below here is of the instance, if it is a virtual machine. */
  directoryOf(instanceId: string): string {
    return join(this.directory, 'instances', instanceId);
  }

  /** Where its own protocol is spoken, if it is a virtual machine. */
  monitorOf(instanceId: string): string {
    return join(this.directoryOf(instanceId), 'work', 'qmp.sock');
  }

  /** Names of whatever the driver of virtual machines still keeps for instances. */
  get remains(): readonly string[] {
    const instances = join(this.directory, 'instances');
    return existsSync(instances) ? readdirSync(instances) : [];
  }

  async close(): Promise<void> {
    await this.running.stop();
    // Machines outlive the service, and their directory is about to go.
    for (const { pid } of this.remains.flatMap((id) => guestsOf(id))) process.kill(pid, 'SIGKILL');
    await this.database.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A process that runs QEMU for an instance, found as an operator would. */
export interface Guest {
  readonly pid: number;
  /** Clock ticks after boot, so that a pid that was given again is not taken for it. */
  readonly startedAt: string;
  readonly arguments: readonly string[];
}

/** The processes of QEMU on this machine whose arguments have the id of the instance. */
export function guestsOf(instanceId: string): readonly Guest[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const args = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const isGuest =
        args[0]?.includes('qemu-system') === true && args.some((one) => one.includes(instanceId));
      return isGuest ? [{ pid: Number(entry), startedAt: startOf(entry), arguments: args }] : [];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
}

/** The value of a control file of the cgroup that a process is in. */
export function cgroupValue(pid: number, controller: string, file: string): string {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').split('\n');
  const ours = lines
    .map((line) => line.split(':'))
    .find(([, names]) => names?.split(',').includes(controller));
  if (ours?.[2] !== undefined)
    return readFileSync(join('/sys/fs/cgroup', controller, ours[2], file), 'utf8').trim();
  throw new Error(`process ${pid} is in no cgroup of ${controller}`);
}

export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

function startOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
}
