import { setMaxListeners } from 'node:events';
import { sleep } from './sleep';

export interface IntervalTaskOptions {
  readonly intervalMs: number;
  /** Whether the first run is at the start instead of after the first interval. */
  readonly isImmediate?: boolean;
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Called with an error of `work`; the next run happens anyway. */
  readonly failed: (error: unknown) => void;
}

/** Runs a task repeatedly with a fixed delay in between, from `start` until `stop`. */
export class IntervalTask {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;
  private isDue = false;
  private delay: AbortController | undefined;

  constructor(private readonly options: IntervalTaskOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Ends the delay; if the task is running, it runs once more without a delay. */
  runNow(): void {
    this.isDue = true;
    this.delay?.abort();
  }

  /** Ends the delay at once and waits for a run in progress. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    // Concurrent work adds and removes a listener each; having many is not a leak.
    setMaxListeners(0, signal);
    for (let isFirst = true; ; isFirst = false) {
      if (!isFirst || this.options.isImmediate !== true) await this.pause(signal);
      if (signal.aborted) return;
      await this.options.work(signal).catch(this.options.failed);
    }
  }

  private async pause(signal: AbortSignal): Promise<void> {
    const delay = new AbortController();
    const end = (): void => delay.abort();
    this.delay = delay;
    signal.addEventListener('abort', end, { once: true });
    if (!this.isDue && !signal.aborted) await sleep(this.options.intervalMs, delay.signal);
    signal.removeEventListener('abort', end);
    this.isDue = false;
  }
}
