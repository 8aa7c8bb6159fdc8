import type { ContainerStats } from 'dockerode';
import type { Usage } from '../port/abilities';

const NANO = 1_000_000_000;

/** One `stats` response; members that engines may omit despite dockerode's types are optional. */
export type Reading = Pick<ContainerStats, 'read'> & {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly networks?: Readonly<
    Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>
  > | null;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
};

/** Computes a container's usage from two readings of its counters. */
export function toUsage(first: Reading, second: Reading): Usage {
  return {
    cpu: { percent: percentOf(first, second), totalSeconds: secondsOf(second) },
    memory: memoryOf(second),
    disk: diskOf(second),
    network: networkOf(second),
  };
}

function percentOf(first: Reading, second: Reading): number | null {
  const before = secondsOf(first);
  const after = secondsOf(second);
  const passed = (Date.parse(second.read) - Date.parse(first.read)) / 1000;
  if (before === null || after === null || !(passed > 0)) return null;
  return Math.max(0, Math.round(((after - before) / passed) * 1000) / 10);
}

function secondsOf(reading: Reading): number | null {
  const nanoseconds = reading.cpu_stats?.cpu_usage?.total_usage;
  return nanoseconds === undefined ? null : nanoseconds / NANO;
}

function memoryOf({ memory_stats: memory }: Reading): Usage['memory'] {
  if (memory?.usage === undefined || memory.limit === undefined) return null;
  // Inactive page cache is reclaimed on demand, so it does not count; cgroup 1 and 2 name it differently.
  const cache = memory.stats?.['total_inactive_file'] ?? memory.stats?.['inactive_file'] ?? 0;
  return { usedBytes: Math.max(0, memory.usage - cache), limitBytes: memory.limit };
}

function diskOf({ blkio_stats: blkio }: Reading): Usage['disk'] {
  const entries = blkio?.io_service_bytes_recursive;
  if (!entries) return null;
  const sum = (wanted: string): number =>
    entries.filter(({ op }) => op.toLowerCase() === wanted).reduce((total, { value }) => total + value, 0);
  return { readBytes: sum('read'), writtenBytes: sum('write'), usedBytes: null };
}

function networkOf({ networks }: Reading): Usage['network'] {
  if (!networks) return null;
  const all = Object.values(networks);
  return {
    receivedBytes: all.reduce((total, { rx_bytes }) => total + rx_bytes, 0),
    sentBytes: all.reduce((total, { tx_bytes }) => total + tx_bytes, 0),
  };
}
