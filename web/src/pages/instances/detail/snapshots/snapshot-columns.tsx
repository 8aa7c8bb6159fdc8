import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Snapshot } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { columnsOf, type Columns } from '../../../../ui/data-table';
import { LinkButton } from '../../../../ui/links';
import { ReasonButton } from '../../../../ui/reason-button';
import { RelativeTime } from '../../../../ui/relative-time';
import { bytesText } from '../overview/usage-series';

const t = texts.instance.snapshots;
const helper = columnsOf<Snapshot>();

const COLORS = { creating: 'blue', available: 'green', deleting: 'gray', error: 'red' } as const;

export interface SnapshotActions {
  /** Why the instance cannot be restored at present. */
  readonly restoreReason: string | undefined;
  readonly onRestore: (snapshot: Snapshot) => void;
  readonly onDelete: (snapshot: Snapshot) => void;
}

/** Columns of the snapshots of one instance. */
export const snapshotColumns = (actions: SnapshotActions): Columns<Snapshot> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: t.column.name,
      cell: ({ row: { original } }) => (
        <Text size="sm" className="user-text one-line" maw={240} title={original.name}>
          {original.name}
        </Text>
      ),
    }),
    helper.display({
      id: 'status',
      header: t.column.status,
      cell: ({ row: { original } }) => <StatusCell snapshot={original} />,
    }),
    helper.display({
      id: 'content',
      header: t.column.content,
      cell: ({ row: { original } }) => contentOf(original),
    }),
    helper.display({
      id: 'size',
      header: t.column.size,
      cell: ({ row: { original } }) => (
        <span className="numeric">
          {original.sizeBytes === null ? t.unknownSize : bytesText(original.sizeBytes)}
        </span>
      ),
    }),
    helper.display({
      id: 'created',
      header: t.column.created,
      cell: ({ row: { original } }) => <RelativeTime at={original.createdAt} />,
    }),
    helper.display({
      id: 'actions',
      header: t.column.actions,
      cell: ({ row: { original } }) => <ActionsCell snapshot={original} actions={actions} />,
    }),
  ]);

function contentOf({ includeMemory, quiesce, scheduledFor }: Snapshot): string {
  const parts = [
    includeMemory ? t.diskAndMemory : t.disk,
    ...(quiesce ? [t.quiesced] : []),
    ...(scheduledFor === null ? [] : [t.scheduled]),
  ];
  return parts.join(', ');
}

function StatusCell({ snapshot: { status, statusReason } }: { snapshot: Snapshot }): ReactNode {
  return (
    <div>
      <Badge color={COLORS[status]} variant="dot" tt="none" miw={104}>
        {t.status[status]}
      </Badge>
      {statusReason !== null && (
        <Text size="xs" c="dimmed" className="user-text one-line" maw={220} title={statusReason}>
          {statusReason}
        </Text>
      )}
    </div>
  );
}

function ActionsCell({ snapshot, actions }: { snapshot: Snapshot; actions: SnapshotActions }): ReactNode {
  const { status, name, id } = snapshot;
  const reason = reasonOf(status);
  return (
    <Group gap={6} wrap="nowrap">
      <ReasonButton
        size="compact-sm"
        variant="default"
        reason={reason ?? actions.restoreReason}
        aria-label={t.actionOn(t.restore, name)}
        onClick={() => actions.onRestore(snapshot)}
      >
        {t.restore}
      </ReasonButton>
      {reason === undefined ? (
        <LinkButton
          size="compact-sm"
          variant="default"
          to="/instances/new"
          search={{ sourceSnapshotId: id }}
          aria-label={t.actionOn(t.create, name)}
        >
          {t.create}
        </LinkButton>
      ) : (
        <ReasonButton size="compact-sm" variant="default" reason={reason} onClick={() => undefined}>
          {t.create}
        </ReasonButton>
      )}
      <ReasonButton
        size="compact-sm"
        variant="default"
        reason={status === 'deleting' ? t.isDeleting : undefined}
        aria-label={t.actionOn(t.delete, name)}
        onClick={() => actions.onDelete(snapshot)}
      >
        {t.delete}
      </ReasonButton>
    </Group>
  );
}

function reasonOf(status: Snapshot['status']): string | undefined {
  switch (status) {
    case 'available':
      return undefined;
    case 'creating':
      return t.notAvailable;
    case 'error':
      return t.isBroken;
    case 'deleting':
      return t.isDeleting;
  }
}
