import { Badge, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Snapshot } from 'uim-compute-client';
import { instanceQuery } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { columnsOf, type Columns } from '../../ui/data-table';
import { LinkAnchor } from '../../ui/links';
import { NoWrap } from '../../ui/lists/no-wrap';
import { RelativeTime } from '../../ui/relative-time';
import type { SnapshotDialog } from './dialogs/dialog';
import { secondsOf, sizeOf } from './format';
import type { SnapshotStatus } from './search';
import { SnapshotActions } from './snapshot-actions';

const t = texts.snapshots;
const helper = columnsOf<Snapshot>();

const COLORS: Readonly<Record<SnapshotStatus, string>> = {
  creating: 'blue',
  available: 'green',
  deleting: 'gray',
  error: 'red',
};

export const snapshotColumns = (onDialog: (dialog: SnapshotDialog) => void): Columns<Snapshot> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: t.column.name,
      cell: ({ row: { original } }) => (
        <Text size="sm" fw={600} className="user-text one-line" maw={200} title={original.name}>
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
      id: 'size',
      header: t.column.size,
      cell: ({ row: { original } }) => <SizeCell snapshot={original} />,
    }),
    helper.display({
      id: 'instance',
      header: t.column.instance,
      cell: ({ row: { original } }) => <InstanceCell id={original.instanceId} />,
    }),
    helper.display({
      id: 'created',
      header: t.column.created,
      cell: ({ row: { original } }) => <CreatedCell snapshot={original} />,
    }),
    helper.display({
      id: 'expires',
      header: t.column.expires,
      cell: ({ row: { original } }) =>
        original.expiresAt === null ? (
          t.never
        ) : (
          <NoWrap>
            <RelativeTime at={secondsOf(original.expiresAt)} />
          </NoWrap>
        ),
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => <SnapshotActions snapshot={original} onDialog={onDialog} />,
    }),
  ]);

function StatusCell({ snapshot: { status, statusReason } }: { snapshot: Snapshot }): ReactNode {
  return (
    <div>
      <Badge variant="dot" color={COLORS[status]} tt="none" miw="max-content">
        {t.status[status]}
      </Badge>
      {statusReason !== null && (
        <Text size="xs" className="user-text one-line" maw={220} title={statusReason}>
          {statusReason}
        </Text>
      )}
    </div>
  );
}

function SizeCell({ snapshot: { sizeBytes, includeMemory } }: { snapshot: Snapshot }): ReactNode {
  return (
    <div>
      <Text size="sm">{sizeBytes === null ? t.sizeUnknown : sizeOf(sizeBytes)}</Text>
      <Text size="xs">
        <NoWrap>{includeMemory ? t.diskAndMemory : t.disk}</NoWrap>
      </Text>
    </div>
  );
}

function CreatedCell({ snapshot: { createdAt, scheduledFor } }: { snapshot: Snapshot }): ReactNode {
  return (
    <div>
      <NoWrap>
        <RelativeTime at={createdAt} />
      </NoWrap>
      <Text size="xs">{scheduledFor === null ? t.byRequest : t.bySchedule}</Text>
    </div>
  );
}

/** The name of the instance, which snapshots do not have. */
function InstanceCell({ id }: { id: string }): ReactNode {
  const { data, error } = useQuery(instanceQuery(useCompute(), id));
  if (error) return <Text size="sm">{t.deletedInstance}</Text>;
  if (!data) return <Skeleton height={16} />;
  return (
    <LinkAnchor
      to="/instances/$id"
      params={{ id }}
      size="sm"
      className="user-text one-line"
      maw={200}
      title={data.name}
    >
      {data.name}
    </LinkAnchor>
  );
}
