import { Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { useUsage } from './use-usage';
import type { ChartLine } from './usage-chart';
import { bytesText, percentText, rateText, type UsagePoint } from './usage-series';

const t = texts.instance.usage;
const UsageChart = lazy(() => import('./usage-chart'));

interface ChartKind {
  readonly title: string;
  readonly unit?: string;
  readonly format: (value: number) => string;
  readonly lines: readonly { readonly name: string; readonly of: (point: UsagePoint) => number | null }[];
}

const CHARTS: readonly ChartKind[] = [
  { title: t.cpu, unit: t.cpuUnit, format: percentText, lines: [{ name: t.cpu, of: (p) => p.cpuPercent }] },
  { title: t.memory, format: bytesText, lines: [{ name: t.memory, of: (p) => p.memoryBytes }] },
  {
    title: t.disk,
    format: rateText,
    lines: [
      { name: t.read, of: (p) => p.diskRead },
      { name: t.written, of: (p) => p.diskWritten },
    ],
  },
  {
    title: t.network,
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
  const hint = hintOf(instance, points.length);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {CHARTS.map((kind) => (
          <ChartCard key={kind.title} kind={kind} points={points} />
        ))}
      </SimpleGrid>
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
        <UsageChart times={times} lines={lines} format={kind.format} label={t.chart(kind.title, latest)} />
      </Suspense>
    </Paper>
  );
}

function latestOf({ lines, format, title }: ChartKind, point: UsagePoint | undefined): string {
  if (!point) return t.none;
  if (title === t.memory && point.memoryBytes !== null && point.memoryLimit !== null)
    return t.memoryOf(bytesText(point.memoryBytes), bytesText(point.memoryLimit));
  const values = lines.map(({ name, of }) => {
    const value = of(point);
    return t.latest(name, value === null ? t.none : format(value));
  });
  return values.join(' · ');
}
