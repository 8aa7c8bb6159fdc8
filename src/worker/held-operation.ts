import { AppError } from '../common/errors/app.error';
import type { ClaimedOperation } from '../operations';

/** Why a worker stops working on an operation that it holds. */
export type Interruption = 'superseded' | 'lease_lost' | 'timeout' | 'shutdown';

export class Interrupted extends AppError {
  constructor(readonly why: Interruption) {
    super('conflict', 'operation_interrupted', `interrupted: ${why}`);
  }
}

/** An operation in this worker's hands, and until when by the worker's own clock. */
export class HeldOperation {
  private readonly work = new AbortController();
  private readonly claim = new AbortController();
  private leaseEndsAt: number;
  private first: Interruption | undefined;

  /** `claimedAt` is taken before the claim was sent: the lease never ends later than the worker thinks. */
  constructor(
    readonly operation: ClaimedOperation,
    claimedAt: number,
    private readonly leaseMs: number,
  ) {
    this.leaseEndsAt = claimedAt + leaseMs;
  }

  /** Aborted when the engine must stop. */
  get workSignal(): AbortSignal {
    return this.work.signal;
  }

  /** Aborted when the outcome is not this worker's to write any more; a timeout still is. */
  get claimSignal(): AbortSignal {
    return this.claim.signal;
  }

  /** Why the work was stopped, where it was. */
  get interruption(): Interruption | undefined {
    return this.first;
  }

  renewed(sentAt: number): void {
    this.leaseEndsAt = sentAt + this.leaseMs;
  }

  hasExpired(now: number): boolean {
    return now >= this.leaseEndsAt;
  }

  interrupt(why: Interruption): void {
    this.first ??= why;
    this.work.abort(new Interrupted(why));
    if (why !== 'timeout') this.claim.abort();
  }
}
