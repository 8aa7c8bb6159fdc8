import { getEventListeners } from 'node:events';
import { delay } from './delay';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('delay', () => {
  it('resolves after its time, and leaves no listener', async () => {
    const { signal } = new AbortController();
    const delayed = delay(1, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await delayed;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('ends early with the reason of the signal, and leaves neither timer nor listener', async () => {
    const before = timers();
    const controller = new AbortController();
    const delayed = delay(60_000, controller.signal);
    expect(timers()).toBe(before + 1);
    controller.abort(new Error('enough'));
    await expect(delayed).rejects.toThrow('enough');
    expect(timers()).toBe(before);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('does not begin after an abort', async () => {
    const before = timers();
    await expect(delay(60_000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(timers()).toBe(before);
  });
});
