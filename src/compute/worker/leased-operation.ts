import { AppError } from '../../platform/errors/app.error';
import { OPERATION_ERRORS, type ClaimedOperation } from '../operations';

/** Why a worker stops working on an operation that it holds. */
export type Interruption = 'superseded' | 'lease_lost' | 'timeout' | 'shutdown';

class Interrupted extends AppError {
  /** Read by drivers through `isLeaseLost` of their port: another worker continues with the instance. */
  get isLeaseLost(): boolean {
    return this.why === 'lease_lost' || this.why === 'shutdown';
  }

  constructor(readonly why: Interruption) {
    super(OPERATION_ERRORS.operation_interrupted, { message: `interrupted: ${why}` });
  }
}

/** An operation that this worker has leased; tracks the lease by the worker's own clock. */
export class LeasedOperation {
  private readonly work = new AbortController();
  private readonly claim = new AbortController();
  private first: Interruption | undefined;
  private lastRenewal: number;
  private leaseEnd: NodeJS.Timeout;

  /** `claimedAt` is taken before the claim is sent, so the lease never ends later than this worker assumes. */
  constructor(
    readonly operation: ClaimedOperation,
    claimedAt: number,
    private readonly leaseMs: number,
  ) {
    this.lastRenewal = claimedAt;
    this.leaseEnd = this.expireAt(claimedAt + leaseMs);
  }

  /** When the latest renewal, or the claim if there was none, was sent. */
  get renewedAt(): number {
    return this.lastRenewal;
  }

  /** Aborted when the engine must stop. */
  get workSignal(): AbortSignal {
    return this.work.signal;
  }

  /** Aborted when this worker may no longer write the outcome; after a timeout it still may. */
  get claimSignal(): AbortSignal {
    return this.claim.signal;
  }

  /** Why the work was interrupted; undefined if it was not. */
  get interruption(): Interruption | undefined {
    return this.first;
  }

  renewed(sentAt: number): void {
    clearTimeout(this.leaseEnd);
    this.lastRenewal = sentAt;
    this.leaseEnd = this.expireAt(sentAt + this.leaseMs);
  }

  /** Stops tracking the lease; the worker is done with the operation. */
  end(): void {
    clearTimeout(this.leaseEnd);
  }

  interrupt(why: Interruption): void {
    this.first ??= why;
    this.work.abort(new Interrupted(why));
    if (why !== 'timeout') this.claim.abort();
  }

  /** A worker that cannot renew must stop by the end of its lease: another one may take over at that moment. */
  private expireAt(endsAt: number): NodeJS.Timeout {
    return setTimeout(() => this.interrupt('lease_lost'), Math.max(0, endsAt - performance.now())).unref();
  }
}
