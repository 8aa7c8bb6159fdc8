/** A machine counts as hung if it does not respond for this long. */
const HANGS_AFTER_MS = 10_000;
/** Share of unresponsive machines from which the engine counts as down. */
const SHARE = 0.1;

/** Status reason of a hung machine. */
export const DOES_NOT_ANSWER = 'the engine does not respond for this instance';

/** Tracks which machines do not respond to monitor queries, and since when. */
export class UnresponsiveVms {
  private readonly since = new Map<string, number>();
  private readonly busy = new Set<string>();
  private listed = 0;

  /** The machine has responded or has ended. */
  forget(id: string): void {
    this.since.delete(id);
  }

  /** Calls `work`, while the machine need not respond. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.busy.add(id);
    try {
      return await work();
    } finally {
      this.busy.delete(id);
    }
  }

  /** Records that the machine did not respond. @returns whether it counts as hung */
  wasSilent(id: string): boolean {
    if (this.busy.has(id)) return false;
    const first = this.since.get(id);
    if (first === undefined) this.since.set(id, performance.now());
    return first !== undefined && performance.now() - first >= HANGS_AFTER_MS;
  }

  has(id: string): boolean {
    return this.since.has(id);
  }

  /** Forgets machines that no longer exist. */
  keepOnly(ids: ReadonlySet<string>): void {
    this.listed = ids.size;
    for (const id of this.since.keys()) if (!ids.has(id)) this.since.delete(id);
  }

  /** Undefined unless at least a tenth of the machines in the last listing do not respond. */
  describe(): string | undefined {
    const silent = this.since.size;
    if (silent === 0 || silent < this.listed * SHARE) return undefined;
    return `${silent} of ${Math.max(silent, this.listed)} virtual machines do not respond`;
  }
}
