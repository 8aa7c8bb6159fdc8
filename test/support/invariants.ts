import { newId } from '../../src/platform/values/uuid';
import { QuotasConfig } from '../../src/compute/quotas/quotas.config';
import { DatabaseConfig } from '../../src/platform/database/database.config';
import { NotificationBus, openDatabase, type Database } from '../../src/platform/database';
import { FlavorsRepository } from '../../src/compute/flavors/flavors.repository';
import { CreationRepository, type NewInstance } from '../../src/compute/instances/create/creation.repository';
import { ResourceSignals } from '../../src/compute/resources';
import { ActionsRepository } from '../../src/compute/instances/actions/actions.repository';
import { ResizeRepository } from '../../src/compute/instances/resize/resize.repository';
import { CompletionRepository } from '../../src/compute/instances/work/completion.repository';
import { OperationsQueue } from '../../src/compute/operations';
import { CapacityRepository } from '../../src/compute/quotas/capacity/capacity.repository';
import { QuotasRepository } from '../../src/compute/quotas/quotas.repository';
import { aNewInstance } from './builders';
import { createTestDatabase } from './database';
import { miscounted } from './ledger';

export const SUCCESS = { status: 'running', handle: { v: 1, data: {} }, metric: null } as const;
export const FAILURE = {
  status: 'error',
  reason: 'create failed: no',
  failure: { code: 'engine_failed', message: 'no' },
  metric: null,
} as const;
export const GONE = { metric: null, needsCleanup: false };
export const UNKNOWN = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };

const BY = { requestId: 'request-1', traceparent: null, actor: 'tenant:test', key: null };

export function aDeletion() {
  return { id: newId(), type: 'delete', ...BY, isForced: false } as const;
}

function aResize(flavor: string) {
  const operation = { id: newId(), type: 'resize', ...BY } as const;
  return { operation, flavor, allowRestart: false, isDryRun: false };
}

const REPLICAS = 8;
const TABLES = [
  'allocations',
  'host_ports',
  'resource_operations',
  'instances',
  'attachments',
  'quota_usage',
  'quotas',
  'host_inventory',
];

/** The repositories that count instances on one database, without the rest of the service. */
export class QuotaInvariants {
  readonly completions: CompletionRepository;
  readonly queue: OperationsQueue;
  readonly quotas: QuotasRepository;
  readonly capacities: CapacityRepository;
  readonly flavors: FlavorsRepository;
  /** Each batches its own calls, so several are needed for concurrent statements. */
  readonly replicas: readonly [CreationRepository, ...CreationRepository[]];
  readonly lifecycle: ActionsRepository;
  readonly resizes: ResizeRepository;
  private turn = 0;

  private constructor(
    readonly database: Database,
    quotas: QuotasConfig,
    /** For further connections; undefined if the database is embedded. */
    readonly url: string | undefined,
    readonly close: () => Promise<void>,
  ) {
    const signals = new ResourceSignals(new NotificationBus(database));
    const aReplica = (): CreationRepository => new CreationRepository(database, signals, quotas);
    this.replicas = [aReplica(), ...Array.from({ length: REPLICAS - 1 }, aReplica)];
    this.lifecycle = new ActionsRepository(database, signals);
    this.resizes = new ResizeRepository(database, signals, quotas);
    this.completions = new CompletionRepository(database, signals);
    this.queue = new OperationsQueue(database);
    this.quotas = new QuotasRepository(database);
    this.capacities = new CapacityRepository(database);
    this.flavors = new FlavorsRepository(database);
  }

  static async open(environment: Readonly<Record<string, string>>): Promise<QuotaInvariants> {
    const testDatabase = await createTestDatabase();
    const database = await openDatabase(new DatabaseConfig({ ...testDatabase.environment }));
    return new QuotaInvariants(
      database,
      new QuotasConfig(environment),
      testDatabase.environment['DATABASE_URL'],
      async () => {
        await database.close();
        await testDatabase.remove();
      },
    );
  }

  /**
   * Returns whether the instance was created. Retries like the service, because concurrent requests can prevent a
   * creation.
   */
  async make(tenantId: string, parts: Partial<NewInstance> = {}): Promise<boolean> {
    const replica = this.replicas[this.turn++ % REPLICAS] ?? this.replicas[0];
    const instance = aNewInstance(parts);
    for (let attempt = 0; attempt < 3; attempt++) {
      const operation = { id: newId(), type: 'create', ...BY } as const;
      if (await replica.create({ tenantId, instance, operation })) return true;
    }
    return false;
  }

  /** Returns whether the resize was started. */
  async resize(tenantId: string, ref: { id: string; version: number }, flavor: string): Promise<boolean> {
    return (await this.resizes.begin(tenantId, ref, aResize(flavor))) !== undefined;
  }

  /** Returns the number of created instances. */
  async makeMany(count: number, tenantId: string, parts?: Partial<NewInstance>): Promise<number> {
    const made = await Promise.all(Array.from({ length: count }, () => this.make(tenantId, parts)));
    return made.filter(Boolean).length;
  }

  /** Returns the counters that do not match a recount, then clears all tables. */
  async empty(): Promise<readonly string[]> {
    const wrong = await miscounted(this.database);
    for (const table of TABLES)
      await this.database.query({ name: '', text: `DELETE FROM ${table}`, values: [] });
    return wrong;
  }
}
