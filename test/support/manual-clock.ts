import { Clock } from '../../src/drivers/clock';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so. */
export class ManualClock extends Clock {
  private now = 0;
  private sleepers: Sleeper[] = [];

  override wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.sleepers.push({ at: this.now + ms, wake: resolve });
      signal.addEventListener('abort', () => reject(new Error('aborted', { cause: signal.reason })));
    });
  }

  pass(ms: number): void {
    this.now += ms;
    const due = this.sleepers.filter(({ at }) => at <= this.now);
    this.sleepers = this.sleepers.filter(({ at }) => at > this.now);
    for (const { wake } of due) wake();
  }
}
