import { bounded } from './bounded';

const NEVER = new AbortController().signal;
const LONG_MS = 60_000;

describe('bounded', () => {
  it('gives what the call gives', async () => {
    await expect(bounded(async () => 7, { ms: LONG_MS, signal: NEVER })).resolves.toBe(7);
  });

  it('rejects with what the call rejects with', async () => {
    const failing = bounded(() => Promise.reject(new Error('no')), { ms: LONG_MS, signal: NEVER });
    await expect(failing).rejects.toThrow('no');
  });

  it('aborts a call that takes too long, and waits no longer for one that does not listen', async () => {
    let seen: AbortSignal | undefined;
    const deaf = bounded(
      (signal) => {
        seen = signal;
        return new Promise<never>(() => undefined);
      },
      { ms: 5, signal: NEVER },
    );
    await expect(deaf).rejects.toThrow('no answer within 0.005 s');
    expect(seen?.aborted).toBe(true);
  });

  it('ends with its signal', async () => {
    const ending = new AbortController();
    let seen: AbortSignal | undefined;
    const call = bounded(
      (signal) => {
        seen = signal;
        return new Promise<never>(() => undefined);
      },
      { ms: LONG_MS, signal: ending.signal },
    );
    ending.abort();
    await expect(call).rejects.toThrow('ended');
    expect(seen?.aborted).toBe(true);
  });

  it('does not begin where its signal is aborted already', async () => {
    const call = jest.fn<Promise<void>, []>();
    await expect(bounded(call, { ms: LONG_MS, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(call).not.toHaveBeenCalled();
  });
});
