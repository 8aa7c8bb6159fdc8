import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '../config';
import { Database } from '../database';
import { Metrics } from '../metrics';
import { OperationHandler, OperationSignals, OperationsQueue } from '../operations';
import { HeldOperation } from './held-operation';
import { LeaseKeeper } from './lease-keeper';
import { OperationRunner } from './operation-runner';
import { pause } from '../common/pause';

/** Most operations of one claim: a claim must not hold the queue for long. */
const CLAIM_BATCH = 100;
/** A look at the queue that takes longer than this is none. */
const STALL_MS = 5000;
/** Part of the shutdown time that is kept for giving back what did not end. */
const RELEASE_SHARE = 0.25;
const LONGEST_RELEASE_MS = 3000;

/**
 * Takes due operations from the queue and runs them, a bounded number at once.
 *
 * It is woken by what is enqueued and by its own free slots; looking at the queue every now and then
 * finds what no news came of: leases that ended, delays that are over, news that was lost.
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
  private wakeUp = new AbortController();
  private loop: Promise<void> | undefined;
  private lastClaimAt = 0;

  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly queue: OperationsQueue,
    private readonly signals: OperationSignals,
    handler: OperationHandler,
    metrics: Metrics,
  ) {
    const { leaseMs, maxAttempts } = config.operations;
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
    const { concurrency, leaseMs, timeoutMs } = this.config.operations;
    const limit = Math.min(concurrency - this.running.size, CLAIM_BATCH);
    const claimedAt = performance.now();
    // All slots taken: the end of any operation wakes the loop.
    if (limit <= 0) {
      this.lastClaimAt = claimedAt;
      return false;
    }
    try {
      const claimed = await this.queue.claim({ owner: this.name, limit, leaseMs, timeoutMs });
      this.lastClaimAt = claimedAt;
      for (const operation of claimed) this.take(new HeldOperation(operation, claimedAt, leaseMs));
      return claimed.length === limit;
    } catch (error) {
      this.logger.warn({ err: error }, 'the queue cannot be read');
      return false;
    }
  }

  private take(held: HeldOperation): void {
    const { id } = held.operation;
    // Its own lease can end under it, and the queue give it the same operation again: one of them goes on.
    this.held.get(id)?.interrupt('lease_lost');
    this.held.set(id, held);
    const run = this.runner.run(held).finally(() => {
      held.end();
      if (this.held.get(id) === held) this.held.delete(id);
      this.running.delete(run);
      this.wakeIfFull();
    });
    this.running.add(run);
  }

  private wakeIfFull(): void {
    if (this.running.size >= this.config.operations.concurrency - 1) this.wake();
  }

  private wake(): void {
    this.wakeUp.abort();
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
