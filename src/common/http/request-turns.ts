import { FairQueue } from '../fair-queue';

/** Time in which requests are begun before the event loop looks at its connections again. */
const TURN_MS = 2;

/**
 * Lets groups of requests (tenants) take turns when requests arrive faster than they can be begun. A group that sends
 * many expensive requests at once delays the others by about one of its requests, instead of by all of them.
 */
export class RequestTurns {
  private readonly waiting = new FairQueue<() => void>();
  /** When the current turn of the event loop has begun enough requests; undefined if it has begun none. */
  private endsAt: number | undefined;

  /**
   * Calls `begin` now, or later if the time of this turn is used up. One request of a connection waits at most, with
   * the body that it has sent.
   */
  take(group: string, begin: () => void): void {
    if (this.endsAt === undefined) this.start();
    else if (this.waiting.length > 0 || performance.now() >= this.endsAt) {
      this.waiting.push(group, begin);
      return;
    }
    begin();
  }

  private start(): number {
    this.endsAt = performance.now() + TURN_MS;
    setImmediate(() => this.next());
    return this.endsAt;
  }

  private next(): void {
    this.endsAt = undefined;
    if (this.waiting.length > 0) this.beginWaiting(this.start());
  }

  /** What a request does behind its first `await` is part of the turn: the next one begins when it waits for others. */
  private beginWaiting(endsAt: number): void {
    if (performance.now() >= endsAt) return;
    this.waiting.take(1)[0]?.();
    // A tick that a microtask adds runs when there are no more microtasks.
    if (this.waiting.length > 0) queueMicrotask(() => process.nextTick(() => this.beginWaiting(endsAt)));
  }
}
