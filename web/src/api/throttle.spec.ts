import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Throttle } from './throttle';

describe('a throttled task', () => {
  let runs: number;
  let throttle: Throttle;

  beforeEach(() => {
    jest.useFakeTimers();
    runs = 0;
    throttle = new Throttle(() => runs++, 100);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs at once', () => {
    throttle.run();
    expect(runs).toBe(1);
  });

  it('runs once more after the interval, no matter how often it was requested', () => {
    for (let request = 0; request < 5; request++) throttle.run();
    expect(runs).toBe(1);
    jest.advanceTimersByTime(100);
    expect(runs).toBe(2);
    jest.advanceTimersByTime(1000);
    expect(runs).toBe(2);
  });

  it('runs no more after it was stopped', () => {
    throttle.run();
    throttle.run();
    throttle.stop();
    jest.advanceTimersByTime(1000);
    expect(runs).toBe(1);
  });
});
