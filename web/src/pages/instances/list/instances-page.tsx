import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { quotaQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { DataTable } from '../../../ui/data-table';
import { EmptyState } from '../../../ui/empty-state';
import { LinkButton } from '../../../ui/links';
import { PageHeader } from '../../../ui/page-header';
import { ProblemAlert } from '../../../ui/problem-alert';
import { BulkActions } from './bulk-actions';
import { FilterBar } from './filter-bar';
import { FilterChips } from './filter-chips';
import { INSTANCE_COLUMNS } from './instance-columns';
import { listQuery } from './queries';
import { hasFilter, type InstanceSearch } from './search';
import { SelectionContext, useSelection } from './selection';

const t = texts.instances;
const route = getRouteApi('/shell/instances');
const idOf = ({ id }: Instance): string => id;

export function InstancesPage(): ReactNode {
  const compute = useCompute();
  const search = route.useSearch();
  const navigate = useNavigate();
  const setSearch = useCallback(
    (next: InstanceSearch): void => void navigate({ to: '/instances', search: next }),
    [navigate],
  );
  const list = useQuery(listQuery(compute, search));
  const quota = useQuery(quotaQuery(compute));
  const selection = useSelection(list.data?.instances);
  const isEmpty = list.data?.instances.length === 0;

  return (
    <Stack gap="sm">
      <PageHeader title={t.title}>
        <LinkButton to="/instances/new">{t.create}</LinkButton>
      </PageHeader>
      <FilterBar search={search} onChange={setSearch} />
      <FilterChips search={search} page={list.data} quota={quota.data} onChange={setSearch} />
      {list.error && <ProblemAlert error={list.error} retry={() => void list.refetch()} />}
      <BulkActions selection={selection} />
      {isEmpty ? (
        <NoInstances search={search} onClear={() => setSearch({})} />
      ) : (
        <Paper withBorder>
          <SelectionContext value={selection}>
            <DataTable
              label={t.title}
              columns={INSTANCE_COLUMNS}
              rows={list.data?.instances}
              rowId={idOf}
              minWidth={820}
            />
          </SelectionContext>
        </Paper>
      )}
      <Pager search={search} nextPageToken={list.data?.nextPageToken} onChange={setSearch} />
    </Stack>
  );
}

function NoInstances({ search, onClear }: { search: InstanceSearch; onClear: () => void }): ReactNode {
  if (hasFilter(search) || search.pages)
    return (
      <EmptyState title={t.noneMatch}>
        <Button variant="default" onClick={onClear}>
          {texts.action.clearFilters}
        </Button>
      </EmptyState>
    );
  return (
    <EmptyState title={t.empty} text={t.emptyText}>
      <LinkButton to="/instances/new">{t.create}</LinkButton>
    </EmptyState>
  );
}

interface PagerProps {
  readonly search: InstanceSearch;
  readonly nextPageToken: string | undefined;
  readonly onChange: (search: InstanceSearch) => void;
}

function Pager({ search, nextPageToken, onChange }: PagerProps): ReactNode {
  const { pages = [], ...filters } = search;
  if (pages.length === 0 && nextPageToken === undefined) return null;
  const next = nextPageToken === undefined ? undefined : [...pages, nextPageToken];
  return (
    <Group justify="flex-end" component="nav" aria-label={t.page(pages.length + 1)}>
      <Text size="sm">{t.page(pages.length + 1)}</Text>
      <Button
        variant="default"
        disabled={pages.length === 0}
        onClick={() => onChange(pages.length > 1 ? { ...filters, pages: pages.slice(0, -1) } : filters)}
      >
        {texts.action.previous}
      </Button>
      <Button
        variant="default"
        disabled={next === undefined}
        onClick={() => next && onChange({ ...filters, pages: next })}
      >
        {texts.action.next}
      </Button>
    </Group>
  );
}
