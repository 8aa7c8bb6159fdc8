import { toUsage } from './docker.usage';

const at = (read: string, nanoseconds: number) => ({
  read,
  cpu_stats: { cpu_usage: { total_usage: nanoseconds } },
  memory_stats: { usage: 1000, limit: 4000, stats: { inactive_file: 300 } },
  networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 5 },
      { op: 'write', value: 6 },
      { op: 'Total', value: 11 },
    ],
  },
});

describe('container usage', () => {
  it('is computed from two readings', () => {
    expect(toUsage(at('2026-01-01T00:00:00Z', 1e9), at('2026-01-01T00:00:02Z', 4e9))).toEqual({
      cpu: { percent: 150, totalSeconds: 4 },
      memory: { usedBytes: 700, limitBytes: 4000 },
      disk: { readBytes: 5, writtenBytes: 6, usedBytes: null },
      network: { receivedBytes: 11, sentBytes: 22 },
    });
  });

  it('is null if the engine reports nothing', () => {
    const nothing = { read: '2026-01-01T00:00:00Z' };
    expect(toUsage(nothing, nothing)).toEqual({
      cpu: { percent: null, totalSeconds: null },
      memory: null,
      disk: null,
      network: null,
    });
  });
});
