import { Group, Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { InstanceDetails, Snapshot } from 'uim-compute-client';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { DataTable } from '../../../../ui/data-table';
import { EmptyState } from '../../../../ui/empty-state';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { ReasonButton } from '../../../../ui/reason-button';
import { reasonAgainst } from '../power/reasons';
import { snapshotsOfQuery } from '../queries';
import { DeleteSnapshotDialog } from './delete-snapshot-dialog';
import { RestoreDialog } from './restore-dialog';
import { SchedulePanel } from './schedule-panel';
import { snapshotColumns } from './snapshot-columns';
import { TakeSnapshotDialog } from './take-snapshot-dialog';

const t = texts.instance.snapshots;

type Dialog =
  { readonly kind: 'take' } | { readonly kind: 'restore' | 'delete'; readonly snapshot: Snapshot };

/** Snapshots of the instance, and when they are taken. */
export function SnapshotsTab({ instance }: { instance: InstanceDetails }): ReactNode {
  const list = useQuery(snapshotsOfQuery(useCompute(), instance.id));
  const [dialog, setDialog] = useState<Dialog>();
  const restoreReason = reasonAgainst('restore', instance);
  const columns = useMemo(
    () =>
      snapshotColumns({
        restoreReason,
        onRestore: (snapshot) => setDialog({ kind: 'restore', snapshot }),
        onDelete: (snapshot) => setDialog({ kind: 'delete', snapshot }),
      }),
    [restoreReason],
  );
  const close = (): void => setDialog(undefined);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <ReasonButton
          size="sm"
          reason={reasonAgainst('snapshot', instance)}
          onClick={() => setDialog({ kind: 'take' })}
        >
          {t.take}
        </ReasonButton>
      </Group>
      {list.error && <ProblemAlert error={list.error} retry={() => void list.refetch()} />}
      {list.data?.length === 0 ? (
        <Paper withBorder>
          <EmptyState title={t.empty} text={t.emptyText} />
        </Paper>
      ) : (
        <Paper withBorder>
          <DataTable
            label={t.label}
            columns={columns}
            rows={list.data}
            rowId={({ id }) => id}
            minWidth={860}
          />
        </Paper>
      )}
      {instance.status !== 'deleted' && <SchedulePanel instance={instance} />}
      {dialog?.kind === 'take' && <TakeSnapshotDialog instance={instance} onClose={close} />}
      {dialog?.kind === 'restore' && (
        <RestoreDialog instance={instance} snapshot={dialog.snapshot} onClose={close} />
      )}
      {dialog?.kind === 'delete' && <DeleteSnapshotDialog snapshot={dialog.snapshot} onClose={close} />}
    </Stack>
  );
}
