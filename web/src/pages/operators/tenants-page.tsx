import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode, type SubmitEvent } from 'react';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { ListFrame } from '../../ui/lists/list-frame';
import { Pager } from '../../ui/lists/pager';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { OperatorsOnly } from './operators-only';
import { LimitsDialog } from './tenants/limits-dialog';
import { tenantsQuery } from './tenants/queries';
import type { TenantSearch } from './tenants/search';
import { tenantColumns } from './tenants/tenant-columns';
import { TenantDrawer } from './tenants/tenant-drawer';

const t = texts.operators.tenants;
const route = getRouteApi('/shell/operators/tenants');
const PAGE_SIZE = 25;

/** Tenants with what they use and may use. */
export function TenantsPage(): ReactNode {
  return (
    <OperatorsOnly title={t.title}>
      <Tenants />
    </OperatorsOnly>
  );
}

function Tenants(): ReactNode {
  const compute = useCompute();
  const search = route.useSearch();
  const navigate = useNavigate();
  const setSearch = (next: TenantSearch): void => void navigate({ to: '/operators/tenants', search: next });
  const { pages = [], tenant } = search;
  const inPage = pages.length > 0 ? { pages } : {};
  const list = useQuery(tenantsQuery(compute, { limit: PAGE_SIZE, pageToken: pages.at(-1) }));
  const [limited, setLimited] = useState<string>();
  const columns = useMemo(() => tenantColumns(setLimited, search), [search]);

  return (
    <Stack gap="sm">
      <PageHeader title={t.title} />
      <PageIntro>{t.intro}</PageIntro>
      <OpenTenant onOpen={(id) => setSearch({ ...inPage, tenant: id })} />
      <ListFrame
        label={t.title}
        columns={columns}
        rows={list.data?.tenants}
        rowId={({ tenantId }) => tenantId}
        minWidth={960}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={t.empty} text={t.emptyText} />}
      />
      <Pager
        pages={pages}
        nextPageToken={list.data?.nextPageToken}
        onChange={(next) => setSearch(next.length > 0 ? { pages: next } : {})}
      />
      {tenant !== undefined && (
        <TenantDrawer
          key={tenant}
          tenantId={tenant}
          status={search.status}
          onStatus={(status) => setSearch({ ...inPage, tenant, ...(status && { status }) })}
          onLimits={() => setLimited(tenant)}
          onClose={() => setSearch(inPage)}
        />
      )}
      {limited !== undefined && <LimitsDialog tenantId={limited} onClose={() => setLimited(undefined)} />}
    </Stack>
  );
}

/** The list has no filter, and a tenant without instances is not in it. */
function OpenTenant({ onOpen }: { onOpen: (id: string) => void }): ReactNode {
  const [id, setId] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (id.trim() !== '') onOpen(id.trim());
  };
  return (
    <form onSubmit={submit} role="search" aria-label={t.open}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t.openHint}
          w={240}
          maxLength={255}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t.openAction}
        </Button>
      </Group>
    </form>
  );
}
