import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ComputeClient, Orphan } from 'uim-compute-client';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { columnsOf } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ListFrame } from '../../ui/lists/list-frame';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { OperatorsOnly } from './operators-only';

const t = texts.operators.orphans;
/** The service lists no more. */
const MOST = 1000;

const orphansQuery = (compute: ComputeClient) =>
  queryOptions({
    queryKey: [...keys.operators, 'orphans'],
    queryFn: ({ signal }): Promise<readonly Orphan[]> => compute.operator.orphans({ signal }),
  });

/** What is on the engines but belongs to no instance. */
export function OrphansPage(): ReactNode {
  return (
    <OperatorsOnly title={t.title}>
      <Orphans />
    </OperatorsOnly>
  );
}

function Orphans(): ReactNode {
  const orphans = useQuery(orphansQuery(useCompute()));
  const count = orphans.data?.length ?? 0;
  return (
    <Stack gap="sm">
      <PageHeader title={t.title}>
        <Button variant="default" loading={orphans.isRefetching} onClick={() => void orphans.refetch()}>
          {texts.forms.refresh}
        </Button>
      </PageHeader>
      <PageIntro>{t.intro}</PageIntro>
      {count > 0 && (
        <Alert color="yellow" variant="light">
          {t.warning}
        </Alert>
      )}
      {count >= MOST && <Text size="sm">{t.cut}</Text>}
      <ListFrame
        label={t.title}
        columns={COLUMNS}
        rows={orphans.data}
        rowId={({ driver, instanceId }) => `${driver} ${instanceId}`}
        minWidth={860}
        error={orphans.error}
        onRetry={() => void orphans.refetch()}
        empty={<EmptyState title={t.empty} text={t.emptyText} />}
      />
    </Stack>
  );
}

const helper = columnsOf<Orphan>();

const COLUMNS = helper.columns([
  helper.display({
    id: 'driver',
    header: t.column.driver,
    cell: ({ row }) => <span className="user-text">{row.original.driver}</span>,
  }),
  helper.display({
    id: 'instance',
    header: t.column.instance,
    cell: ({ row: { original } }) => (
      <Code className="user-text one-line" maw={320} title={original.instanceId}>
        {original.instanceId}
      </Code>
    ),
  }),
  helper.display({
    id: 'tenant',
    header: t.column.tenant,
    cell: ({ row: { original } }) => (
      <Text size="sm" className="user-text one-line" maw={200} title={original.tenantId}>
        {original.tenantId}
      </Text>
    ),
  }),
  helper.display({
    id: 'first',
    header: t.column.first,
    cell: ({ row }) => <RelativeTime at={row.original.firstSeenAt} />,
  }),
  helper.display({
    id: 'last',
    header: t.column.last,
    cell: ({ row }) => <RelativeTime at={row.original.lastSeenAt} />,
  }),
  helper.display({
    id: 'removed',
    header: t.column.removed,
    cell: ({ row: { original } }) =>
      original.removedAfter === null ? t.never : <RelativeTime at={original.removedAfter} />,
  }),
]);
