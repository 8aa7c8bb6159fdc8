import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailpointName } from '../../src/platform/failpoints';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { openDatabase } from '../../src/platform/database';
import { Client } from './client';
import { createTestDatabase, QUICKER_KIND, type TestDatabase } from './database';
import { eventually, type Patience } from './eventually';
import { miscounted } from './ledger';
import { ServiceProcess } from './service';

const CRASH = `--require ${join(__dirname, 'crash-at.cjs')}`;
export const PATIENCE: Patience = { withinMs: 60_000 };

/** A service that dies at a failpoint and is started again, once for each test. */
export class DoomedService {
  private readonly directory = mkdtempSync(join(tmpdir(), 'compute-crash-'));
  private readonly crashAt = join(this.directory, 'crash-at');
  /** The process that resumed the work of the previous test, unless that test failed. */
  private survivor: ServiceProcess | undefined;
  /** Started by the current test. */
  private service: ServiceProcess | undefined;

  private constructor(
    private readonly database: TestDatabase,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<DoomedService> {
    return new DoomedService(await createTestDatabase(QUICKER_KIND), environment);
  }

  /** A service that dies at the failpoint; the survivor of the previous test, if there is one. */
  async startDoomed(boundary: FailpointName): Promise<{ url: string; died: Promise<unknown> }> {
    this.service = this.survivor ?? (await this.start());
    this.survivor = undefined;
    writeFileSync(this.crashAt, boundary);
    return { url: this.service.url, died: this.service.died };
  }

  /** Dies at the failpoint from now on. */
  arm(boundary: FailpointName): void {
    writeFileSync(this.crashAt, boundary);
  }

  /** A new process, without a failpoint, once the doomed one has died; returns its URL. */
  async restart(): Promise<string> {
    rmSync(this.crashAt);
    this.service = await this.start();
    return this.service.url;
  }

  /** Keeps the running service for the next test, once no work is left that could reach that test's failpoint. */
  async keep(tenant: Client): Promise<void> {
    await eventually(async () => {
      const { body } = await tenant.get<{ operations: readonly { finishedAt: number | null }[] }>(
        '/operations',
      );
      expect(body.operations.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
    }, PATIENCE);
    this.survivor = this.service;
    this.service = undefined;
  }

  /** After each test. */
  async end(): Promise<void> {
    rmSync(this.crashAt, { force: true });
    await this.service?.kill();
    this.service = undefined;
  }

  /** Returns the counters of quotas that differ from a recount. */
  async close(): Promise<readonly string[]> {
    await this.survivor?.stop();
    rmSync(this.directory, { recursive: true });
    const opened = await openDatabase(new DatabaseConfig({ ...this.database.environment }));
    const wrong = await miscounted(opened);
    await opened.close();
    await this.database.remove();
    return wrong;
  }

  private start(): Promise<ServiceProcess> {
    return ServiceProcess.start({
      ...this.database.environment,
      PROVISION_DELAY_MS: '0',
      WORKER_LEASE_SECONDS: '1',
      NODE_OPTIONS: CRASH,
      CRASH_AT_FILE: this.crashAt,
      ...this.environment,
    });
  }
}
