import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { capacityQuery, flavorsQuery } from '../../api/queries';
import { useCompute, useSession } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { ListFrame } from '../../ui/lists/list-frame';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { ProblemAlert } from '../../ui/problem-alert';
import { FlavorDialogs, type FlavorDialog } from './flavor-dialogs';
import { flavorColumns } from './flavor-columns';
import { useFlavorLookup } from './queries';
import { rowsOf } from './rows';

const t = texts.flavors;
const NO_NAMES: readonly string[] = [];

/** Sizes of instances, and how many more of each fit. */
export function FlavorsPage(): ReactNode {
  const compute = useCompute();
  const { isOperator } = useSession().caller;
  const flavors = useQuery(flavorsQuery(compute));
  const capacity = useQuery(capacityQuery(compute));
  const sizeOf = useFlavorLookup(capacity.data?.flavors.map(({ name }) => name) ?? NO_NAMES);
  const [dialog, setDialog] = useState<FlavorDialog>();
  const columns = useMemo(() => flavorColumns(isOperator ? setDialog : undefined), [isOperator]);

  return (
    <Stack gap="sm">
      <PageHeader title={t.title}>
        {isOperator && <Button onClick={() => setDialog({ kind: 'create' })}>{t.create}</Button>}
      </PageHeader>
      <PageIntro>
        {t.intro} {isOperator ? t.fitsNoteOperator : t.fitsNote}
      </PageIntro>
      {capacity.error && <ProblemAlert error={capacity.error} retry={() => void capacity.refetch()} />}
      <ListFrame
        label={t.title}
        columns={columns}
        rows={flavors.data && rowsOf(flavors.data, capacity.data?.flavors, sizeOf)}
        rowId={({ name }) => name}
        minWidth={isOperator ? 960 : 820}
        error={flavors.error}
        onRetry={() => void flavors.refetch()}
        empty={<EmptyState title={t.empty} text={isOperator ? t.emptyTextOperator : t.emptyText} />}
      />
      {dialog && <FlavorDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
}
