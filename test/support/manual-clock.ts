import { Clock } from '../../src/platform/async/clock';
import { eventually } from './eventually';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that only tests advance. */
export class ManualClock extends Clock {
  private elapsedMs = 0;
  private readonly sleepers = new Set<Sleeper>();

  override now(): number {
    return this.elapsedMs;
  }

  override wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const sleeper: Sleeper = { at: this.elapsedMs + ms, wake: resolve };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', () => {
        this.sleepers.delete(sleeper);
        reject(new Error('aborted', { cause: signal.reason }));
      });
    });
  }

  pass(ms: number): void {
    this.elapsedMs += ms;
    for (const sleeper of this.sleepers) {
      if (sleeper.at > this.elapsedMs) continue;
      this.sleepers.delete(sleeper);
      sleeper.wake();
    }
  }

  /** Advances the clock once this wakes a sleeper, because the code under test may not have begun to sleep yet. */
  async passWhenAwaited(ms: number): Promise<void> {
    await eventually(() => {
      const isAwaited = [...this.sleepers].some(({ at }) => at <= this.elapsedMs + ms);
      if (!isAwaited) throw new Error(`nothing sleeps for ${ms} ms or less`);
    });
    this.pass(ms);
  }
}
