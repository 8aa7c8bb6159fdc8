import { setMaxListeners } from 'node:events';
import { pause } from './pause';

export interface PeriodicOptions {
  readonly intervalMs: number;
  /** Whether the first turn comes at the start, and not after the first interval. */
  readonly isImmediate?: boolean;
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Told what `work` threw; the next turn comes all the same. */
  readonly failed: (error: unknown) => void;
}

/** Work that is done every now and then, from `start` until `stop`. */
export class Periodic {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(private readonly options: PeriodicOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Ends the waiting at once, and waits for what is at work. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    // What is done side by side has a listener each, and takes it away again: many of them are no leak.
    setMaxListeners(0, signal);
    for (let isFirst = true; ; isFirst = false) {
      if (!isFirst || this.options.isImmediate !== true) await pause(this.options.intervalMs, signal);
      if (signal.aborted) return;
      await this.options.work(signal).catch(this.options.failed);
    }
  }
}
