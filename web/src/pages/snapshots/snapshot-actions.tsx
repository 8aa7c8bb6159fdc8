import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Image, Snapshot } from 'uim-compute-client';
import { imagesQuery, instanceQuery } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { RowMenu } from '../../ui/lists/row-menu';
import type { SnapshotDialog } from './dialogs/dialog';

const t = texts.snapshots;

export interface SnapshotActionsProps {
  readonly snapshot: Snapshot;
  readonly onDialog: (dialog: SnapshotDialog) => void;
}

/** What can be done with a snapshot, and why something cannot. */
export function SnapshotActions({ snapshot, onDialog }: SnapshotActionsProps): ReactNode {
  const { id, name, status } = snapshot;
  const compute = useCompute();
  const navigate = useNavigate();
  const instance = useQuery(instanceQuery(compute, snapshot.instanceId));
  const images = useQuery(imagesQuery(compute));
  const unusable = status === 'available' ? undefined : t.reason[status];
  const isGone = instance.error !== null || instance.data?.status === 'deleted';
  const open = (kind: SnapshotDialog['kind']) => () => onDialog({ kind, snapshot });
  return (
    <RowMenu
      name={name}
      actions={[
        {
          label: t.createInstance,
          reason: unusable,
          onClick: () => void navigate({ to: '/instances/new', search: { sourceSnapshotId: id } }),
        },
        {
          label: t.restore,
          reason: unusable ?? (isGone ? t.reason.instanceGone : undefined),
          onClick: open('restore'),
        },
        { label: t.publish, reason: unusable, onClick: open('publish') },
        {
          label: t.edit,
          reason: status === 'deleting' ? t.reason.deleting : undefined,
          onClick: open('edit'),
        },
        {
          label: t.delete,
          reason: whyNotDelete(snapshot, images.data),
          isDangerous: true,
          onClick: open('delete'),
        },
      ]}
    />
  );
}

function whyNotDelete({ id, status }: Snapshot, images: readonly Image[] | undefined): string | undefined {
  if (status === 'deleting') return t.reason.deleting;
  const published = images?.find(({ snapshotId }) => snapshotId === id);
  return published && t.reason.published(published.id);
}
