import { draftsBelow } from './instance-directory';

/**
 * A directory that does not change for this long is abandoned. Another host may share the directories but not the
 * locks, and no creation takes an hour.
 */
const ABANDONED_MS = 3_600_000;

interface Seen {
  readonly version: string;
  readonly sinceMs: number;
}

/**
 * Finds the directories of creations that were cut short. Measures with a monotonic clock how long each has stayed the
 * same: file times are compared for equality only, because the clock of the host may have been set since.
 */
export class AbandonedDrafts {
  private seen: ReadonlyMap<string, Seen> = new Map();

  constructor(
    private readonly root: string,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Ids of instances. Call it again and again: a directory counts from the first call that saw it. */
  async find(): Promise<readonly string[]> {
    const nowMs = this.nowMs();
    const seen = new Map<string, Seen>();
    for (const [id, version] of await draftsBelow(this.root)) {
      const before = this.seen.get(id);
      seen.set(id, before?.version === version ? before : { version, sinceMs: nowMs });
    }
    this.seen = seen;
    return [...seen].filter(([, { sinceMs }]) => nowMs - sinceMs >= ABANDONED_MS).map(([id]) => id);
  }
}
