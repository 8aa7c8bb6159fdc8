import { setMaxListeners } from 'node:events';
import { AutoResetEvent } from '../../platform/async/auto-reset-event';
import type { Clock } from '../../platform/async/clock';
import type { EngineEvent, EngineEvents } from '../port/abilities';

/**
 * Events of the instances whose guests exit. The service alone changes all others, so they have none. An exit is
 * reported only by the process that started the guest.
 */
export class SimulatedEvents implements EngineEvents {
  private readonly watches = new Set<Watch>();

  constructor(private readonly clock: Clock) {}

  async *watch(signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const watch: Watch = { signal, changed: new Set(), wake: new AutoResetEvent() };
    const end = (): void => watch.wake.set();
    setMaxListeners(0, signal);
    signal.addEventListener('abort', end, { once: true });
    this.watches.add(watch);
    try {
      yield { kind: 'connected' };
      while (!isAborted(signal)) {
        await watch.wake.wait();
        for (const instanceId of watch.changed) {
          watch.changed.delete(instanceId);
          yield { kind: 'changed', instanceId };
        }
      }
    } finally {
      signal.removeEventListener('abort', end);
      this.watches.delete(watch);
    }
  }

  report(instanceId: string): void {
    for (const { changed, wake } of this.watches) {
      changed.add(instanceId);
      wake.set();
    }
  }

  /** Reports the instance after this time. */
  reportAfter(ms: number, instanceId: string): void {
    for (const { signal } of this.watches) {
      this.clock.wait(ms, signal).then(
        () => this.report(instanceId),
        () => undefined,
      );
    }
  }
}

interface Watch {
  readonly signal: AbortSignal;
  readonly changed: Set<string>;
  readonly wake: AutoResetEvent;
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
