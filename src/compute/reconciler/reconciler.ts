import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FairSemaphore } from '../../platform/async/fair-semaphore';
import { withTimeout } from '../../platform/async/timeout';
import { isUuid } from '../../platform/values/uuid';
import { IntervalTask } from '../../platform/async/interval-task';
import { ReconcilerConfig } from './reconciler.config';
import { DriverRegistry, type ComputeDriver, type InventoryItem } from '../../drivers';
import { Metrics, type ReconcileOutcome } from '../../platform/metrics';
import { HostsService, type ReachedHost } from '../hosts';
import { DriftDetector, type Found } from './drift-detector';
import { asInventoryHost, type InventoryHost } from './discarding';
import { OrphansService } from './orphans/orphans.service';
import { ReconcilerRepository } from './reconciler.repository';
import { LeftoversService } from './leftovers.service';
import { EngineContacts, type Contact } from './restarts/engine-contacts';
import { Restarter } from './restarts/restarter';

const LIST_TIMEOUT_MS = 30_000;
/** A stored contact is renewed after this. */
const CONTACT_STORED_MS = 60_000;

const SENTENCES: Readonly<Record<ReconcileOutcome, string>> = {
  done: 'the engine was compared successfully again',
  partial: 'failed to inspect some instances; they keep their status',
  unreachable: 'failed to list the instances at the engine; no status is changed until that succeeds',
  failed: 'failed to compare the engine with the database; will retry',
};

