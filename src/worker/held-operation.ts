import { AppError } from '../common/errors/app.error';
import type { ClaimedOperation } from '../operations';

/** Why a worker stops working on an operation that it holds. */
export type Interruption = 'superseded' | 'lease_lost' | 'timeout' | 'shutdown';

export class Interrupted extends AppError {
  /** Drivers look for it, by `isHandedOver` of their port: somebody else goes on with the instance. */
  get isHandedOver(): boolean {
    return this.why === 'lease_lost' || this.why === 'shutdown';
  }

  constructor(readonly why: Interruption) {
    super('conflict', 'operation_interrupted', `interrupted: ${why}`);
  }
}

/** An operation in this worker's hands, and until when by the worker's own clock. */
export class HeldOperation {
  private readonly work = new AbortController();
  private readonly claim = new AbortController();
  private first: Interruption | undefined;
  private lastRenewal: number;
  private leaseEnd: NodeJS.Timeout;

  /** `claimedAt` is taken before the claim was sent: the lease never ends later than the worker thinks. */
  constructor(
    readonly operation: ClaimedOperation,
    claimedAt: number,
    private readonly leaseMs: number,
  ) {
    this.lastRenewal = claimedAt;
    this.leaseEnd = this.expireAt(claimedAt + leaseMs);
  }

  /** When the newest renewal, or else the claim, was sent. */
  get renewedAt(): number {
    return this.lastRenewal;
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
    clearTimeout(this.leaseEnd);
    this.lastRenewal = sentAt;
    this.leaseEnd = this.expireAt(sentAt + this.leaseMs);
  }

  /** The operation is out of this worker's hands. */
  end(): void {
    clearTimeout(this.leaseEnd);
  }

  interrupt(why: Interruption): void {
    this.first ??= why;
    this.work.abort(new Interrupted(why));
    if (why !== 'timeout') this.claim.abort();
  }

  /** A worker that cannot renew must stop by itself, and on time: another one may take over at that moment. */
  private expireAt(endsAt: number): NodeJS.Timeout {
    return setTimeout(() => this.interrupt('lease_lost'), Math.max(0, endsAt - performance.now())).unref();
  }
}
