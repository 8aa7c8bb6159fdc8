import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Injectable monotonic time and delay, so that tests can wait without time passing. */
@Injectable()
export class Clock {
  /** Milliseconds since an arbitrary start; unaffected by changes to the system time. */
  now(): number {
    return performance.now();
  }

  /** Resolves after `ms`; rejects with the signal's reason as soon as the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms > 0) await delay(ms, undefined, { signal });
  }
}
