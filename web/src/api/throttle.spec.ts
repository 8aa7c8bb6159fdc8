import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Throttle } from './throttle';

describe('a throttled task', () => {
  let runs: number;
  let taskMs: number;
  let throttle: Throttle;

  beforeEach(() => {
    jest.useFakeTimers();
    runs = 0;
    taskMs = 0;
    const task = async (): Promise<void> => {
      runs++;
      if (taskMs > 0) await new Promise((resolve) => setTimeout(resolve, taskMs));
    };
    throttle = new Throttle(task, 100);
  });
  afterEach(() => {
    throttle.stop();
    jest.useRealTimers();
  });

  it('runs at once', () => {
    throttle.run();
    expect(runs).toBe(1);
  });

  it('runs once more after the interval, no matter how often it was requested', async () => {
    for (let request = 0; request < 5; request++) throttle.run();
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(runs).toBe(2);
    await jest.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
  });

  it('runs after the shortest interval that was requested', async () => {
    throttle.run();
    throttle.run(1000);
    await jest.advanceTimersByTimeAsync(500);
    expect(runs).toBe(1);
    throttle.run(600);
    await jest.advanceTimersByTimeAsync(100);
    expect(runs).toBe(2);
  });

  it('does not begin again before a slow run has ended, but then at once', async () => {
    taskMs = 300;
    throttle.run();
    throttle.run();
    await jest.advanceTimersByTimeAsync(299);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
  });

  it('does not wait forever for a run that hangs', async () => {
    taskMs = 60_000;
    throttle.run();
    throttle.run();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(runs).toBe(2);
  });

  it('runs no more after it was stopped', async () => {
    throttle.run();
    throttle.run();
    throttle.stop();
    await jest.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(1);
  });
});
