import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { EmptyState } from '../../../../ui/empty-state';
import { ListFrame } from '../../../../ui/lists/list-frame';
import { ReasonButton } from '../../../../ui/reason-button';
import type { SnapshotDialog } from '../../../snapshots/dialogs/dialog';
import { SnapshotDialogs } from '../../../snapshots/dialogs/snapshot-dialogs';
import { snapshotColumns } from '../../../snapshots/snapshot-columns';
import { reasonAgainst } from '../power/reasons';
import { snapshotsOfQuery } from '../queries';
import { SchedulePanel } from './schedule-panel';
import { TakeSnapshotDialog } from './take-snapshot-dialog';

const t = texts.instance.snapshots;

/** Snapshots of the instance, and when they are taken. */
export function SnapshotsTab({ instance }: { instance: InstanceDetails }): ReactNode {
  const list = useQuery(snapshotsOfQuery(useCompute(), instance.id));
  const [dialog, setDialog] = useState<SnapshotDialog>();
  const [isTaking, setIsTaking] = useState(false);
  const columns = useMemo(() => snapshotColumns(setDialog).filter(({ id }) => id !== 'instance'), []);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <ReasonButton reason={reasonAgainst('snapshot', instance)} onClick={() => setIsTaking(true)}>
          {t.take}
        </ReasonButton>
      </Group>
      <ListFrame
        label={t.label}
        columns={columns}
        rows={list.data}
        rowId={({ id }) => id}
        minWidth={860}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <Paper withBorder>
            <EmptyState title={t.empty} text={t.emptyText} />
          </Paper>
        }
      />
      {instance.status !== 'deleted' && <SchedulePanel instance={instance} />}
      {isTaking && <TakeSnapshotDialog instance={instance} onClose={() => setIsTaking(false)} />}
      {dialog && <SnapshotDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
}
