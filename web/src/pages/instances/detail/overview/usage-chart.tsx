import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import UPlot, { type AlignedData, type Options } from 'uplot';
import { WINDOW_SECONDS } from './usage-series';

export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface UsageChartProps {
  /** Unix seconds. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** The value at the top. */
  readonly most: number;
  readonly label: string;
}

const HEIGHT = 140;
const COLORS = {
  light: { text: '#495057', grid: '#e9ecef', lines: ['#4263eb', '#c2410c'] },
  dark: { text: '#c9c9c9', grid: '#3b3b3b', lines: ['#91a7ff', '#ffa94d'] },
} as const;
const DASHES = [[], [6, 3]] as const;

/** Lines over the last hour. Drawn on a canvas, so its content is also in `label`. */
export default function UsageChart({ times, lines, format, most, label }: UsageChartProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  const scheme = useComputedColorScheme('light');
  const names = lines.map(({ name }) => name).join('\n');

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const options = optionsOf(element.clientWidth, names.split('\n'), format, scheme);
    const plot = new UPlot(options, [[], ...names.split('\n').map(() => [])], element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = undefined;
    };
  }, [names, format, scheme]);

  useEffect(() => {
    const data: AlignedData = [[...times], ...lines.map(({ values }) => [...values])];
    chart.current?.setData(data);
    chart.current?.setScale('y', { min: 0, max: most });
  }, [times, lines, most, names, format, scheme]);

  return <div ref={host} role="img" aria-label={label} style={{ height: HEIGHT, overflow: 'hidden' }} />;
}

function optionsOf(
  width: number,
  names: readonly string[],
  format: (value: number) => string,
  scheme: 'light' | 'dark',
): Options {
  const colors = COLORS[scheme];
  const axis = { stroke: colors.text, grid: { stroke: colors.grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: () => [Date.now() / 1000 - WINDOW_SECONDS, Date.now() / 1000] },
      y: { auto: false },
    },
    axes: [
      { ...axis, size: 28, values: (_, splits) => splits.map(timeText) },
      {
        ...axis,
        size: 72,
        splits: (_, __, min, max) => [min, (min + max) / 2, max],
        values: (_, splits) => splits.map(format),
      },
    ],
    series: [
      {},
      ...names.map((name, index) => ({
        label: name,
        stroke: colors.lines[index] ?? colors.text,
        width: 2,
        // Not by color alone.
        dash: [...(DASHES[index] ?? [])],
        points: { size: 4 },
      })),
    ],
  };
}

const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function timeText(seconds: number): string {
  return time.format(new Date(seconds * 1000));
}
