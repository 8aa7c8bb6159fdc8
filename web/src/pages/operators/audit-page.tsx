import { Group, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { unwrap, type ComputeClient } from 'uim-compute-client';
import { keys } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { ListFrame } from '../../ui/lists/list-frame';
import { PageIntro } from '../../ui/lists/page-intro';
import { Pager } from '../../ui/lists/pager';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { AUDIT_COLUMNS } from './audit/audit-columns';
import { AuditFilters } from './audit/audit-filters';
import { auditFilterOf, hasAuditFilter, type AuditSearch } from './audit/search';
import { OperatorsOnly } from './operators-only';

const t = texts.operators.audit;
const route = getRouteApi('/shell/operators/audit');
const PAGE_SIZE = 50;

const auditQuery = (compute: ComputeClient, search: AuditSearch) =>
  queryOptions({
    queryKey: [...keys.operators, 'audit', search],
    queryFn: ({ signal }) => {
      const pageToken = search.pages?.at(-1);
      const query = {
        ...auditFilterOf(search),
        limit: PAGE_SIZE,
        ...(pageToken !== undefined && { pageToken }),
      };
      return unwrap(compute.routes.GET('/api/v1/compute/audit', { params: { query }, signal }));
    },
    placeholderData: (previous) => previous,
  });

/** Who changed what, for all tenants. */
export function AuditPage(): ReactNode {
  return (
    <OperatorsOnly title={t.title}>
      <Audit />
    </OperatorsOnly>
  );
}

function Audit(): ReactNode {
  const search = route.useSearch();
  const navigate = useNavigate();
  const setSearch = (next: AuditSearch): void => void navigate({ to: '/operators/audit', search: next });
  const { pages = [], ...filters } = search;
  const list = useQuery(auditQuery(useCompute(), search));
  const examinedTo = list.data?.examinedTo ?? null;
  return (
    <Stack gap="sm">
      <PageHeader title={t.title} />
      <PageIntro>{t.intro}</PageIntro>
      {/* The fields follow the address when it changes without them. */}
      <AuditFilters key={JSON.stringify(filters)} search={search} onChange={setSearch} />
      <ListFrame
        label={t.title}
        columns={AUDIT_COLUMNS}
        rows={list.data?.events}
        rowId={({ instanceId, version }) => `${instanceId} ${version}`}
        minWidth={960}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          examinedTo === null ? (
            <EmptyState title={hasAuditFilter(search) ? t.noneMatch : t.empty} />
          ) : (
            <EmptyState title={t.noneYet} text={t.noneYetText} />
          )
        }
      />
      {examinedTo !== null && (
        <Group justify="flex-end">
          <Text size="sm" c="dimmed" role="status">
            {t.examinedTo} <RelativeTime at={examinedTo} />
          </Text>
        </Group>
      )}
      <Pager
        pages={pages}
        nextPageToken={list.data?.nextPageToken}
        onChange={(next) => setSearch(next.length > 0 ? { ...filters, pages: next } : filters)}
      />
    </Stack>
  );
}
