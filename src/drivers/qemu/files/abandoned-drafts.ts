import { join } from 'node:path';
import { draftsIn } from './instance-directory';

/**
 * A draft that is unchanged for this long is abandoned: no creation takes an hour. A free lock is not enough, because
 * hosts may share the directory but not the locks.
 */
const ABANDONED_MS = 3_600_000;

interface Seen {
  readonly version: string;
  readonly sinceMs: number;
}

/**
 * Finds the directories of interrupted creations of machines or snapshots. Measures with a monotonic clock how long each has been unchanged.
 * File times are only compared for equality, because the host's clock may have been adjusted.
 */
export class AbandonedDrafts {
  private readonly folder: string;
  private seen: ReadonlyMap<string, Seen> = new Map();

  constructor(
    root: string,
    folder: 'instances' | 'snapshots',
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.folder = join(root, folder);
  }

  /** Returns their ids. Must be called repeatedly: a draft's age counts from the first call that saw it. */
  async find(): Promise<readonly string[]> {
    const nowMs = this.nowMs();
    const seen = new Map<string, Seen>();
    for (const [id, version] of await draftsIn(this.folder)) {
      const before = this.seen.get(id);
      seen.set(id, before?.version === version ? before : { version, sinceMs: nowMs });
    }
    this.seen = seen;
    return [...seen].filter(([, { sinceMs }]) => nowMs - sinceMs >= ABANDONED_MS).map(([id]) => id);
  }
}
