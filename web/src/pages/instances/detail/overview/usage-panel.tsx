import { Anchor, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { useSession } from '../../../../session/session';
import { texts } from '../../../../texts';
import { usageUrlOf } from './usage-url';
import { useUsage } from './use-usage';
import type { ChartLine } from './usage-chart';
import { memoryText, percentText, rateText, roundTop, type UsagePoint } from './usage-series';

const t = texts.instance.usage;
const UsageChart = lazy(() => import('./usage-chart'));

interface ChartKind {
  readonly title: string;
  readonly unit?: string;
  readonly format: (value: number) => string;
  /** The least value at the top of the chart. */
  readonly least: number;
  readonly lines: readonly { readonly name: string; readonly of: (point: UsagePoint) => number | null }[];
}

const CHARTS: readonly ChartKind[] = [
  {
    title: t.cpu,
    unit: t.cpuUnit,
    least: 10,
    format: percentText,
    lines: [{ name: t.cpu, of: (p) => p.cpuPercent }],
  },
  {
    title: t.memory,
    least: 1024 ** 2,
    format: memoryText,
    lines: [{ name: t.memory, of: (p) => p.memoryBytes }],
  },
  {
    title: t.disk,
    least: 1000,
    format: rateText,
    lines: [
      { name: t.read, of: (p) => p.diskRead },
      { name: t.written, of: (p) => p.diskWritten },
    ],
  },
  {
    title: t.network,
    least: 1000,
    format: rateText,
    lines: [
      { name: t.received, of: (p) => p.received },
      { name: t.sent, of: (p) => p.sent },
    ],
  },
];

/** Charts of what the instance has used since the page is open. */
export function UsagePanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const { points } = useUsage(instance.id);
  const longer = usageUrlOf(useSession().settings.usageUrl, instance);
  const hint = hintOf(instance, points.length);
  const isShown = points.length > 0 || instance.status === 'running';
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
          {longer !== undefined && (
            <Anchor size="sm" href={longer} target="_blank" rel="noreferrer">
              {t.longer}
            </Anchor>
          )}
        </Group>
      </Group>
      {isShown && (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {CHARTS.map((kind) => (
            <ChartCard key={kind.title} kind={kind} points={points} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function hintOf({ status, abilities }: InstanceDetails, count: number): string {
  if (!abilities.includes('stats') && status !== 'deleted') return t.unsupported;
  if (status !== 'running') return t.notRunning;
  return count < 2 ? t.waiting : t.hint;
}

function ChartCard({ kind, points }: { kind: ChartKind; points: readonly UsagePoint[] }): ReactNode {
  const times = useMemo(() => points.map(({ at }) => at), [points]);
  const lines = useMemo(
    (): readonly ChartLine[] => kind.lines.map(({ name, of }) => ({ name, values: points.map(of) })),
    [kind, points],
  );
  const latest = latestOf(kind, points.at(-1));
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="xs" mb={4}>
        <Title order={3} size="h6">
          {kind.title}
          {kind.unit !== undefined && (
            <Text span size="xs" c="dimmed" fw={400}>
              {' '}
              {kind.unit}
            </Text>
          )}
        </Title>
        <Text size="sm" className="numeric">
          {latest}
        </Text>
      </Group>
      <Suspense fallback={<Skeleton height={140} />}>
        <UsageChart
          times={times}
          lines={lines}
          format={kind.format}
          most={mostOf(kind, points)}
          label={t.chart(kind.title, latest)}
        />
      </Suspense>
    </Paper>
  );
}

function latestOf({ lines, format, title }: ChartKind, point: UsagePoint | undefined): string {
  if (!point) return t.none;
  if (title === t.memory && point.memoryBytes !== null && point.memoryLimit !== null)
    return t.memoryOf(memoryText(point.memoryBytes), memoryText(point.memoryLimit));
  const values = lines.map(({ name, of }) => {
    const value = of(point);
    const text = value === null ? t.none : format(value);
    return lines.length === 1 ? text : t.latest(name, text);
  });
  return values.join(' · ');
}

/** The value at the top of the chart. Memory is shown as a part of what there is. */
function mostOf({ title, lines, least }: ChartKind, points: readonly UsagePoint[]): number {
  const limit = title === t.memory ? points.at(-1)?.memoryLimit : undefined;
  if (typeof limit === 'number') return limit;
  const values = points.flatMap((point) => lines.map(({ of }) => of(point) ?? 0));
  return roundTop(Math.max(least, ...values));
}
