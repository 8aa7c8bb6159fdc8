import { IntervalTask } from './interval-task';

describe('IntervalTask', () => {
  it('repeats its work until it is stopped, even after a failure', async () => {
    const failed: unknown[] = [];
    let turns = 0;
    const third = new Promise<void>((resolve) => {
      const task = new IntervalTask({
        intervalMs: 1,
        work: () => {
          turns += 1;
          if (turns === 3) void task.stop().then(resolve);
          return turns === 1 ? Promise.reject(new Error('the first')) : Promise.resolve();
        },
        failed: (error) => failed.push(error),
      });
      task.start();
    });
    await third;
    expect(turns).toBe(3);
    expect(failed).toEqual([new Error('the first')]);
  });

  it('runs at once if asked, once more if asked while it runs, and stops during a delay', async () => {
    let runs = 0;
    const third = new Promise<void>((resolve) => {
      const task = new IntervalTask({
        intervalMs: 3_600_000,
        work: async () => {
          runs += 1;
          if (runs === 2) task.runNow();
          if (runs === 3) setImmediate(() => void task.stop().then(resolve));
        },
        failed: (error) => {
          throw error;
        },
      });
      task.start();
      task.runNow();
      setImmediate(() => task.runNow());
    });
    await third;
    expect(runs).toBe(3);
  });
});
