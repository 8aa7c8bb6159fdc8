import { beforeAbort } from './before-abort';

interface Entry<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
  isDone: boolean;
}

/**
 * Shares work among concurrent callers with the same key and caches its result, but not its errors. Aborting one caller
 * does not affect the others; the work is aborted when no caller is left.
 */
export class SharedWork<T> {
  private readonly known = new Map<string, Entry<T>>();

  /** @param most maximum number of cached results; the oldest is evicted first */
  constructor(private readonly most: number) {}

  async get(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const entry = this.known.get(key) ?? this.begin(key, work);
    entry.waiting += 1;
    try {
      return await beforeAbort(entry.result, signal);
    } finally {
      entry.waiting -= 1;
      if (entry.waiting === 0 && !entry.isDone) this.abandon(key, entry);
    }
  }

  private begin(key: string, work: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const controller = new AbortController();
    const result = work(controller.signal);
    const entry: Entry<T> = { result, controller, waiting: 0, isDone: false };
    this.known.set(key, entry);
    result.then(
      () => {
        entry.isDone = true;
        this.trim();
      },
      () => this.forget(key, entry),
    );
    return entry;
  }

  private abandon(key: string, entry: Entry<T>): void {
    this.forget(key, entry);
    entry.controller.abort();
  }

  /** Keeps a newer entry with the same key. */
  private forget(key: string, entry: Entry<T>): void {
    entry.isDone = true;
    if (this.known.get(key) === entry) this.known.delete(key);
  }

  /** Evicts only finished entries: the number of unfinished ones is bounded by their callers. */
  private trim(): void {
    for (const [key, { isDone }] of this.known) {
      if (this.known.size <= this.most) return;
      if (isDone) this.known.delete(key);
    }
  }
}
