import { FairQueue } from '../fair-queue';

/** Time in which requests are begun before the event loop looks at its connections again. */
const TURN_MS = 2;
/** Time for which requests wait while connections arrive. */
const ACCEPT_MS = 10;

/**
 * Lets groups of requests (tenants) take turns when requests arrive faster than they can be begun. A group that sends
 * many expensive requests at once delays the others by about one of its requests, instead of by all of them.
 */
export class RequestTurns {
  private readonly waiting = new FairQueue<() => void>();
  /** When the current turn of the event loop has begun enough requests; undefined if it has begun none. */
  private endsAt: number | undefined;
  private hasAccepted = false;
  private acceptsUntil: number | undefined;

  /**
   * To be called for each new connection. Node.js accepts one each time round the event loop: if the loop began requests
   * meanwhile, a client would wait for the requests of all that connected before it, whoever they are.
   */
  onConnection(): void {
    this.hasAccepted = true;
  }

  /**
   * Calls `begin` now, or later if the time of this turn is used up. One request of a connection waits at most, with
   * the body that it has sent.
   */
  take(group: string, begin: () => void): void {
    const endsAt = this.endsAt ?? this.start();
    if (this.waiting.length > 0 || performance.now() >= endsAt) this.waiting.push(group, begin);
    else begin();
  }

  private start(): number {
    const now = performance.now();
    this.endsAt = this.isAccepting(now) ? now : now + TURN_MS;
    setImmediate(() => this.next());
    return this.endsAt;
  }

  /** Whether a connection came since the last turn, and connections have not had their time yet. */
  private isAccepting(now: number): boolean {
    if (this.hasAccepted) this.acceptsUntil ??= now + ACCEPT_MS;
    else this.acceptsUntil = undefined;
    this.hasAccepted = false;
    if (this.acceptsUntil === undefined) return false;
    if (now < this.acceptsUntil) return true;
    this.acceptsUntil = undefined;
    return false;
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
