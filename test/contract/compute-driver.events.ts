import { eventually } from '../support/eventually';
import { having, type Under } from './compute-driver.abilities';

const TEST_MS = 300_000;
const WITHIN = { withinMs: 120_000 };

export function eventsContract({ subject, core }: Under): void {
  it(
    'reports that its instance was started, stopped and removed, until it is cancelled',
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
      for (const change of [() => core().create(), () => core().stop(), () => core().destroy()]) {
        seen.length = 0;
        await change();
        await eventually(() => expect(seen).toContain(id), WITHIN);
      }
      ending.abort();
      await following;
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
