import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DryRunResult } from 'uim-compute-client';
import { texts } from '../../../texts';
import { ProblemAlert } from '../../../ui/problem-alert';
import { UsageBar } from '../../../ui/usage-bar';
import { countOf } from './form/request';
import type { CreateForm } from './form/state';
import type { RequestCheck } from './use-request-check';

const t = texts.create.summary;
const RESOURCES = ['instances', 'vcpus', 'ramGB', 'diskGB', 'gpus'] as const;

export interface SummaryPanelProps {
  readonly form: CreateForm;
  readonly check: RequestCheck;
  /** What the service answered to the last attempt, unless it is shown beside a field. */
  readonly failure: unknown;
  readonly hasErrors: boolean;
  readonly isBusy: boolean;
}

/** What the request takes, and whether the service would accept it. */
export function SummaryPanel({ form, check, failure, hasErrors, isBusy }: SummaryPanelProps): ReactNode {
  const name = form.name.trim() === '' ? t.unnamed : form.name.trim();
  const count = countOf(form);
  return (
    <Paper withBorder p="md" component="section" aria-label={t.title}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t.title}
        </Title>
        <Text size="sm" fw={600} className="user-text one-line" title={name}>
          {t.request(count, name)}
        </Text>
        <div role="status">
          <Verdict check={check} />
        </div>
        {check.result?.quota && <QuotaBars quota={check.result.quota} />}
        {check.result?.capacity && <Text size="sm">{fitText(check.result.capacity.fits)}</Text>}
        {failure !== undefined && failure !== null && <ProblemAlert error={failure} />}
        {hasErrors && (
          <Text size="sm" c="red" role="alert">
            {t.correct}
          </Text>
        )}
        <Button type="submit" loading={isBusy}>
          {t.submit(count)}
        </Button>
        <Text size="xs" c="dimmed">
          {t.retrySafe}
        </Text>
      </Stack>
    </Paper>
  );
}

function Verdict({ check }: { check: RequestCheck }): ReactNode {
  switch (check.kind) {
    case 'incomplete':
      return <Text size="sm">{t.nothing}</Text>;
    case 'checking':
      return <Text size="sm">{t.checking}</Text>;
    case 'failed':
      return <Text size="sm">{t.checkFailed}</Text>;
    case 'accepted':
      return <Text size="sm">{t.possible}</Text>;
    case 'refused':
      return check.isPlaced ? (
        <Alert color="yellow" p="xs">
          {t.refused}
        </Alert>
      ) : (
        <>
          <Text size="sm">{t.refusedHere}</Text>
          <ProblemAlert error={check.refusal} />
        </>
      );
  }
}

function QuotaBars({ quota }: { quota: NonNullable<DryRunResult['quota']> }): ReactNode {
  const { usage, requested, limits } = quota;
  return (
    <Stack gap="xs">
      {RESOURCES.filter((resource) => requested[resource] > 0).map((resource) => (
        <UsageBar
          key={resource}
          size="sm"
          label={t.resource[resource]}
          unit={t.amount[resource].trim()}
          used={usage[resource]}
          requested={requested[resource]}
          limit={limits[resource]}
        />
      ))}
    </Stack>
  );
}

function fitText(fits: number | null): string {
  if (fits === null) return t.fitsNoLimit;
  return fits === 0 ? t.fitsNone : t.fits(fits);
}
