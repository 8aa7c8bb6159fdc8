import { Checkbox } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { InstanceDetails, Snapshot } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.snapshots;

export interface RestoreDialogProps {
  readonly instance: InstanceDetails;
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** Says what is lost, and asks for the name of the instance. */
export function RestoreDialog({ instance, snapshot, onClose }: RestoreDialogProps): ReactNode {
  const [resume, setResume] = useState(false);
  const restore = useInstanceChange(
    instance.id,
    (compute) =>
      compute.snapshots.restore(instance.id, { snapshotId: snapshot.id, ...(resume && { resume }) }),
    onClose,
  );
  return (
    <ConfirmDialog
      title={t.restoreTitle}
      text={t.restoreText(snapshot.name)}
      action={t.restore}
      typed={instance.name}
      error={restore.error}
      isBusy={restore.isPending}
      onConfirm={() => restore.mutate()}
      onClose={onClose}
    >
      {snapshot.includeMemory && (
        <Checkbox
          label={t.resume}
          checked={resume}
          onChange={(event) => setResume(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}
