import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Injectable delay, so that tests can wait without time passing. */
@Injectable()
export class Clock {
  /** Resolves after `ms`; rejects with the signal's reason as soon as the signal aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms > 0) await delay(ms, undefined, { signal });
  }
}
