import { FairGate } from './fair-gate';

const NEVER = new AbortController().signal;

/** Tasks that end when the test says so. */
function aGate(atOnce: number) {
  const gate = new FairGate(atOnce);
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (group: string, name: string, signal = NEVER): Promise<void> =>
    gate.run(group, signal, () => {
      started.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    });
  return { run, started, end: (name: string) => ends.get(name)?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('FairGate', () => {
  it('admits a bounded number at once and groups in turn', async () => {
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

  it('passes over a task whose signal aborted while it waited, and loses no place to it', async () => {
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

  it('does not start a task whose signal has aborted', async () => {
    const { run, started } = aGate(1);
    await expect(run('a', 'a1', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(started).toEqual([]);
  });
});
