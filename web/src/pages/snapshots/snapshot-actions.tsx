import { Button, Group, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Image, Snapshot } from 'uim-compute-client';
import { imagesQuery, instanceQuery } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { LinkButton } from '../../ui/links';
import { ReasonButton } from '../../ui/reason-button';
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
  const instance = useQuery(instanceQuery(compute, snapshot.instanceId));
  const images = useQuery(imagesQuery(compute));
  const unusable = status === 'available' ? undefined : t.reason[status];
  const isGone = instance.error !== null || instance.data?.status === 'deleted';
  const actions = [
    { kind: 'restore', label: t.restore, reason: unusable ?? (isGone ? t.reason.instanceGone : undefined) },
    { kind: 'publish', label: t.publish, reason: unusable },
    { kind: 'edit', label: t.edit, reason: status === 'deleting' ? t.reason.deleting : undefined },
    { kind: 'delete', label: t.delete, reason: whyNotDelete(snapshot, images.data), color: 'red' },
  ] as const;
  return (
    <Group gap={4} wrap="nowrap">
      {unusable === undefined ? (
        <LinkButton
          to="/instances/new"
          search={{ sourceSnapshotId: id }}
          size="compact-sm"
          variant="subtle"
          aria-label={t.createInstanceOf(name)}
        >
          {t.createInstance}
        </LinkButton>
      ) : (
        <ReasonButton size="compact-sm" variant="subtle" reason={unusable} onClick={() => undefined}>
          {t.createInstance}
        </ReasonButton>
      )}
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" aria-label={t.moreOf(name)}>
            {t.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ kind, label, reason, ...rest }) => (
            <Action
              key={kind}
              label={label}
              reason={reason}
              {...rest}
              onClick={() => onDialog({ kind, snapshot })}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

interface ActionProps {
  readonly label: string;
  readonly reason: string | undefined;
  readonly color?: string;
  readonly onClick: () => void;
}

/** Stays reachable while it is off, so that its reason can be read. */
function Action({ label, reason, color, onClick }: ActionProps): ReactNode {
  if (reason === undefined)
    return (
      <Menu.Item {...(color !== undefined && { color })} onClick={onClick}>
        {label}
      </Menu.Item>
    );
  return (
    <Menu.Item aria-disabled closeMenuOnClick={false}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xs" className="user-text">
        {reason}
      </Text>
    </Menu.Item>
  );
}

function whyNotDelete({ id, status }: Snapshot, images: readonly Image[] | undefined): string | undefined {
  if (status === 'deleting') return t.reason.deleting;
  const published = images?.find(({ snapshotId }) => snapshotId === id);
  return published && t.reason.published(published.id);
}
