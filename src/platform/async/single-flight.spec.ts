import { SingleFlight } from './single-flight';

const never = new AbortController().signal;

/** Work that the test ends. Records how often it began and its signal. */
class Job {
  begun = 0;
  signal: AbortSignal | undefined;
  resolve: (value: number) => void = () => undefined;
  reject: (reason: Error) => void = () => undefined;

  readonly work = (signal: AbortSignal): Promise<number> => {
    this.begun += 1;
    this.signal = signal;
    return new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  };
}

describe('SingleFlight', () => {
  it('runs once for concurrent and later callers', async () => {
    const [shared, job] = [new SingleFlight<number>(10), new Job()];
    const asked = [shared.run('a', never, job.work), shared.run('a', never, job.work)];
    job.resolve(7);

    expect(await Promise.all([...asked, shared.run('a', never, job.work)])).toEqual([7, 7, 7]);
    expect(job.begun).toBe(1);
  });

  it('continues when one caller leaves, and is aborted when the last one leaves', async () => {
    const [shared, job] = [new SingleFlight<number>(10), new Job()];
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) => shared.run('a', signal, job.work));
    const ends = Promise.allSettled(asked);

    one.abort(new Error('first'));
    await expect(asked[0]).rejects.toThrow('first');
    expect(job.signal?.aborted).toBe(false);
    other.abort(new Error('second'));
    await ends;
    expect(job.signal?.aborted).toBe(true);

    const again = shared.run('a', never, job.work);
    job.resolve(8);
    expect(await again).toBe(8);
    expect(job.begun).toBe(2);
  });

  it('rejects for all waiting callers when it fails, and runs again for the next one', async () => {
    const [shared, job] = [new SingleFlight<number>(10), new Job()];
    const asked = [shared.run('a', never, job.work), shared.run('a', never, job.work)];
    job.reject(new Error('no'));
    for (const each of asked) await expect(each).rejects.toThrow('no');

    const again = shared.run('a', never, job.work);
    job.resolve(9);
    expect(await again).toBe(9);
  });

  it('shares a run between callers without a signal, and runs again for the next one', async () => {
    const [shared, job] = [new SingleFlight<number>(), new Job()];
    const asked = [shared.run('a', undefined, job.work), shared.run('a', never, job.work)];
    job.resolve(7);
    expect(await Promise.all(asked)).toEqual([7, 7]);

    const again = shared.run('a', undefined, job.work);
    job.resolve(8);
    expect([await again, job.begun]).toEqual([8, 2]);
  });

  it('keeps only the newest results, up to its limit', async () => {
    const shared = new SingleFlight<string>(2);
    const begun: string[] = [];
    const get = (key: string): Promise<string> =>
      shared.run(key, never, () => {
        begun.push(key);
        return Promise.resolve(key);
      });
    for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await get(key);

    expect(begun).toEqual(['a', 'b', 'c', 'a']);
  });
});
