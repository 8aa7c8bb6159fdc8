import { describe, expect, it } from '@jest/globals';
import type { Stats } from 'uim-compute-client';
import { memoryText, NO_USAGE, percentText, rateText, roundTop, withStats } from './usage-series';

const statsAt = (at: number, changes: Partial<Stats> = {}): Stats => ({
  cpu: { percent: 12.5, totalSeconds: at },
  memory: { usedBytes: 100, limitBytes: 200 },
  disk: { readBytes: at * 10, writtenBytes: 0, usedBytes: null },
  network: { receivedBytes: at * 20, sentBytes: 0 },
  at,
  ...changes,
});

const seriesOf = (...stats: readonly Stats[]) => stats.reduce(withStats, NO_USAGE).points;

describe('usage of an instance', () => {
  it('turns counters into rates from the second measurement on', () => {
    const [first, second] = seriesOf(statsAt(1000), statsAt(1010));
    expect(first).toMatchObject({ cpuPercent: 12.5, diskRead: null, received: null });
    expect(second).toMatchObject({ diskRead: 10, diskWritten: 0, received: 20, sent: 0 });
  });

  it('computes the CPU from its seconds if the engine reports no percentage', () => {
    const cpu = (totalSeconds: number) => ({ cpu: { percent: null, totalSeconds } });
    expect(seriesOf(statsAt(1000, cpu(1)), statsAt(1010, cpu(6)))[1]).toMatchObject({ cpuPercent: 50 });
  });

  it('has no rate across a restart of the guest', () => {
    const network = (receivedBytes: number) => ({ network: { receivedBytes, sentBytes: 0 } });
    expect(seriesOf(statsAt(1000, network(500)), statsAt(1010, network(3)))[1]).toMatchObject({
      received: null,
    });
  });

  it('interrupts the line if nothing was measured for a while', () => {
    const points = seriesOf(statsAt(1000), statsAt(1100));
    expect(points.map(({ at, memoryBytes }) => [at, memoryBytes])).toEqual([
      [1000, 100],
      [1001, null],
      [1100, 100],
    ]);
    expect(points[2]?.received).toBeNull();
  });

  it('keeps an hour, and ignores what it has already', () => {
    expect(seriesOf(statsAt(1000), statsAt(1000))).toHaveLength(1);
    expect(seriesOf(statsAt(1000), statsAt(4700)).map(({ at }) => at)).toEqual([4700]);
  });

  it('has a round number at the top of a chart', () => {
    expect([10, 11, 180, 201, 6001].map(roundTop)).toEqual([10, 20, 200, 500, 10_000]);
  });

  it('writes amounts for people', () => {
    expect(memoryText(1023)).toBe('1023 B');
    expect(memoryText(1024 ** 3)).toBe('1 GiB');
    expect(memoryText(1.5 * 1024 ** 2)).toBe('1.5 MiB');
    expect(rateText(1500)).toBe('1.5 kB/s');
    expect(rateText(999_999)).toBe('1.0 MB/s');
    expect(rateText(250_000_000)).toBe('250 MB/s');
    expect([percentText(0.25), percentText(123.4)]).toEqual(['0.3%', '123%']);
  });
});
