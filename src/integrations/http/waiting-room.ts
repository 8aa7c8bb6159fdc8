/** Too many wait already. */
export class NoRoomError extends Error {}

/** Lets a bounded number in at once and a bounded number wait; who gives up waiting leaves no trace. */
export class WaitingRoom {
  private readonly waiting = new Set<() => void>();
  private inside = 0;

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @throws {NoRoomError} at once; the signal's reason as soon as it aborts while waiting. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.inside < this.atOnce) {
      this.inside++;
      return;
    }
    if (this.waiting.size >= this.mayWait) throw new NoRoomError();
    await new Promise<void>((resolve, reject) => {
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.delete(admit);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      this.waiting.add(admit);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes to whoever waits longest. */
  private leave(): void {
    const [next] = this.waiting;
    if (next) {
      this.waiting.delete(next);
      next();
    } else {
      this.inside--;
    }
  }
}
