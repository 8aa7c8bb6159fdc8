import { SharedWork } from './shared-work';

const never = new AbortController().signal;

/** Work that ends when it is told to, and says how often it began and whether it was aborted. */
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

describe('SharedWork', () => {
  it('is done once for all who ask, then and later', async () => {
    const [shared, job] = [new SharedWork<number>(10), new Job()];
    const asked = [shared.get('a', never, job.work), shared.get('a', never, job.work)];
    job.resolve(7);

    expect(await Promise.all([...asked, shared.get('a', never, job.work)])).toEqual([7, 7, 7]);
    expect(job.begun).toBe(1);
  });

  it('lets one caller go without the others, and is aborted with the last', async () => {
    const [shared, job] = [new SharedWork<number>(10), new Job()];
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) => shared.get('a', signal, job.work));
    const ends = Promise.allSettled(asked);

    one.abort(new Error('first'));
    await expect(asked[0]).rejects.toThrow('first');
    expect(job.signal?.aborted).toBe(false);
    other.abort(new Error('second'));
    await ends;
    expect(job.signal?.aborted).toBe(true);

    const again = shared.get('a', never, job.work);
    job.resolve(8);
    expect(await again).toBe(8);
    expect(job.begun).toBe(2);
  });

  it('tells all who wait that it failed, and is tried anew by the next', async () => {
    const [shared, job] = [new SharedWork<number>(10), new Job()];
    const asked = [shared.get('a', never, job.work), shared.get('a', never, job.work)];
    job.reject(new Error('no'));
    for (const each of asked) await expect(each).rejects.toThrow('no');

    const again = shared.get('a', never, job.work);
    job.resolve(9);
    expect(await again).toBe(9);
  });

  it('keeps no more results than it may, the newest', async () => {
    const shared = new SharedWork<string>(2);
    const begun: string[] = [];
    const get = (key: string): Promise<string> =>
      shared.get(key, never, () => {
        begun.push(key);
        return Promise.resolve(key);
      });
    for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await get(key);

    expect(begun).toEqual(['a', 'b', 'c', 'a']);
  });
});
