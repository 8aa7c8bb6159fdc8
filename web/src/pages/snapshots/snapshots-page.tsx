import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { LinkButton } from '../../ui/links';
import { ListFrame } from '../../ui/lists/list-frame';
import { Pager } from '../../ui/lists/pager';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { SnapshotDialogs } from './dialogs/snapshot-dialogs';
import type { SnapshotDialog } from './dialogs/dialog';
import { snapshotsQuery } from './queries';
import type { SnapshotSearch } from './search';
import { snapshotColumns } from './snapshot-columns';
import { SnapshotFilters } from './snapshot-filters';

const t = texts.snapshots;
const route = getRouteApi('/shell/snapshots');
/** The name of the instance is read for each. */
const PAGE_SIZE = 25;

/** All snapshots of the tenant, also of deleted instances. */
export function SnapshotsPage(): ReactNode {
  const compute = useCompute();
  const search = route.useSearch();
  const navigate = useNavigate();
  const setSearch = (next: SnapshotSearch): void => void navigate({ to: '/snapshots', search: next });
  const { pages = [], ...filter } = search;
  const list = useQuery(snapshotsQuery(compute, filter, { limit: PAGE_SIZE, pageToken: pages.at(-1) }));
  const [dialog, setDialog] = useState<SnapshotDialog>();
  const columns = useMemo(() => snapshotColumns(setDialog), []);

  return (
    <Stack gap="sm">
      <PageHeader title={t.title} />
      <PageIntro>{t.intro}</PageIntro>
      {/* Begins again if the address changes, e.g. by the way back. */}
      <SnapshotFilters key={search.name ?? ''} search={search} onChange={setSearch} />
      <ListFrame
        label={t.title}
        columns={columns}
        rows={list.data?.snapshots}
        rowId={({ id }) => id}
        minWidth={960}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<NoSnapshots search={search} onClear={() => setSearch({})} />}
      />
      <Pager
        pages={pages}
        nextPageToken={list.data?.nextPageToken}
        onChange={(next) => setSearch(next.length > 0 ? { ...filter, pages: next } : filter)}
      />
      {dialog && <SnapshotDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
}

function NoSnapshots({ search, onClear }: { search: SnapshotSearch; onClear: () => void }): ReactNode {
  if (Object.keys(search).length > 0)
    return (
      <EmptyState title={t.noneMatch}>
        <Button variant="default" onClick={onClear}>
          {texts.action.clearFilters}
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState title={t.empty} text={t.emptyText}>
      <LinkButton to="/instances" variant="default">
        {t.toInstances}
      </LinkButton>
    </EmptyState>
  );
}
