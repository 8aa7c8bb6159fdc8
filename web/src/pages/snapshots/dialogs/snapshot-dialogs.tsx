import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import type { SnapshotDialog, SnapshotDialogProps } from './dialog';
import { EditDialog } from './edit-dialog';
import { PublishDialog } from './publish-dialog';
import { RestoreDialog } from './restore-dialog';

const t = texts.snapshots;

export interface SnapshotDialogsProps {
  readonly dialog: SnapshotDialog;
  readonly onClose: () => void;
}

/** The dialog of an action on a snapshot. */
export function SnapshotDialogs({ dialog: { kind, snapshot }, onClose }: SnapshotDialogsProps): ReactNode {
  switch (kind) {
    case 'restore':
      return <RestoreDialog snapshot={snapshot} onClose={onClose} />;
    case 'publish':
      return <PublishDialog snapshot={snapshot} onClose={onClose} />;
    case 'edit':
      return <EditDialog snapshot={snapshot} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog snapshot={snapshot} onClose={onClose} />;
  }
}

function DeleteDialog({ snapshot: { id, name }, onClose }: SnapshotDialogProps): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => compute.snapshots.delete(id),
    onSuccess: onClose,
    // A refusal, too, can mean that the list is out of date.
    onSettled: () => {
      for (const queryKey of [keys.snapshots, keys.quota]) void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <ConfirmDialog
      title={t.deleteTitle(name)}
      text={t.deleteText}
      action={t.delete}
      typed={name}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}
