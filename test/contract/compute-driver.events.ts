import type { Observation } from '../../src/drivers';
import { eventually } from '../support/eventually';
import type { StopReasonAbility, Under } from './compute-driver.abilities';
import { DriverCore, having } from './driver-core';

const TEST_MS = 300_000;
const WITHIN = { withinMs: 120_000 };

export function eventsContract({ subject, core }: Under, stopReason: StopReasonAbility | null): void {
  it(
    'reports that its instance was started, paused, resumed, stopped and removed, until it is cancelled',
    async () => {
      const ending = new AbortController();
      const seen: string[] = [];
      const { promise: connected, resolve } = withResolvers();
      const events = having(subject().driver, 'events');
      const following = (async () => {
        for await (const event of events.watch(ending.signal)) {
          if (event.kind === 'connected') resolve();
          else if (event.kind === 'changed') seen.push(event.instanceId);
        }
      })();
      await connected;
      const { id } = subject().instance;
      const { pause } = subject().driver.abilities;
      const pauses = pause ? [() => core().pause(), () => core().resume()] : [];
      for (const change of [() => core().create(), ...pauses, () => core().stop(), () => core().destroy()]) {
        seen.length = 0;
        await change();
        await eventually(() => expect(seen).toContain(id), WITHIN);
      }
      ending.abort();
      await following;
    },
    TEST_MS,
  );

  if (!stopReason) return;
  it(
    'reports that a guest stopped on its own',
    async () => {
      const ending = new AbortController();
      const { driver } = subject();
      const guest = new DriverCore(driver, stopReason.instance());
      const seen: Observation[] = [];
      const { promise: connected, resolve } = withResolvers();
      const following = (async () => {
        for await (const event of having(driver, 'events').watch(ending.signal)) {
          if (event.kind === 'connected') resolve();
          else if (event.kind === 'changed' && event.instanceId === guest.instance.id)
            seen.push(await guest.inspect());
        }
      })();
      await connected;
      try {
        await guest.create();
        await eventually(
          () => expect(seen).toContainEqual(expect.objectContaining({ power: 'stopped' })),
          WITHIN,
        );
      } finally {
        ending.abort();
        await following;
        await guest.destroy();
      }
    },
    TEST_MS,
  );
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
