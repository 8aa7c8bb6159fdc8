import { Injectable } from '@nestjs/common';
import { SingleFlight } from '../platform/async/single-flight';
import { withTimeout, TimeoutError } from '../platform/async/timeout';
import { messageOf } from '../platform/errors/app.error';
import { Database } from '../platform/database';
import { DriverRegistry } from '../drivers';
import { ImagesService } from '../compute/images';
import { MonitoringClient, NetworkClient, StorageClient } from '../integrations';
import { OperationsWorker } from '../compute/worker';
import { NotReadyError } from './health.errors';

export interface Check {
  readonly status: 'up' | 'down' | 'circuit_open' | 'disabled';
  readonly detail?: string;
}

export interface Readiness {
  /** Degraded: requests are served, but a platform service or an engine is down. */
  readonly status: 'ready' | 'degraded';
  readonly checks: Readonly<Record<string, Check>>;
}

const CHECK_TIMEOUT_MS = 2000;
/** Requests can only be served with these; the others only degrade the service. */
const VITAL = ['process', 'database', 'worker'];

@Injectable()
export class ReadinessService {
  private isStopping = false;
  /** Concurrent calls share one check, because the route is public. */
  private readonly flights = new SingleFlight<Readonly<Record<string, Check>>>();

  constructor(
    private readonly database: Database,
    private readonly worker: OperationsWorker,
    private readonly drivers: DriverRegistry,
    private readonly images: ImagesService,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
    private readonly monitoring: MonitoringClient,
  ) {}

  /** From now on, reports this replica as not ready. */
  stop(): void {
    this.isStopping = true;
  }

  /** @throws {NotReadyError} if something vital is down. */
  async check(): Promise<Readiness> {
    const checks = await this.flights.run('checks', undefined, () => this.look());
    const down = Object.keys(checks).filter((name) => checks[name]?.status === 'down');
    const vital = down.filter((name) => VITAL.includes(name));
    if (vital.length > 0) throw new NotReadyError(checks, vital);
    const isWhole = Object.values(checks).every(({ status }) => status === 'up' || status === 'disabled');
    return { status: isWhole ? 'ready' : 'degraded', checks };
  }

  private async look(): Promise<Readonly<Record<string, Check>>> {
    const engines = this.drivers.active().map(async (driver) => {
      const check = await bounded(async () => {
        const { isUp, detail } = await driver.fingerprint(AbortSignal.timeout(CHECK_TIMEOUT_MS));
        return { status: isUp ? ('up' as const) : ('down' as const), detail };
      });
      return [`driver:${driver.kind}`, check] as const;
    });
    // Run concurrently, so that they take as long as the slowest one.
    const platformServices = Promise.all(
      Object.entries({ network: this.network, storage: this.storage, monitoring: this.monitoring }).map(
        async ([name, client]) => [name, await bounded(() => client.state())] as const,
      ),
    );
    return {
      process: this.isStopping ? { status: 'down', detail: 'shutting down' } : { status: 'up' },
      database: await bounded(() => this.ping()),
      worker: this.worker.isWorking()
        ? { status: 'up' }
        : { status: 'down', detail: 'does not poll its queue' },
      ...Object.fromEntries(await Promise.all(engines)),
      ...Object.fromEntries(await platformServices),
      ...this.catalog(),
    };
  }

  /** This is public, so problems with the file are only logged. */
  private catalog(): Readonly<Record<string, Check>> {
    const { state } = this.images;
    if (!state) return {};
    const { images, problems } = state;
    if (problems.length === 0) return { images: { status: 'up', detail: `${images} images` } };
    const detail = `IMAGES_FILE is invalid, see the log; still using its previous ${images} images`;
    return { images: { status: 'down', detail } };
  }

  /** Checks the connection and whether writes are accepted. Migrations ran before this process listened. */
  private async ping(): Promise<Check> {
    const { version } = await this.database.one<{ version: number }>({
      name: 'health_ping',
      text: 'SELECT max(version) AS version FROM schema_migrations',
      values: [],
    });
    const problem = await this.database.writeProblem();
    if (problem !== undefined) return { status: 'down', detail: `${this.database.kind}, ${problem}` };
    return { status: 'up', detail: `${this.database.kind}, schema ${version}` };
  }
}

async function bounded(check: () => Promise<Check>): Promise<Check> {
  try {
    return await withTimeout({ timeoutMs: CHECK_TIMEOUT_MS }, check);
  } catch (error) {
    return { status: 'down', detail: error instanceof TimeoutError ? 'no response' : messageOf(error) };
  }
}
