import { Logger } from '@nestjs/common';
import type { OperationsQueue } from '../operations';
import type { LeasedOperation } from './leased-operation';

/** A lease is renewed after a third of its duration: most operations end before that. */
const RENEW_AFTER = 1 / 3;
/** Checks per lease duration, so that a failed renewal is retried before the lease ends. */
const BEATS = 6;
/** Leases per statement. */
const RENEW_BATCH = 500;

/** Renews the leases of a worker's operations, and interrupts operations that it no longer holds. */
export class LeaseRenewer {
  private readonly logger = new Logger('Worker');
  private timer: NodeJS.Timeout | undefined;
  private isRenewing = false;

  constructor(
    private readonly queue: OperationsQueue,
    private readonly held: ReadonlyMap<string, LeasedOperation>,
    private readonly leaseMs: number,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.beat(), this.leaseMs / BEATS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    try {
      const before = performance.now() - this.leaseMs * RENEW_AFTER;
      const due = [...this.held.values()].filter(({ renewedAt }) => renewedAt <= before);
      for (let first = 0; first < due.length; first += RENEW_BATCH) {
        await this.renew(due.slice(first, first + RENEW_BATCH), performance.now());
      }
    } catch (error) {
      this.logger.warn({ err: error, held: this.held.size }, 'failed to renew leases');
    } finally {
      this.isRenewing = false;
    }
  }

  private async renew(all: readonly LeasedOperation[], sentAt: number): Promise<void> {
    const operations = all.map(({ operation }) => operation);
    const renewed = await this.queue.renew(operations, this.leaseMs);
    for (const held of all) {
      if (renewed.has(held.operation.id)) held.renewed(sentAt);
      // Cancelled or taken over by another worker. If it has ended meanwhile, the interruption has no effect.
      else held.interrupt('superseded');
    }
  }
}
