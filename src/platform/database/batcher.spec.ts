import { Batcher } from './batcher';
import { DatabaseUnavailableError } from './database.errors';

interface Call {
  readonly items: readonly string[];
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
}

/** A batcher with statements that end on request of the test. */
function aBatcher(maxStatements?: number): { batcher: Batcher<string, string>; calls: Call[] } {
  const calls: Call[] = [];
  const batcher = new Batcher<string, string>(
    (items) =>
      new Promise((resolve, reject) => {
        calls.push({ items, answer: () => resolve(items.map((item) => item.toUpperCase())), fail: reject });
      }),
    () => '',
    maxStatements,
  );
  return { batcher, calls };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Batcher', () => {
  it('returns to each caller its own result of a batch', async () => {
    const { batcher, calls } = aBatcher();
    const results = Promise.all([batcher.submit('a'), batcher.submit('b'), batcher.submit('c')]);
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a', 'b', 'c']]);
    calls[0]?.answer();
    await expect(results).resolves.toEqual(['A', 'B', 'C']);
  });

  it('collects items while two statements are in flight, and sends them when one ends', async () => {
    const { batcher, calls } = aBatcher();
    const results: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c', 'd']) {
      results.push(batcher.submit(item));
      await turn();
    }
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b']]);
    calls[1]?.answer();
    await turn();
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b'], ['c', 'd']]);
    for (const call of calls) call.answer();
    await expect(Promise.all(results)).resolves.toEqual(['A', 'B', 'C', 'D']);
  });

  it('sends one statement at a time if configured', async () => {
    const { batcher, calls } = aBatcher(1);
    const results: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c']) {
      results.push(batcher.submit(item));
      await turn();
    }
    expect(calls.map(({ items }) => items)).toEqual([['a']]);
    calls[0]?.answer();
    await turn();
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
    calls[1]?.answer();
    await expect(Promise.all(results)).resolves.toEqual(['A', 'B', 'C']);
  });

  it('sends at most 100 items per statement', async () => {
    const { batcher, calls } = aBatcher();
    const items = Array.from({ length: 250 }, (_, index) => String(index));
    const results = Promise.all(items.map((item) => batcher.submit(item)));
    for (let round = 0; round < 8; round++) {
      await turn();
      for (const call of calls) call.answer();
    }
    await expect(results).resolves.toEqual(items);
    expect(calls.map((call) => call.items.length)).toEqual([100, 100, 50]);
  });

  it('retries items one by one after a rejected statement, so that a bad item affects no other', async () => {
    const alone: string[] = [];
    const batcher = new Batcher<string, string>((items) => {
      if (items.length === 1) alone.push(...items);
      return items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items);
    });
    const results = await Promise.allSettled([
      batcher.submit('a'),
      batcher.submit('bad'),
      batcher.submit('c'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(alone).toEqual(['a', 'bad', 'c']);
  });

  it('respects the statement limit during retries, and stops if the database becomes unavailable', async () => {
    const { batcher, calls } = aBatcher(1);
    const results = Promise.allSettled(['a', 'b', 'c', 'd'].map((item) => batcher.submit(item)));
    await turn();
    calls[0]?.fail(new Error('refused'));
    await turn();
    expect(calls.map(({ items }) => items)).toEqual([['a', 'b', 'c', 'd'], ['a']]);
    calls[1]?.answer();
    await turn();
    expect(calls.map(({ items }) => items).slice(2)).toEqual([['b']]);
    calls[2]?.fail(new DatabaseUnavailableError(new Error('gone')));
    expect((await results).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(calls).toHaveLength(3);
  });

  it('retries nothing if the database is unavailable, and rejects waiting items', async () => {
    const { batcher, calls } = aBatcher();
    const results: Promise<string>[] = [];
    for (const item of ['a', 'b', 'c']) {
      results.push(batcher.submit(item));
      await turn();
    }
    calls[0]?.fail(new DatabaseUnavailableError(new Error('gone')));
    await expect(results[0]).rejects.toThrow(DatabaseUnavailableError);
    await expect(results[2]).rejects.toThrow(DatabaseUnavailableError);
    calls[1]?.answer();
    await expect(results[1]).resolves.toBe('B');
    expect(calls).toHaveLength(2);
  });
});
