import { PullProgress } from './docker.pull-progress';

const layer = (id: string, current: number, total: number) =>
  JSON.stringify({ id, status: 'Downloading', progressDetail: { current, total } });

describe('pull progress', () => {
  it('is the share of all layers, reported when it grows', () => {
    const told: number[] = [];
    const progress = new PullProgress((percent) => told.push(percent));
    for (const line of [
      '{"status":"Pulling from library/alpine","id":"3"}',
      layer('a', 10, 100),
      layer('a', 10, 100),
      layer('b', 0, 100),
      layer('a', 100, 100),
      'no JSON',
      '',
      '[]',
      layer('b', 100, 100),
    ]) {
      progress.take(line);
    }
    expect(told).toEqual([10, 50, 100]);
  });

  it('ends with the error that the engine reports', () => {
    const progress = new PullProgress(() => undefined);
    expect(() => progress.take('{"error":"manifest unknown"}')).toThrow('manifest unknown');
  });
});
