import { FairQueue } from './fair-queue';
import { GroupCounts } from '../values/group-counts';

/** Too many tasks are already waiting. */
export class QueueFullError extends Error {}

interface Waiting {
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

export interface SemaphoreLimits {
  readonly atOnce: number;
  /** Maximum per group, by default `atOnce`. */
  readonly ofGroup?: number;
  /** Maximum number of waiting tasks, by default unlimited; callers must then limit them. */
  readonly mayWait?: number;
}

/**
 * Bulkhead: runs a limited number of tasks at once and admits waiting groups in turn. If the queue is full, the group
 * with the most waiting tasks loses its newest one, so that no group can lock out the others.
 */
export class FairSemaphore {
  private readonly waiting = new FairQueue<Waiting>();
  private readonly groups = new GroupCounts();
  private inside = 0;
  private readonly limits: Required<SemaphoreLimits>;

  constructor({ atOnce, ofGroup = atOnce, mayWait = Infinity }: SemaphoreLimits) {
    this.limits = { atOnce, ofGroup, mayWait };
  }

  /**
   * @throws {QueueFullError} if the queue is full, or if the task loses its place in the queue to another group
   * @throws the signal's reason if it aborts before the task starts.
   */
  async run<T>(group: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    await this.enter(group, signal);
    try {
      return await task();
    } finally {
      this.leave(group);
    }
  }

  private async enter(group: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.inside < this.limits.atOnce && this.hasPlaceFor(group)) {
      this.count(group, 1);
      return;
    }
    if (this.waiting.length >= this.limits.mayWait) this.makeRoomFor(group);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          this.count(group, 1);
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
      throw new QueueFullError();
    this.waiting.takeNewest(largest)?.refuse(new QueueFullError());
  }

  /** Hands the slot to the next group that is below its limit. */
  private leave(group: string): void {
    this.count(group, -1);
    const [next] = this.waiting.take(1, (waiting) => this.hasPlaceFor(waiting));
    next?.admit();
  }

  private hasPlaceFor(group: string): boolean {
    return this.groups.of(group) < this.limits.ofGroup;
  }

  private count(group: string, change: 1 | -1): void {
    this.inside += change;
    this.groups.add(group, change);
  }
}
