import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { capacityQuery, instancesQuery } from '../../api/queries';
import { useCompute, useSession } from '../../session/session';
import { texts } from '../../texts';
import { columnsOf } from '../../ui/data-table';
import { LinkAnchor } from '../../ui/links';
import { ListFrame } from '../../ui/lists/list-frame';
import { useFlavorLookup } from '../flavors/queries';
import { consumersOf, countByFlavor, type Consumer, type FlavorCount } from './consumers';

const t = texts.quotas;
const COUNTED = 1000;
const NO_COUNTS: readonly FlavorCount[] = [];

/** Which flavors the tenant's instances have, and what these take together. */
export function Consumers(): ReactNode {
  const { counts, error, isCut, retry } = useCounts();
  const sizeOf = useFlavorLookup((counts ?? NO_COUNTS).map(({ name }) => name));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t.consumers}
      </Title>
      <Text size="sm">
        {t.consumersText} {isCut && t.consumersCut}
      </Text>
      <ListFrame
        label={t.consumers}
        columns={COLUMNS}
        rows={counts && consumersOf(counts, sizeOf)}
        rowId={({ flavor }) => flavor}
        minWidth={480}
        error={error}
        onRetry={retry}
        empty={
          <Paper withBorder p="md">
            <Text>{t.noConsumers}</Text>
          </Paper>
        }
      />
    </Stack>
  );
}

interface Counts {
  readonly counts: readonly FlavorCount[] | undefined;
  readonly error: unknown;
  readonly isCut: boolean;
  readonly retry: () => void;
}

/** Operators get the capacity of all tenants, so theirs is counted from the list of instances. */
function useCounts(): Counts {
  const compute = useCompute();
  const { isOperator } = useSession().caller;
  const capacity = useQuery({ ...capacityQuery(compute), enabled: !isOperator });
  const list = useQuery({ ...instancesQuery(compute, {}, { limit: COUNTED }), enabled: isOperator });
  const { error, refetch } = isOperator ? list : capacity;
  return {
    counts: isOperator ? list.data && countByFlavor(list.data.instances) : capacity.data?.flavors,
    error,
    isCut: isOperator && list.data?.nextPageToken !== undefined,
    retry: () => void refetch(),
  };
}

const helper = columnsOf<Consumer>();

const gbOf = (value: number | undefined): string => (value === undefined ? texts.forms.none : t.gb(value));

const COLUMNS = helper.columns([
  helper.display({
    id: 'flavor',
    header: t.column.flavor,
    cell: ({ row: { original } }) => (
      <LinkAnchor to="/instances" search={{ flavor: original.flavor }} size="sm" className="user-text">
        {original.flavor}
      </LinkAnchor>
    ),
  }),
  helper.display({
    id: 'instances',
    header: t.column.instances,
    cell: ({ row }) => row.original.instances,
  }),
  helper.display({
    id: 'vcpus',
    header: t.column.vcpus,
    cell: ({ row }) => row.original.vcpus ?? texts.forms.none,
  }),
  helper.display({ id: 'ramGB', header: t.column.ramGB, cell: ({ row }) => gbOf(row.original.ramGB) }),
  helper.display({ id: 'diskGB', header: t.column.diskGB, cell: ({ row }) => gbOf(row.original.diskGB) }),
]);
