import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { PageHeader } from '../../ui/page-header';
import { ProblemAlert } from '../../ui/problem-alert';
import { OperatorsOnly } from './operators-only';
import { EnginesSection } from './overview/engines-section';
import { FailingSection } from './overview/failing-section';
import { HealthSection } from './overview/health-section';
import { QueueSection } from './overview/queue-section';
import { Verdict } from './overview/verdict';
import { overviewQuery } from './readings/queries';
import { WarmPoolsSection } from './warm-pools/warm-pools-section';

const t = texts.operators.overview;
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
const SECTION_HEIGHTS = [72, 160, 220, 160];

/** Whether all is well with the service, and what to do if not. */
export function OperatorsPage(): ReactNode {
  return (
    <OperatorsOnly title={t.title}>
      <Overview />
    </OperatorsOnly>
  );
}

function Overview(): ReactNode {
  const overview = useQuery(overviewQuery(useCompute()));
  const { data, dataUpdatedAt } = overview;
  return (
    <Stack gap="md">
      <PageHeader title={t.title}>
        <Text size="sm" className="numeric" role="status">
          {data ? t.readAt(clock.format(dataUpdatedAt)) : t.reading}
        </Text>
        <Button variant="default" loading={overview.isRefetching} onClick={() => void overview.refetch()}>
          {texts.forms.refresh}
        </Button>
      </PageHeader>
      {overview.error && <ProblemAlert error={overview.error} retry={() => void overview.refetch()} />}
      {data ? (
        <>
          <Verdict reading={data} />
          <EnginesSection part={data.capacity} />
          <FailingSection part={data.failing} />
          <QueueSection part={data.metrics} />
          <HealthSection part={data.readiness} />
          <WarmPoolsSection part={data.warmPools} />
        </>
      ) : (
        overview.isPending && SECTION_HEIGHTS.map((height, index) => <Skeleton key={index} height={height} />)
      )}
    </Stack>
  );
}
