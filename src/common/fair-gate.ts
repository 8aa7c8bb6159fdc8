import { FairQueue } from './fair-queue';

interface Waiting {
  isCancelled: boolean;
  readonly admit: () => void;
}

/**
 * Runs a bounded number of tasks at once; the others wait, and groups are admitted in turn. Callers bound how many
 * can wait: here, by the operations that a worker holds.
 */
export class FairGate {
  private readonly waiting = new FairQueue<Waiting>();
  private inside = 0;

  constructor(private readonly atOnce: number) {}

  /** @throws the signal's reason if it aborts before the task starts. */
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
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        isCancelled: false,
        admit: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = (): void => {
        waiting.isCancelled = true;
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(group, waiting);
    });
  }

  /** Hands the place to the next one that still waits. */
  private leave(): void {
    for (;;) {
      const [next] = this.waiting.take(1);
      if (!next) {
        this.inside--;
        return;
      }
      if (next.isCancelled) continue;
      next.admit();
      return;
    }
  }
}
