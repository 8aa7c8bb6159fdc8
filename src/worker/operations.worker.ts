import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig, type OperationsConfig } from '../config';
import { Database } from '../database';
import { DriverRegistry } from '../drivers';
import { Metrics } from '../metrics';
import { OperationHandler, OperationSignals, OperationsQueue } from '../operations';
import { HeldOperation } from './held-operation';
import { LeaseKeeper } from './lease-keeper';
import { OperationRunner } from './operation-runner';
import { WorkerSlots } from './worker-slots';
import { pause } from '../common/pause';

/** A clock that jumps back by more than this has made due times unreachable. */
const CLOCK_TOLERANCE_MS = 1000;
/** A look at the queue that takes longer than this is none. */
const STALL_MS = 5000;
/** Part of the shutdown time that is kept for giving back what did not end. */
const RELEASE_SHARE = 0.25;
const LONGEST_RELEASE_MS = 3000;

/**
 * Takes due operations from the queue and runs them. An operation that waits for its engine costs memory only, so
 * it holds thousands at once; `WorkerSlots` shares them between tenants.
 *
 * It is woken by what is enqueued and by its own free slots. Polling the queue finds the rest: leases that have
 * ended, delays that are over, lost notifications.
 */
@Injectable()
export class OperationsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** For people; unique also where containers share host name and pids. */
  readonly name = `${hostname()}:${randomBytes(4).toString('hex')}:${process.pid}`;
  private readonly logger = new Logger('Worker');
  private readonly held = new Map<string, HeldOperation>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly keeper: LeaseKeeper;
  private readonly runner: OperationRunner;
  private readonly slots: WorkerSlots;
  private wakeUp = new AbortController();
  private loop: Promise<void> | undefined;
  private lastClaimAt = 0;
  private lastRequeueAt = -Infinity;
  /** Clock of the database less that of this process; undefined until due times were checked. */
  private clockOffsetMs: number | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly queue: OperationsQueue,
    private readonly signals: OperationSignals,
    handler: OperationHandler,
    metrics: Metrics,
    drivers: DriverRegistry,
  ) {
    const { leaseMs, maxAttempts } = config.operations;
    this.slots = new WorkerSlots(limitsOf(drivers, config.operations));
    this.keeper = new LeaseKeeper(queue, this.held, leaseMs);
    this.runner = new OperationRunner({ handler, queue, signals, metrics }, maxAttempts);
  }

  async onApplicationBootstrap(): Promise<void> {
    // Alone on this database: whoever held a lease is dead.
    if (this.database.kind === 'embedded') await this.queue.endAllLeases();
    this.signals.on('enqueued', () => this.wake());
    this.signals.on('resync', () => this.wake());
    this.signals.on('cancelled', (id) => this.held.get(id)?.interrupt('superseded'));
    this.keeper.start();
    this.loop = this.work();
  }

  /** Takes nothing more, lets what is at work end as long as there is time, and gives the rest back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    const releaseMs = Math.min(LONGEST_RELEASE_MS, this.config.shutdownGraceMs * RELEASE_SHARE);
    await this.drained(this.config.shutdownGraceMs - releaseMs);
    for (const held of this.held.values()) held.interrupt('shutdown');
    await this.drained(releaseMs);
    this.keeper.stop();
    this.signals.stopped();
  }

  /** Whether the worker looks at its queue; it does not while the database is away. */
  isWorking(): boolean {
    return performance.now() - this.lastClaimAt < STALL_MS + this.config.operations.pollMs;
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.wakeUp = new AbortController();
      const isMoreDue = await this.takeDue();
      if (!isMoreDue) await pause(this.config.operations.pollMs, this.wakeUp.signal);
    }
  }

  /** Fills the free slots; whether there may be more to take at once. */
  private async takeDue(): Promise<boolean> {
    const { leaseMs, timeoutMs } = this.config.operations;
    const claimedAt = performance.now();
    try {
      await this.requeueExpired(claimedAt);
      const { pools, capped } = this.slots.allowance();
      // All slots are taken: the end of any operation wakes the loop.
      if (pools.length === 0) {
        this.lastClaimAt = claimedAt;
        return false;
      }
      const sentAt = performance.now();
      const claim = await this.queue.claim({ owner: this.name, leaseMs, timeoutMs, pools, capped });
      this.lastClaimAt = claimedAt;
      for (const operation of claim.operations) this.take(new HeldOperation(operation, sentAt, leaseMs));
      this.slots.continueAfter(pools, claim.cursors);
      await this.checkClock(claim.databaseMs - sentAt);
      return claim.cursors.size > 0 || (claim.isMoreDue && claim.operations.length > 0);
    } catch (error) {
      this.logger.warn({ err: error }, 'the queue cannot be read');
      return false;
    }
  }

  private async requeueExpired(now: number): Promise<void> {
    if (now - this.lastRequeueAt < this.config.operations.pollMs) return;
    await this.queue.requeueExpired();
    this.lastRequeueAt = now;
  }

  /** Also at the start: the clock may have been set back while no replica was running. */
  private async checkClock(offsetMs: number): Promise<void> {
    const isSetBack = this.clockOffsetMs === undefined || offsetMs < this.clockOffsetMs - CLOCK_TOLERANCE_MS;
    if (isSetBack) {
      await this.queue.repairDueTimes(this.config.operations.leaseMs);
      this.wake();
    }
    this.clockOffsetMs = offsetMs;
  }

  private take(held: HeldOperation): void {
    const { id } = held.operation;
    // Its own lease can end under it, and the queue give it the same operation again: one of them goes on.
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
    // Each call would make an error as its reason, with its stack, and many calls come before the loop looks.
    if (!this.wakeUp.signal.aborted) this.wakeUp.abort();
  }

  private async idle(): Promise<void> {
    await this.loop;
    await Promise.allSettled([...this.running]);
  }

  private async drained(timeoutMs: number): Promise<void> {
    const timeout = new AbortController();
    await Promise.race([this.idle().then(() => timeout.abort()), pause(timeoutMs, timeout.signal)]);
  }
}

/** Operations of each driver that are held at once. Replicas of an older version name no driver. */
function limitsOf(
  drivers: DriverRegistry,
  { concurrency, engineConcurrency }: OperationsConfig,
): ReadonlyMap<string, number> {
  const engineLimit = Math.min(concurrency, engineConcurrency);
  const limits = drivers
    .all()
    .map(({ kind, capabilities }) => [kind, capabilities.isUnlimited ? concurrency : engineLimit] as const);
  return new Map([...limits, ['', engineLimit]]);
}
