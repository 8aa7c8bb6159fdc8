import { Checkbox, Loader, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { instanceQuery, keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { ProblemAlert } from '../../../ui/problem-alert';
import type { SnapshotDialogProps } from './dialog';

const t = texts.snapshots;

/** Gives the instance of a snapshot its disk of that time. */
export function RestoreDialog({ snapshot, onClose }: SnapshotDialogProps): ReactNode {
  const { id, name, instanceId, includeMemory } = snapshot;
  const compute = useCompute();
  const queries = useQueryClient();
  const instance = useQuery(instanceQuery(compute, instanceId));
  const [isResumed, setIsResumed] = useState(false);
  const restore = useMutation({
    mutationFn: () => compute.snapshots.restore(instanceId, { snapshotId: id, resume: isResumed }),
    onSuccess: () => {
      notifications.show({ message: t.restoring(instance.data?.name ?? instanceId) });
      onClose();
    },
    onSettled: () => {
      for (const queryKey of [keys.instance(instanceId), keys.instances, keys.operations])
        void queries.invalidateQueries({ queryKey });
    },
  });
  if (!instance.data)
    return (
      <Modal opened onClose={onClose} title={t.restoreTitle(name)}>
        {instance.error ? <ProblemAlert error={instance.error} /> : <Loader aria-label={t.restore} />}
      </Modal>
    );
  return (
    <ConfirmDialog
      title={t.restoreTitle(name)}
      text={t.restoreText(instance.data.name)}
      action={t.restore}
      typed={instance.data.name}
      error={restore.error}
      isBusy={restore.isPending}
      onConfirm={() => restore.mutate()}
      onClose={onClose}
    >
      {includeMemory && (
        <Checkbox
          label={t.resume}
          description={t.resumeHint}
          checked={isResumed}
          onChange={(event) => setIsResumed(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}
