import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../client';
import { ServiceProcess } from '../service';
import { guestsOf } from './guests';

/** Short intervals, so that what another host would wrongly do shows soon. */
const ENVIRONMENT = {
  DRIVER_VM: 'qemu',
  QEMU_RAM_OVERCOMMIT: '100',
  QEMU_CPU_OVERCOMMIT: '100',
  QEMU_DISK_OVERCOMMIT: '100',
  QEMU_STOP_SECONDS: '0',
  RECONCILE_SECONDS: '1',
  WORKER_LEASE_SECONDS: '2',
  POWER_WAIT_SECONDS: '1',
};

/** A machine with QEMU: a replica of the service and a QEMU directory that no other replica uses. */
export class QemuHost {
  private readonly directory = mkdtempSync(join(tmpdir(), 'compute-host-'));

  private constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private running: ServiceProcess | undefined,
  ) {}

  /** @param shared settings of all hosts: the database and the image catalog */
  static async start(shared: Readonly<Record<string, string>>): Promise<QemuHost> {
    const host = new QemuHost({ ...ENVIRONMENT, ...shared }, undefined);
    writeFileSync(join(host.directory, 'host-id'), `${randomUUID()}\n`);
    await host.startAgain();
    return host;
  }

  /** Starts the replica again on the same directory after it was killed. */
  async startAgain(): Promise<void> {
    this.running = await ServiceProcess.start({ ...this.environment, QEMU_DIR: this.directory });
  }

  /** Replaces the directory by an empty one, like a reboot that does not mount its disk. */
  unmount(): void {
    renameSync(this.directory, `${this.directory}.away`);
    mkdirSync(this.directory);
  }

  mount(): void {
    rmdirSync(this.directory);
    renameSync(`${this.directory}.away`, this.directory);
  }

  get service(): ServiceProcess {
    if (!this.running) throw new Error('the host was not started');
    return this.running;
  }

  as(tenantId: string): Client {
    return new Client(this.service.url, tenantId);
  }

  /** Ids of the instances that this host holds. */
  get instanceIds(): readonly string[] {
    const instances = join(this.directory, 'instances');
    return existsSync(instances) ? readdirSync(instances).filter((name) => !name.startsWith('.')) : [];
  }

  async close(): Promise<void> {
    await this.running?.stop();
    // Machines outlive the service, and their directory is removed below.
    for (const { pid } of this.instanceIds.flatMap((id) => guestsOf(id))) process.kill(pid, 'SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}
