import { FairQueue } from '../../async/fair-queue';

/** Time for starting requests before the event loop checks its connections again. */
const TURN_MS = 2;
/** How long requests wait while connections arrive. */
const ACCEPT_MS = 10;

/**
 * Lets groups of requests (tenants) take turns when requests arrive faster than they can be started. A group that sends
 * many expensive requests at once delays the others by about one of its requests, instead of by all of them.
 */
export class RequestTurns {
  private readonly waiting = new FairQueue<() => void>();
  /** When the current turn of the event loop stops starting requests; undefined if it has started none. */
  private endsAt: number | undefined;
  private hasAccepted = false;
  private acceptsUntil: number | undefined;

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Call this for each new connection. Node.js accepts one per event-loop iteration: if the loop started requests in
   * between, a client would wait for the requests of all clients that connected before it.
   */
  onConnection(): void {
    this.hasAccepted = true;
  }

  /**
   * Calls `begin` now, or later if the time of this turn is used up. At most one request per connection waits, with the
   * body that it has sent.
   */
  take(group: string, begin: () => void): void {
    const endsAt = this.endsAt ?? this.start();
    if (this.waiting.length > 0 || this.now() >= endsAt) this.waiting.push(group, begin);
    else begin();
  }

  private start(): number {
    const now = this.now();
    this.endsAt = this.isAccepting(now) ? now : now + TURN_MS;
    setImmediate(() => this.next());
    return this.endsAt;
  }

  /** Whether connections arrived since the last turn and their `ACCEPT_MS` is not over. */
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

  /** Work after an `await` counts toward the turn, too: the next request starts when no microtasks are left. */
  private beginWaiting(endsAt: number): void {
    if (this.now() >= endsAt) return;
    this.waiting.take(1)[0]?.();
    // A tick queued by a microtask runs after all other microtasks.
    if (this.waiting.length > 0) queueMicrotask(() => process.nextTick(() => this.beginWaiting(endsAt)));
  }
}
