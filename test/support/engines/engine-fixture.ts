import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/platform/database';
import { DatabaseConfig } from '../../../src/platform/database/database.config';
import { Client } from '../client';
import { createTestDatabase, QUICKER_KIND, type TestDatabase } from '../database';
import { ServiceProcess } from '../service';
import { guestsOf } from './guests';

/** Short intervals, so that tests see changes in the engines soon. */
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
  // Repeated kills of the service use up attempts.
  OPERATION_MAX_ATTEMPTS: '1000',
  LOG_LEVEL: 'info',
};

export interface EngineFixtureOptions {
  /** Engine socket for containers; without it they are simulated. */
  readonly socket?: string;
  /** Catalog with the test guest; without it virtual machines are simulated. */
  readonly imagesFile?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The built service with real engines. It can be killed and restarted on the same data. */
export class EngineFixture {
  private constructor(
    private readonly directory: string,
    private readonly database: TestDatabase,
    private readonly environment: Readonly<Record<string, string>>,
    private running: ServiceProcess,
  ) {}

  static async start({ socket, imagesFile, environment = {} }: EngineFixtureOptions): Promise<EngineFixture> {
    const directory = mkdtempSync(join(tmpdir(), 'compute-rig-'));
    const database = await createTestDatabase(QUICKER_KIND);
    const all = {
      ...ENVIRONMENT,
      ...(socket !== undefined && { DRIVER_CONTAINER: 'docker', DOCKER_HOST: `unix://${socket}` }),
      ...(imagesFile !== undefined && { DRIVER_VM: 'qemu', IMAGES_FILE: imagesFile }),
      QEMU_DIR: directory,
      ...database.environment,
      ...environment,
    };
    return new EngineFixture(directory, database, all, await ServiceProcess.start(all));
  }

  get service(): ServiceProcess {
    return this.running;
  }

  as(tenantId: string): Client {
    return new Client(this.running.url, tenantId);
  }

  /** Starts the service again on the same data after it was killed or stopped. */
  async startAgain(): Promise<void> {
    this.running = await ServiceProcess.start(this.environment);
  }

  /** As if the hosts had booted since the service was stopped or killed. */
  async bootHosts(): Promise<void> {
    const database = await openDatabase(new DatabaseConfig({ ...this.database.environment }));
    await database.query({ name: '', text: `UPDATE hosts SET boot_id = 'an earlier one'`, values: [] });
    await database.close();
  }

  /** Directory of a virtual machine. */
  directoryOf(instanceId: string): string {
    return join(this.directory, 'instances', instanceId);
  }

  /** QMP socket of a virtual machine. */
  monitorOf(instanceId: string): string {
    return join(this.directoryOf(instanceId), 'work', 'qmp.sock');
  }

  /** Names of the directories that the QEMU driver keeps for instances. */
  get remains(): readonly string[] {
    return this.entriesOf('instances');
  }

  /** Names of those that it keeps for snapshots. */
  get snapshotRemains(): readonly string[] {
    return this.entriesOf('snapshots');
  }

  private entriesOf(kind: string): readonly string[] {
    const path = join(this.directory, kind);
    return existsSync(path) ? readdirSync(path) : [];
  }

  async close(): Promise<void> {
    await this.running.stop();
    // Machines outlive the service, and their directory is removed below.
    for (const { pid } of this.remains.flatMap((id) => guestsOf(id))) process.kill(pid, 'SIGKILL');
    await this.database.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
