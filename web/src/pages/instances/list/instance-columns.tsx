import { Code, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { texts } from '../../../texts';
import { columnsOf, type Columns } from '../../../ui/data-table';
import { LinkAnchor } from '../../../ui/links';
import { RelativeTime } from '../../../ui/relative-time';
import { StatusBadge } from '../../../ui/status-badge';
import { Select, SelectAll } from './select-cells';

const t = texts.instances;
const helper = columnsOf<Instance>();

/** More ports than this are counted instead of shown. */
const SHOWN_PORTS = 2;

export const INSTANCE_COLUMNS: Columns<Instance> = helper.columns([
  helper.display({
    id: 'select',
    header: () => <SelectAll />,
    cell: ({ row: { original } }) => <Select instance={original} />,
  }),
  helper.display({
    id: 'name',
    header: t.column.name,
    cell: ({ row: { original } }) => <NameCell instance={original} />,
  }),
  helper.display({
    id: 'status',
    header: t.column.status,
    cell: ({ row: { original } }) => <StatusCell instance={original} />,
  }),
  helper.display({
    id: 'type',
    header: t.column.type,
    cell: ({ row: { original } }) => t.type[original.type],
  }),
  helper.display({
    id: 'flavor',
    header: t.column.flavor,
    cell: ({ row: { original } }) => <span className="user-text">{original.flavor}</span>,
  }),
  helper.display({
    id: 'address',
    header: t.column.address,
    cell: ({ row: { original } }) => <AddressCell instance={original} />,
  }),
  helper.display({
    id: 'created',
    header: t.column.created,
    cell: ({ row: { original } }) => <RelativeTime at={original.createdAt} />,
  }),
]);

function NameCell({ instance }: { instance: Instance }): ReactNode {
  return (
    <LinkAnchor
      size="sm"
      to="/instances/$id"
      params={{ id: instance.id }}
      className="user-text one-line"
      maw={320}
      title={instance.name}
    >
      {instance.name}
    </LinkAnchor>
  );
}

function StatusCell({ instance }: { instance: Instance }): ReactNode {
  return (
    <div>
      <StatusBadge instance={instance} />
      {instance.statusReason !== null && (
        <Text size="xs" c="dimmed" className="user-text one-line" maw={280} title={instance.statusReason}>
          {instance.statusReason}
        </Text>
      )}
    </div>
  );
}

function AddressCell({ instance }: { instance: Instance }): ReactNode {
  const [address] = instance.addresses;
  const published = instance.ports.slice(0, SHOWN_PORTS);
  const more = instance.ports.length - published.length;
  return (
    <Group gap={4}>
      {published.map(({ port, protocol, address: host, hostPort }) => (
        <Code key={`${protocol}${port}`} title={`${protocol} ${port}`}>
          {host}:{hostPort}
        </Code>
      ))}
      {more > 0 && <Text size="xs">+{more}</Text>}
      {published.length === 0 && address && <Code>{address.address}</Code>}
    </Group>
  );
}
