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
  /** In the order of their turns; none is empty. */
  private readonly groups = new Map<string, Set<Waiting>>();
  private waiting = 0;
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
    if (this.waiting >= this.mayWait) this.makeRoomFor(group);
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
        this.remove(group, waiting);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.groups.set(group, (this.groups.get(group) ?? new Set()).add(waiting));
      this.waiting++;
    });
  }

  private makeRoomFor(group: string): void {
    const [longest] = [...this.groups].sort(([, one], [, other]) => other.size - one.size);
    const own = this.groups.get(group)?.size ?? 0;
    if (!longest || longest[1].size <= own + 1) throw new NoRoomError();
    const newest = [...longest[1]].at(-1);
    if (!newest) throw new NoRoomError();
    this.remove(longest[0], newest);
    newest.refuse(new NoRoomError());
  }

  /** Hands the place to the group whose turn it is. */
  private leave(): void {
    for (const [group, members] of this.groups) {
      for (const next of members) {
        this.remove(group, next);
        // The others of the group wait for its next turn.
        if (this.groups.delete(group)) this.groups.set(group, members);
        next.admit();
        return;
      }
    }
    this.inside--;
  }

  private remove(group: string, waiting: Waiting): void {
    const members = this.groups.get(group);
    if (members?.delete(waiting) !== true) return;
    this.waiting--;
    if (members.size === 0) this.groups.delete(group);
  }
}
