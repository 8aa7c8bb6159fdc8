import { FairSemaphore, QueueFullError, type SemaphoreLimits } from './fair-semaphore';

const NEVER = new AbortController().signal;

/** A gate for tasks that end on request of the test. */
function aGate(atOnce: number, limits: Partial<SemaphoreLimits> = {}) {
  const semaphore = new FairSemaphore({ atOnce, ...limits });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (group: string, name: string, signal = NEVER): Promise<void> =>
    semaphore.run(group, signal, () => {
      started.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    });
  return { run, started, end: (name: string) => ends.get(name)?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('FairSemaphore', () => {
  it('admits a limited number at once, and groups in turn', async () => {
    const { run, started, end } = aGate(1);
    const all = [run('a', 'a1'), run('a', 'a2'), run('a', 'a3'), run('b', 'b1')];
    await turn();
    for (const name of ['a1', 'a2', 'b1', 'a3']) {
      expect(started.at(-1)).toBe(name);
      end(name);
      await turn();
    }
    await Promise.all(all);
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('leaves slots to other groups if a group is limited', async () => {
    const { run, started, end } = aGate(2, { ofGroup: 1 });
    const all = [run('a', 'a1'), run('a', 'a2'), run('b', 'b1'), run('b', 'b2')];
    await turn();
    expect(started).toEqual(['a1', 'b1']);
    end('b1');
    await turn();
    expect(started).toEqual(['a1', 'b1', 'b2']);
    end('b2');
    await turn();
    expect(started).toEqual(['a1', 'b1', 'b2']);
    end('a1');
    await turn();
    end('a2');
    await Promise.all(all);
    expect(started).toEqual(['a1', 'b1', 'b2', 'a2']);
  });

  it('skips a task that was aborted while it waited, without losing a slot', async () => {
    const { run, started, end } = aGate(1);
    const leaving = new AbortController();
    const first = run('a', 'a1');
    const second = run('a', 'a2', leaving.signal);
    const third = run('a', 'a3');
    leaving.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    end('a1');
    await first;
    await turn();
    expect(started).toEqual(['a1', 'a3']);
    end('a3');
    await third;
    const fourth = run('b', 'b1');
    await turn();
    end('b1');
    await expect(fourth).resolves.toBeUndefined();
  });

  it('does not start a task whose signal has already aborted', async () => {
    const { run, started } = aGate(1);
    await expect(run('a', 'a1', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(started).toEqual([]);
  });

  it('rejects tasks at once if none may wait', async () => {
    const { run, end } = aGate(1, { mayWait: 0 });
    const first = run('a', 'a1');
    await expect(run('b', 'b1')).rejects.toThrow(QueueFullError);
    await turn();
    end('a1');
    await first;
  });

  it('rejects the newest task of the largest group to make room for a smaller group', async () => {
    const { run, started, end } = aGate(1, { mayWait: 4 });
    const kept = ['a1', 'a2', 'a3', 'a4'].map((name) => run('a', name));
    const newest = run('a', 'a5');
    const refused = expect(newest).rejects.toThrow(QueueFullError);
    kept.push(run('b', 'b1'));
    await refused;
    await expect(run('a', 'a6')).rejects.toThrow(QueueFullError);
    await turn();
    for (const name of ['a1', 'a2', 'b1', 'a3', 'a4']) {
      end(name);
      await turn();
    }
    await Promise.all(kept);
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });

  it('frees the place of a task that was aborted', async () => {
    const { run, end } = aGate(1, { mayWait: 1 });
    const leaving = new AbortController();
    const all = [run('a', 'a1')];
    const left = run('a', 'a2', leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    all.push(run('a', 'a3'));
    for (const name of ['a1', 'a3']) {
      await turn();
      end(name);
    }
    await Promise.all(all);
  });
});
