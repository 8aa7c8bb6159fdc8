import { FairQueue } from './fair-queue';

/** Too many tasks wait already. */
export class NoRoomError extends Error {}

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Runs a bounded number of tasks at once; the others wait, and groups are admitted in turn. If no more may wait, the
 * group with the most waiting tasks loses its newest one, so that no group keeps the others out.
 */
export class FairGate {
  private readonly waiting = new FairQueue<Waiting>();
  private inside = 0;

  /** Without `mayWait`, callers have to bound how many wait. */
  constructor(
    private readonly atOnce: number,
    private readonly mayWait = Infinity,
  ) {}

  /**
   * @throws {NoRoomError} if the task may not wait, or loses its place in the queue to another group
   * @throws the signal's reason if it aborts before the task starts.
   */
  async run<T>(group: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    await this.enter(group, signal);
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(group: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.inside < this.atOnce) {
      this.inside++;
      return;
    }
    if (this.waiting.length >= this.mayWait) this.makeRoomFor(group);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
        refuse: (error) => {
          signal.removeEventListener('abort', giveUp);
          reject(error);
        },
      };
      const giveUp = (): void => {
        this.waiting.remove(group, waiting);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(group, waiting);
    });
  }

  private makeRoomFor(group: string): void {
    const largest = this.waiting.largest();
    if (largest === undefined || this.waiting.sizeOf(largest) <= this.waiting.sizeOf(group) + 1)
      throw new NoRoomError();
    this.waiting.takeNewest(largest)?.refuse(new NoRoomError());
  }

  /** Hands the place to the group whose turn it is. */
  private leave(): void {
    const [next] = this.waiting.take(1);
    if (next) next.admit();
    else this.inside--;
  }
}
