import { Logger } from '@nestjs/common';
import type { OperationsQueue } from '../operations';
import type { HeldOperation } from './held-operation';

/** A lease is renewed when a third of it has passed: most operations end before that. */
const RENEW_AFTER = 1 / 3;
/** Leases are looked at this often in their time, so that a renewal that fails is repeated in time. */
const BEATS = 6;
/** Leases of one statement. */
const RENEW_BATCH = 500;

/** Renews the leases of what a worker holds, and interrupts what was taken from it. */
export class LeaseKeeper {
  private readonly logger = new Logger('Worker');
  private timer: NodeJS.Timeout | undefined;
  private isRenewing = false;

  constructor(
    private readonly queue: OperationsQueue,
    private readonly held: ReadonlyMap<string, HeldOperation>,
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
      this.logger.warn({ err: error, held: this.held.size }, 'leases could not be renewed');
    } finally {
      this.isRenewing = false;
    }
  }

  private async renew(all: readonly HeldOperation[], sentAt: number): Promise<void> {
    const operations = all.map(({ operation }) => operation);
    const renewed = await this.queue.renew(operations, this.leaseMs);
    for (const held of all) {
      if (renewed.has(held.operation.id)) held.renewed(sentAt);
      // Cancelled, or another worker's: either way it is not ours any more. One that ended meanwhile does not care.
      else held.interrupt('superseded');
    }
  }
}
