import type { Stats } from 'uim-compute-client';

/** Seconds that a chart shows. */
export const WINDOW_SECONDS = 3600;
/** Without a value for this long, in seconds, a line is interrupted: the instance did not run, or the page was closed. */
const GAP_SECONDS = 35;

/** One measurement, as the charts show it. Null if the engine does not report it, or if it is the first one. */
export interface UsagePoint {
  readonly at: number;
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
  readonly memoryLimit: number | null;
  readonly diskRead: number | null;
  readonly diskWritten: number | null;
  readonly received: number | null;
  readonly sent: number | null;
}

export interface UsageSeries {
  readonly points: readonly UsagePoint[];
  /** Its counters are the base of the next rates. */
  readonly last: Stats | undefined;
}

export const NO_USAGE: UsageSeries = { points: [], last: undefined };

/** Adds a measurement, and drops those that are too old. Rates are bytes per second since the one before. */
export function withStats(series: UsageSeries, stats: Stats): UsageSeries {
  const { last, points } = series;
  if (last && stats.at <= last.at) return series;
  const seconds = last ? stats.at - last.at : 0;
  const isContinued = last !== undefined && seconds <= GAP_SECONDS;
  const rate = (of: (from: Stats) => number | null | undefined): number | null =>
    isContinued ? rateOf(of(last), of(stats), seconds) : null;
  const cpuSeconds = rate(({ cpu }) => cpu.totalSeconds);
  const point: UsagePoint = {
    at: stats.at,
    cpuPercent: stats.cpu.percent ?? (cpuSeconds === null ? null : cpuSeconds * 100),
    memoryBytes: stats.memory?.usedBytes ?? null,
    memoryLimit: stats.memory?.limitBytes ?? null,
    diskRead: rate(({ disk }) => disk?.readBytes),
    diskWritten: rate(({ disk }) => disk?.writtenBytes),
    received: rate(({ network }) => network?.receivedBytes),
    sent: rate(({ network }) => network?.sentBytes),
  };
  const gap = last && !isContinued ? [emptyAt(last.at + 1)] : [];
  const recent = [...points, ...gap, point].filter(({ at }) => at > stats.at - WINDOW_SECONDS);
  return { points: recent, last: stats };
}

/** Undefined counters are not reported, and smaller ones belong to another run of the guest. */
function rateOf(
  before: number | null | undefined,
  after: number | null | undefined,
  seconds: number,
): number | null {
  if (typeof before !== 'number' || typeof after !== 'number' || after < before) return null;
  return (after - before) / seconds;
}

function emptyAt(at: number): UsagePoint {
  return {
    at,
    cpuPercent: null,
    memoryBytes: null,
    memoryLimit: null,
    diskRead: null,
    diskWritten: null,
    received: null,
    sent: null,
  };
}

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** E.g. 1.5 GiB: memory comes in powers of 1024. */
export function memoryText(bytes: number): string {
  return amountText(bytes, 1024, BINARY);
}

function amountText(bytes: number, step: number, units: readonly string[]): string {
  let value = bytes;
  let unit = 0;
  while (value >= step - 0.5 && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

export function rateText(bytesPerSecond: number): string {
  return `${amountText(bytesPerSecond, 1000, DECIMAL)}/s`;
}

export function percentText(percent: number): string {
  return `${percent.toFixed(percent < 10 ? 1 : 0)}%`;
}

/** A round number above a value, for the top of a chart: 1, 2 or 5 times a power of ten. */
export function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((each) => each * power >= value) ?? 10;
  return factor * power;
}