/**
 * Periodically lists what engines hold, for drivers that support it, and updates stored instances to match.
 * Replicas run in parallel: the second write changes nothing.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Reconciler');
  /** Outcome of the last round, by driver: only changes are logged. */
  private readonly outcomes = new Map<string, ReconcileOutcome>();
  /** By driver: a comparison would report a wrong contact if another one ended meanwhile. */
  private readonly turns = new FairSemaphore({ atOnce: Infinity, ofGroup: 1 });
  private readonly rounds: IntervalTask;

  constructor(
    { intervalMs }: ReconcilerConfig,
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsService,
    private readonly repository: ReconcilerRepository,
    private readonly driftDetector: DriftDetector,
    private readonly orphans: OrphansService,
    private readonly leftovers: LeftoversService,
    private readonly contacts: EngineContacts,
    private readonly restarter: Restarter,
    private readonly metrics: Metrics,
  ) {
    this.rounds = new IntervalTask({
      intervalMs,
      isImmediate: true,
      work: (signal) => this.round(signal),
      failed: (error) => this.logger.warn({ err: error }, 'failed to compare engines with the database'),
    });
  }

  onApplicationBootstrap(): void {
    const help = 'Instances at the engine that are not in the database, as last seen by this replica';
    this.metrics.gauge('compute_orphans', help, ['driver'], (gauge) => {
      for (const [driver, count] of this.orphans.countOf) gauge.set({ driver }, count);
      return Promise.resolve();
    });
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await Promise.all(this.hosts.reached().map((host) => this.storeContact(host, 0)));
  }

  /** If the host is shut down next, the next process can tell what stopped with it. */
  private async storeContact(host: InventoryHost | ReachedHost, atMostMsAgo: number): Promise<void> {
    if (this.contacts.of(host.driver).state !== 'held') return;
    try {
      await this.hosts.recordContact(host, atMostMsAgo);
    } catch (error) {
      this.logger.warn({ driver: host.driver.kind, err: error }, 'failed to store the last contact');
    }
  }

  /** Checks all engines once, concurrently, so that one that hangs does not delay the others. */
  async round(signal: AbortSignal): Promise<void> {
    const hosts = this.hosts.reached();
    const active = new Set(this.drivers.active());
    const idle = hosts.filter(({ driver }) => !active.has(driver)).map(({ id }) => id);
    const inUse = new Set(idle.length > 0 ? await this.repository.inUse(idle) : []);
    const compared = hosts.filter(({ id, driver }) => active.has(driver) || inUse.has(id));
    await Promise.all(
      compared.map(async (each) => {
        const host = asInventoryHost(each);
        if (host) await this.compare(host, signal);
      }),
    );
  }

  /**
   * Checks some instances, because their engine reported a change.
   * @returns those with an open operation, which were not checked
   */
  async check(
    driver: ComputeDriver,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    // Ids come from the engine: anything else belongs to no instance, and would fail the query for all.
    const possible = ids.filter(isUuid);
    const unsettled = await this.repository.unsettled(possible);
    const settled = possible.filter((id) => !unsettled.includes(id));
    if (settled.length > 0) {
      const { moves, observed } = await this.driftDetector.confirm(settled, { driver, signal });
      this.contacts.observed(driver, observed);
      this.logMoves(driver, moves);
    }
    return unsettled;
  }

  /** Compares everything that one host holds, after the comparisons of it that have begun. */
  async compare(host: InventoryHost, signal: AbortSignal): Promise<void> {
    try {
      await this.turns.run(host.driver.kind, signal, () => this.compareNow(host, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private async compareNow(host: InventoryHost, signal: AbortSignal): Promise<void> {
    const { driver } = host;
    const contact = this.contacts.of(driver);
    const startedAt = performance.now();
    let inventory: readonly InventoryItem[];
    try {
      inventory = await withTimeout({ timeoutMs: LIST_TIMEOUT_MS, signal }, (limit) =>
        driver.abilities.inventory.list(limit),
      );
    } catch (error) {
      await this.contactLost(driver, signal);
      this.ended(driver, 'unreachable', { error, signal });
      return;
    }
    try {
      await this.storeLoss(host);
      await this.orphans.sync(host, inventory, signal);
      const reported = new Map(
        inventory.map(({ instanceId, observation }) => [instanceId.toLowerCase(), observation]),
      );
      const { moves, silent, unseen, leftovers } = await this.driftDetector.of({
        host,
        inventory: reported,
        signal,
      });
      this.logMoves(driver, moves);
      await this.compared(host, { contact, startedAt, unseen });
      await this.leftovers.remove(host, leftovers, signal);
      await this.storeContact(host, CONTACT_STORED_MS);
      this.ended(driver, silent > 0 ? 'partial' : 'done', { signal });
    } catch (error) {
      this.ended(driver, 'failed', { error, signal });
    }
  }

  /** The engine cannot be reached. */
  async contactLost(driver: ComputeDriver, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.contacts.lost(driver);
    const host = this.hosts.of(driver);
    try {
      if (host) await this.storeLoss(host);
    } catch (error) {
      const sentence = 'failed to store that the engine cannot be reached; will retry';
      this.logger.warn({ driver: driver.kind, err: error }, sentence);
    }
  }

  /** Another process may be the one that regains the contact. */
  private async storeLoss({ id, driver }: InventoryHost | ReachedHost): Promise<void> {
    const lostForMs = this.contacts.unstoredLossOf(driver);
    if (lostForMs === undefined) return;
    await this.hosts.contactLost(id, lostForMs);
    this.contacts.lossStored(driver);
  }

  /** After a failure, the next comparison tries again. */
  private async compared(host: InventoryHost, { contact, startedAt, unseen }: Comparison): Promise<void> {
    const { id, driver } = host;
    if (this.contacts.of(driver) !== contact) return;
    const lostForMs = await this.hosts.contactLostFor(host, performance.now() - startedAt);
    if (lostForMs !== undefined) {
      // If this replica was in contact, only another one was not.
      if (contact.state !== 'held') await this.restarter.contactRegained(id, lostForMs);
      // Otherwise, the same instances would become due again after a crash.
      await this.hosts.recordContact(host, CONTACT_STORED_MS);
      await this.hosts.contactRegained(id, performance.now() - startedAt);
    }
    this.contacts.compared(driver, contact, unseen);
  }

  private logMoves(driver: ComputeDriver, moves: Found['moves']): void {
    for (const { id, tenantId, from, to } of moves) {
      this.metrics.countReconciled(driver.kind, to);
      this.logger.log(
        { driver: driver.kind, instanceId: id, tenantId, from, to },
        'changed the status to what the engine reported',
      );
    }
  }

  private ended(driver: ComputeDriver, outcome: ReconcileOutcome, { error, signal }: End): void {
    if (signal.aborted) return;
    this.metrics.countReconcile(driver.kind, outcome);
    const before = this.outcomes.get(driver.kind) ?? 'done';
    this.outcomes.set(driver.kind, outcome);
    if (outcome === before) return;
    const fields = { driver: driver.kind, ...(error !== undefined && { err: error }) };
    if (outcome === 'done') this.logger.log(fields, SENTENCES[outcome]);
    else this.logger.warn(fields, SENTENCES[outcome]);
  }
}

interface Comparison {
  /** When it began. */
  readonly contact: Contact;
  /** In milliseconds since this process started. */
  readonly startedAt: number;
  /** Ids of the instances that were not observed. */
  readonly unseen: readonly string[];
}

interface End {
  readonly error?: unknown;
  readonly signal: AbortSignal;
}
