import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import { sumOf, totalsBy, type Sample, type Total } from '../readings/metrics';
import type { Part } from '../readings/reading';
import { Section } from './section';

const t = texts.operators.queue;
const { amount, durationOf } = texts.operators;
const OUTCOMES: Readonly<Record<string, string>> = t.outcome;
const STATUSES: Readonly<Record<string, string>> = texts.instances.status;

export function QueueSection({ part }: { part: Part<readonly Sample[]> }): ReactNode {
  return (
    <Section id="queue" title={t.title} part={part} isOptional>
      {(samples) => <Queues samples={samples} />}
    </Section>
  );
}

function Queues({ samples }: { samples: readonly Sample[] }): ReactNode {
  const gauge = (name: string, labels?: Readonly<Record<string, string>>): number | undefined =>
    sumOf(samples, `compute_${name}`, labels);
  const pending = gauge('queue_depth', { status: 'pending' });
  const outbox = gauge('outbox_depth');
  const webhooks = gauge('webhook_deliveries_pending');
  const operations = totalsBy(samples, 'compute_operations_total', 'result');
  const instances = totalsBy(samples, 'compute_instances', 'status').filter(({ value }) => value > 0);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      <Figure label={t.waiting} value={pending} note={ageOf(pending, t.age, gauge('queue_age_seconds'))} />
      <Figure label={t.running} value={gauge('queue_depth', { status: 'running' })} />
      <Figure
        label={t.webhooks}
        value={webhooks}
        note={ageOf(webhooks, t.oldest, gauge('webhook_delivery_age_seconds'))}
      />
      <Figure label={t.outbox} value={outbox} note={ageOf(outbox, t.oldest, gauge('outbox_age_seconds'))} />
      <Totals label={t.operations} note={t.replica} totals={operations} names={OUTCOMES} />
      <Totals label={t.instances} totals={instances} names={STATUSES} />
    </SimpleGrid>
  );
}

function ageOf(
  depth: number | undefined,
  text: (duration: string) => string,
  seconds: number | undefined,
): string {
  if (depth === undefined || seconds === undefined) return '';
  return depth === 0 ? t.nothingWaits : text(durationOf(seconds));
}

interface FigureProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly note?: string;
}

function Figure({ label, value, note = '' }: FigureProps): ReactNode {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="xl" fw={700} className="numeric">
        {value === undefined ? texts.forms.none : amount(value)}
      </Text>
      <Text size="xs">{note}</Text>
    </Paper>
  );
}

interface TotalsProps {
  readonly label: string;
  readonly note?: string;
  readonly totals: readonly Total[];
  readonly names: Readonly<Record<string, string>>;
}

function Totals({ label, note, totals, names }: TotalsProps): ReactNode {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="sm" className="numeric">
        {totals.length === 0
          ? t.noOperations
          : totals.map(({ label: key, value }) => `${names[key] ?? key}: ${amount(value)}`).join(', ')}
      </Text>
      {note !== undefined && <Text size="xs">{note}</Text>}
    </Paper>
  );
}
