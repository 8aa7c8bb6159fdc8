import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { texts } from '../../../texts';
import { CopyButton } from '../../../ui/copy-button';
import { columnsOf, type Columns } from '../../../ui/data-table';
import { LinkAnchor } from '../../../ui/links';
import { RelativeTime } from '../../../ui/relative-time';
import { StatusBadge } from '../../../ui/status-badge';

const t = texts.operators.tenants;
const column = texts.instances.column;
const helper = columnsOf<Instance>();

/** @param isOwn whether they belong to the caller's tenant: the pages of others cannot be opened */
export const tenantInstanceColumns = (isOwn: boolean): Columns<Instance> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: column.name,
      cell: ({ row: { original } }) => <NameCell instance={original} isOwn={isOwn} />,
    }),
    helper.display({
      id: 'status',
      header: column.status,
      cell: ({ row: { original } }) => <StatusCell instance={original} />,
    }),
    helper.display({
      id: 'flavor',
      header: column.flavor,
      cell: ({ row: { original } }) => (
        <div>
          <Text size="sm" className="user-text">
            {original.flavor}
          </Text>
          <Text size="xs">{texts.instances.type[original.type]}</Text>
        </div>
      ),
    }),
    helper.display({
      id: 'created',
      header: column.created,
      cell: ({ row: { original } }) => <RelativeTime at={original.createdAt} />,
    }),
    helper.display({
      id: 'id',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => <CopyButton value={original.id}>{t.copyId}</CopyButton>,
    }),
  ]);

function NameCell({ instance: { id, name }, isOwn }: { instance: Instance; isOwn: boolean }): ReactNode {
  if (isOwn)
    return (
      <LinkAnchor
        to="/instances/$id"
        params={{ id }}
        size="sm"
        className="user-text one-line"
        maw={200}
        title={name}
      >
        {name}
      </LinkAnchor>
    );
  return (
    <Text size="sm" className="user-text one-line" maw={200} title={name}>
      {name}
    </Text>
  );
}

function StatusCell({ instance }: { instance: Instance }): ReactNode {
  return (
    <div>
      <StatusBadge instance={instance} />
      {instance.statusReason !== null && (
        <Text size="xs" className="user-text" lineClamp={2} maw={240} title={instance.statusReason}>
          {instance.statusReason}
        </Text>
      )}
    </div>
  );
}
