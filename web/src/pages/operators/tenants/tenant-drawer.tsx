import { Button, Drawer, Group, Select, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useCompute, useSession } from '../../../session/session';
import { texts } from '../../../texts';
import { EmptyState } from '../../../ui/empty-state';
import { ListFrame } from '../../../ui/lists/list-frame';
import { Pager } from '../../../ui/lists/pager';
import { ProblemAlert } from '../../../ui/problem-alert';
import { UsageBar } from '../../../ui/usage-bar';
import { RESOURCES } from '../../../ui/usage/resources';
import { tenantInstancesQuery, tenantQuery } from './queries';
import { INSTANCE_FILTER, type TenantInstanceStatus } from './search';
import { tenantInstanceColumns } from './tenant-instance-columns';

const t = texts.operators.tenants;
const PAGE_SIZE = 50;
const NO_PAGES: readonly string[] = [];

export interface TenantDrawerProps {
  readonly tenantId: string;
  readonly status: TenantInstanceStatus | undefined;
  readonly onStatus: (status: TenantInstanceStatus | undefined) => void;
  readonly onLimits: () => void;
  readonly onClose: () => void;
}

/** What one tenant uses, and its instances. */
export function TenantDrawer(props: TenantDrawerProps): ReactNode {
  const { tenantId, status, onLimits, onClose } = props;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={tenantId}
      classNames={{ title: 'user-text' }}
    >
      <Stack gap="md">
        <Usage tenantId={tenantId} />
        <div>
          <Button variant="default" onClick={onLimits}>
            {t.limits}
          </Button>
        </div>
        {/* Another filter begins on its first page. */}
        <Instances key={status ?? ''} {...props} />
      </Stack>
    </Drawer>
  );
}

function Usage({ tenantId }: { tenantId: string }): ReactNode {
  const { data, error, refetch } = useQuery(tenantQuery(useCompute(), tenantId));
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {RESOURCES.map(({ name, unit }) =>
        data ? (
          <UsageBar
            key={name}
            size="sm"
            label={texts.quotas.resource[name]}
            used={data.usage[name]}
            limit={data.limits[name]}
            unit={unit}
          />
        ) : (
          <Skeleton key={name} height={48} />
        ),
      )}
    </SimpleGrid>
  );
}

function Instances({ tenantId, status, onStatus }: TenantDrawerProps): ReactNode {
  const compute = useCompute();
  const { caller } = useSession();
  const [pages, setPages] = useState(NO_PAGES);
  const page = { limit: PAGE_SIZE, pageToken: pages.at(-1) };
  const list = useQuery(tenantInstancesQuery(compute, { tenantId, status }, page));
  const isOwn = caller.tenantId === tenantId;
  const columns = useMemo(() => tenantInstanceColumns(isOwn), [isOwn]);
  return (
    <>
      <Group>
        <Select
          label={t.status}
          placeholder={t.any}
          clearable
          w={160}
          value={status ?? null}
          data={INSTANCE_FILTER.map((value) => ({ value, label: texts.instances.status[value] }))}
          onChange={(chosen) => onStatus(INSTANCE_FILTER.find((each) => each === chosen))}
        />
      </Group>
      <ListFrame
        label={t.instancesOf(tenantId)}
        columns={columns}
        rows={list.data?.instances}
        rowId={({ id }) => id}
        minWidth={640}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={t.noInstances} {...(status !== undefined && { text: t.noneMatch })} />}
      />
      <Pager pages={pages} nextPageToken={list.data?.nextPageToken} onChange={setPages} />
    </>
  );
}
