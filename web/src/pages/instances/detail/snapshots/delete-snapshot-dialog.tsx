import type { ReactNode } from 'react';
import type { Snapshot } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.snapshots;

export interface DeleteSnapshotDialogProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

export function DeleteSnapshotDialog({ snapshot, onClose }: DeleteSnapshotDialogProps): ReactNode {
  const { mutate, isPending, error } = useInstanceChange(
    snapshot.instanceId,
    (compute) => compute.snapshots.delete(snapshot.id),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t.deleteTitle}
      text={t.deleteText(snapshot.name)}
      action={t.delete}
      typed={snapshot.name}
      error={error}
      isBusy={isPending}
      onConfirm={() => mutate()}
      onClose={onClose}
    />
  );
}
