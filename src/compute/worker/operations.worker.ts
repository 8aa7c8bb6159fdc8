import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OperationsConfig } from '../operations/operations.config';
import { ServiceConfig } from '../../platform/service.config';
import { Database } from '../../platform/database';
import { Metrics } from '../../platform/metrics';
import { HostsService } from '../hosts';
import { OperationHandlers, OperationSignals, OperationsQueue } from '../operations';
import { LeasedOperation } from './leased-operation';
import { LeaseRenewer } from './lease-renewer';
import { OperationRunner } from './operation-runner';
import { WorkerSlots } from './worker-slots';
import { sleep } from '../../platform/async/sleep';

/** A backward clock jump larger than this triggers a repair of due times. */
const CLOCK_TOLERANCE_MS = 1000;
/** The worker counts as stalled after the poll interval plus this long without a claim. */
const STALL_MS = 5000;
/** Share of the shutdown grace period that is reserved for releasing unfinished operations. */
const RELEASE_SHARE = 0.25;
const LONGEST_RELEASE_MS = 3000;

/**
 * Claims due operations and runs them. An operation that waits for its engine only costs memory, so
 * a worker holds thousands at once; `WorkerSlots` shares them between tenants.
 *
 * New operations and freed slots wake it. Polling covers the rest: expired
 * leases, elapsed delays and lost notifications.
 */
@Injectable()
export class OperationsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** For operators; unique even if containers share host name and pids. */
  readonly name = `${hostname()}:${randomBytes(4).toString('hex')}:${process.pid}`;
  private readonly logger = new Logger('Worker');
  private readonly held = new Map<string, LeasedOperation>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly keeper: LeaseRenewer;
  private readonly runner: OperationRunner;
  private readonly slots: WorkerSlots;
  private wakeUp = new AbortController();
  private loop: Promise<void> | undefined;
  private lastClaimAt = 0;
  private lastRequeueAt = -Infinity;
  /** Database clock minus this process's clock; undefined before the first check of due times. */
  private clockOffsetMs: number | undefined;

  constructor(
    private readonly config: OperationsConfig,
    private readonly service: ServiceConfig,
    private readonly database: Database,
    private readonly queue: OperationsQueue,
    private readonly signals: OperationSignals,
    handlers: OperationHandlers,
    metrics: Metrics,
    hosts: HostsService,
  ) {
    const { leaseMs, maxAttempts } = config;
    this.slots = new WorkerSlots(() => limitsOf(hosts, config));
    this.keeper = new LeaseRenewer(queue, this.held, leaseMs);
    this.runner = new OperationRunner({ handlers, queue, signals, metrics }, maxAttempts);
  }

  async onApplicationBootstrap(): Promise<void> {
    // No other process uses this database, so all leases are left over from dead processes.
    if (this.database.kind === 'embedded') await this.queue.endAllLeases();
    this.signals.on('enqueued', () => this.wake());
    this.signals.on('resync', () => this.wake());
    this.signals.on('cancelled', (id) => this.held.get(id)?.interrupt('superseded'));
    this.keeper.start();
    this.loop = this.work();
  }

  /** Stops claiming, gives running operations time to end, then releases the rest. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    const releaseMs = Math.min(LONGEST_RELEASE_MS, this.service.shutdownGraceMs * RELEASE_SHARE);
    await this.drained(this.service.shutdownGraceMs - releaseMs);
    for (const held of this.held.values()) held.interrupt('shutdown');
    await this.drained(releaseMs);
    this.keeper.stop();
    this.signals.stopped();
  }

  /** Whether the worker polls its queue; false while the database is unavailable. */
  isWorking(): boolean {
    return performance.now() - this.lastClaimAt < STALL_MS + this.config.pollMs;
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.wakeUp = new AbortController();
      const isMoreDue = await this.takeDue();
      if (!isMoreDue) await sleep(this.config.pollMs, this.wakeUp.signal);
    }
  }

  /** Fills the free slots; returns whether there may be more to claim at once. */
  private async takeDue(): Promise<boolean> {
    const { leaseMs, timeoutMs } = this.config;
    const claimedAt = performance.now();
    try {
      await this.requeueExpired(claimedAt);
      const { pools, capped } = this.slots.allowance();
      // No free slots: the loop is woken when an operation ends.
      if (pools.length === 0) {
        this.lastClaimAt = claimedAt;
        return false;
      }
      const sentAt = performance.now();
      const claim = await this.queue.claim({ owner: this.name, leaseMs, timeoutMs, pools, capped });
      this.lastClaimAt = claimedAt;
      for (const operation of claim.operations) this.take(new LeasedOperation(operation, sentAt, leaseMs));
      this.slots.continueAfter(pools, claim.cursors);
      await this.checkClock(claim.databaseMs - sentAt);
      return claim.cursors.size > 0 || (claim.isMoreDue && claim.operations.length > 0);
    } catch (error) {
      this.logger.warn({ err: error }, 'failed to read the queue');
      return false;
    }
  }

  private async requeueExpired(now: number): Promise<void> {
    if (now - this.lastRequeueAt < this.config.pollMs) return;
    await this.queue.requeueExpired();
    this.lastRequeueAt = now;
  }

  /** Also runs at startup: the clock may have been set back while no replica was running. */
  private async checkClock(offsetMs: number): Promise<void> {
    const isSetBack = this.clockOffsetMs === undefined || offsetMs < this.clockOffsetMs - CLOCK_TOLERANCE_MS;
    if (isSetBack) {
      await this.queue.repairDueTimes(this.config.leaseMs);
      this.wake();
    }
    this.clockOffsetMs = offsetMs;
  }

  private take(held: LeasedOperation): void {
    const { id } = held.operation;
    // After its lease expired, the worker may claim the same operation again; only the new claim continues.
    this.held.get(id)?.interrupt('lease_lost');
    this.held.set(id, held);
    this.slots.take(held.operation);
    const run = this.runner.run(held).finally(() => {
      held.end();
      if (this.held.get(id) === held) this.held.delete(id);
      this.running.delete(run);
      if (this.slots.release(held.operation)) this.wake();
    });
    this.running.add(run);
  }

  private wake(): void {
    // abort() creates an error with a stack trace each time, and many calls come before the loop reacts.
    if (!this.wakeUp.signal.aborted) this.wakeUp.abort();
  }

  private async idle(): Promise<void> {
    await this.loop;
    await Promise.allSettled([...this.running]);
  }

  private async drained(timeoutMs: number): Promise<void> {
    const timeout = new AbortController();
    await Promise.race([this.idle().then(() => timeout.abort()), sleep(timeoutMs, timeout.signal)]);
  }
}

/** Maximum of concurrently held operations per host that this replica reaches. */
function limitsOf(
  hosts: HostsService,
  { concurrency, engineConcurrency }: OperationsConfig,
): ReadonlyMap<string, number> {
  const engineLimit = Math.min(concurrency, engineConcurrency);
  return new Map(
    hosts
      .reached()
      .map(({ id, driver }) => [id, driver.capabilities.isUnlimited ? concurrency : engineLimit] as const),
  );
}
