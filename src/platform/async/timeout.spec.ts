import { getEventListeners } from 'node:events';
import { withTimeout, TimeoutError, abortOnTimeout } from './timeout';

const NEVER = new AbortController().signal;
const LONG_MS = 60_000;

describe('withTimeout', () => {
  it('returns the result of the call', async () => {
    await expect(withTimeout({ timeoutMs: LONG_MS, signal: NEVER }, async () => 7)).resolves.toBe(7);
  });

  it('rejects with the error of the call', async () => {
    const failing = withTimeout({ timeoutMs: LONG_MS, signal: NEVER }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  });

  it('aborts a call that takes too long, even if it ignores the abort', async () => {
    let seen: AbortSignal | undefined;
    const deaf = withTimeout({ timeoutMs: 5, signal: NEVER }, (signal) => {
      seen = signal;
      return new Promise<never>(() => undefined);
    });
    await expect(deaf).rejects.toThrow(new TimeoutError(5));
    expect(seen?.aborted).toBe(true);
  });

  it('ends when its signal aborts', async () => {
    const ending = new AbortController();
    let seen: AbortSignal | undefined;
    const call = withTimeout({ timeoutMs: LONG_MS, signal: ending.signal }, (signal) => {
      seen = signal;
      return new Promise<never>(() => undefined);
    });
    ending.abort(new Error('ended'));
    await expect(call).rejects.toThrow('ended');
    expect(seen?.aborted).toBe(true);
  });

  it('does not start if its signal has already aborted', async () => {
    const call = jest.fn<Promise<void>, []>();
    await expect(withTimeout({ timeoutMs: LONG_MS, signal: AbortSignal.abort() }, call)).rejects.toThrow();
    expect(call).not.toHaveBeenCalled();
  });

  it.each([
    [true, 'the work'],
    [false, 'the bound'],
  ])('on a timeout with graceTick %s, rejects with the error of %s', async (graceTick, whose) => {
    const noticing = withTimeout({ timeoutMs: 5, graceTick }, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('words of the work');
    });
    const words = whose === 'the work' ? 'words of the work' : new TimeoutError(5).message;
    await expect(noticing).rejects.toThrow(words);
  });
});

describe('abortOnTimeout', () => {
  it.each(['time-out', 'caller'])('waits for the work to end after an abort by the %s', async (by) => {
    const caller = new AbortController();
    const timeoutMs = by === 'time-out' ? 5 : LONG_MS;
    const work = abortOnTimeout({ timeoutMs, signal: caller.signal }, async (signal) => {
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (by === 'caller') caller.abort();
      await aborted;
      return 'what was done';
    });
    await expect(work).resolves.toBe('what was done');
  });

  it('leaves no listener on the signal of the caller', async () => {
    const caller = new AbortController();
    await abortOnTimeout({ timeoutMs: LONG_MS, signal: caller.signal }, async () => undefined);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });
});
