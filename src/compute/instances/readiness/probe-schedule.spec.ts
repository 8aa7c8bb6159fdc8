import { nextProbe } from './probe-schedule';

describe('a guest that is not ready', () => {
  it.each([
    [0, 'soon', 100],
    [1, 'soon', 100],
    [5, 'soon', 500],
    [9.9, 'soon', 990],
    [10, 'later', 1000],
    [60, 'later', 6000],
    [1000, 'later', 10_000],
  ])('after %d s is probed %s, in %d ms', (seconds, kind, delayMs) => {
    expect(nextProbe(seconds, 3600)).toEqual({ kind, delayMs });
  });

  it('is probed once more when its time is up, and then no longer', () => {
    expect(nextProbe(299.75, 300)).toEqual({ kind: 'later', delayMs: 250 });
    expect(nextProbe(300, 300)).toEqual({ kind: 'never' });
    expect(nextProbe(400, 300)).toEqual({ kind: 'never' });
  });
});
