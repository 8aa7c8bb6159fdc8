import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { EmptyState } from '../../../ui/empty-state';
import { LinkButton } from '../../../ui/links';
import { PageHeader } from '../../../ui/page-header';
import { HistoryTab } from './history/history-tab';
import { eventsQuery } from './queries';

const t = texts.instance;

/** Shown for an ID without an instance; with the history if there was one, because that outlives it. */
export function InstanceNotFound({ id }: { id: string }): ReactNode {
  const history = useQuery(eventsQuery(useCompute(), id));
  const hasHistory = history.data !== undefined && history.data.events.length > 0;
  return (
    <Stack>
      <PageHeader title={t.notFoundTitle} />
      <EmptyState title={id} text={t.notFoundText}>
        <LinkButton to="/instances" variant="default">
          {t.toList}
        </LinkButton>
      </EmptyState>
      {hasHistory && <HistoryTab id={id} />}
    </Stack>
  );
}
