import '../../../test/support/mute-log';
import { eventually } from '../../../test/support/eventually';
import type { EngineEvent, EngineEvents } from '../../drivers';
import { EngineWatch, type Checks } from './engine-watch';

/** Reports the given events; then its connection stays open. */
class ScriptedEngine implements EngineEvents {
  constructor(private readonly script: readonly EngineEvent[]) {}

  async *watch(signal: AbortSignal): AsyncGenerator<EngineEvent> {
    yield* this.script;
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
}

const changed = (instanceId: string): EngineEvent => ({ kind: 'changed', instanceId });

describe('the watch of an engine', () => {
  const stopping = new AbortController();
  const running: Promise<void>[] = [];
  afterAll(async () => {
    stopping.abort();
    await Promise.all(running);
  });

  function start(
    script: readonly EngineEvent[],
    check: Checks['check'],
    compare = noComparison,
  ): EngineWatch {
    const watch = new EngineWatch(
      { kind: 'scripted', events: new ScriptedEngine(script) },
      { check, compare, lost: () => Promise.resolve() },
      stopping.signal,
    );
    running.push(watch.run());
    return watch;
  }

  it('checks a busy instance again after its next change, and an idle one only once', async () => {
    const checked: string[] = [];
    let busy = ['busy'];
    const watch = start([{ kind: 'connected' }, changed('busy'), changed('idle')], (ids) => {
      checked.push(...ids);
      return Promise.resolve(ids.filter((id) => busy.includes(id)));
    });
    await eventually(() => expect(checked.toSorted()).toEqual(['busy', 'idle']));
    busy = [];
    watch.instanceChanged('idle');
    watch.instanceChanged('busy');
    await eventually(() => expect(checked.toSorted()).toEqual(['busy', 'busy', 'idle']));
    watch.resync();
    watch.instanceChanged('busy');
    expect(checked).toHaveLength(3);
  });

  it('checks busy instances again when notifications may have been lost', async () => {
    let checks = 0;
    const watch = start([changed('one')], (ids) => Promise.resolve(++checks === 1 ? ids : []));
    await eventually(() => expect(checks).toBe(1));
    watch.resync();
    await eventually(() => expect(checks).toBe(2));
  });

  it('checks an instance again that changes during its check', async () => {
    let checks = 0;
    const watch: EngineWatch = start([changed('one')], async (ids) => {
      checks++;
      await Promise.resolve();
      // The operation ends between the query and its result.
      if (checks === 1) watch.instanceChanged('one');
      return checks === 1 ? ids : [];
    });
    await eventually(() => expect(checks).toBe(2));
  });

  it('goes on after a failed check', async () => {
    const checked: string[] = [];
    start([changed('one'), changed('two')], (ids) => {
      checked.push(...ids);
      return checked.length === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve([]);
    });
    await eventually(() => expect(checked).toEqual(['one', 'two']));
  });

  it('compares everything instead of 10,000 instances', async () => {
    let comparisons = 0;
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    start(
      Array.from({ length: 10_100 }, (_, index) => changed(`i-${index}`)),
      async () => {
        await isReleased;
        return [];
      },
      () => {
        comparisons++;
        return Promise.resolve();
      },
    );
    setImmediate(release);
    await eventually(() => expect(comparisons).toBe(1));
  });

  it('compares everything once, soon, for any number of unreadable events', async () => {
    let comparisons = 0;
    const checked: string[] = [];
    start(
      [{ kind: 'missed' }, { kind: 'missed' }, { kind: 'missed' }, changed('one')],
      (ids) => {
        checked.push(...ids);
        return Promise.resolve([]);
      },
      () => {
        comparisons++;
        return Promise.resolve();
      },
    );
    await eventually(() => expect(checked).toEqual(['one']));
    expect(comparisons).toBe(1);
  });
});

function noComparison(): Promise<void> {
  return Promise.resolve();
}
