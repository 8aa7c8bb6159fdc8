import { Badge, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts';
import { columnsOf, type Columns } from '../../ui/data-table';
import { RowMenu } from '../../ui/lists/row-menu';
import type { FlavorDialog } from './flavor-dialogs';
import type { FlavorRow } from './rows';

const t = texts.flavors;
const helper = columnsOf<FlavorRow>();

/** @param onDialog for operators, who can change flavors */
export const flavorColumns = (onDialog?: (dialog: FlavorDialog) => void): Columns<FlavorRow> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: t.column.name,
      cell: ({ row: { original } }) => <NameCell row={original} />,
    }),
    helper.display({
      id: 'size',
      header: t.column.size,
      cell: ({ row: { original } }) => <SizeCell row={original} />,
    }),
    helper.display({
      id: 'description',
      header: t.column.description,
      cell: ({ row: { original } }) => (
        <Text size="sm" className="user-text" maw={280} lineClamp={3} title={original.flavor?.description}>
          {original.flavor?.description}
        </Text>
      ),
    }),
    helper.display({
      id: 'instances',
      header: onDialog ? t.column.allInstances : t.column.instances,
      cell: ({ row: { original } }) => <Text size="sm">{original.share?.instances ?? texts.forms.none}</Text>,
    }),
    helper.display({
      id: 'fitsVm',
      header: t.column.fitsVm,
      cell: ({ row: { original } }) => <Fits row={original} type="vm" />,
    }),
    helper.display({
      id: 'fitsContainer',
      header: t.column.fitsContainer,
      cell: ({ row: { original } }) => <Fits row={original} type="container" />,
    }),
    ...(onDialog
      ? [
          helper.display({
            id: 'actions',
            header: texts.forms.actions,
            cell: ({ row: { original } }) => <ActionsCell row={original} onDialog={onDialog} />,
          }),
        ]
      : []),
  ]);

function NameCell({ row: { name, isRetired } }: { row: FlavorRow }): ReactNode {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" fw={600} className="user-text one-line" maw={200} title={name}>
        {name}
      </Text>
      {isRetired && (
        <Tooltip label={t.retiredHint}>
          <Badge variant="dot" color="gray" tt="none" miw="max-content" tabIndex={0}>
            {t.retired}
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}

function SizeCell({ row: { flavor } }: { row: FlavorRow }): ReactNode {
  if (!flavor) return <Skeleton height={16} />;
  const { vcpus, ramGB, diskGB, gpus, gpuModel } = flavor;
  return (
    <div>
      <Text size="sm">
        {t.vcpus(vcpus)}
        {gpus !== undefined && gpus > 0 && `, ${t.gpus(gpus, gpuModel)}`}
      </Text>
      <Text size="xs">{t.size(ramGB, diskGB)}</Text>
    </div>
  );
}

function Fits({ row: { share }, type }: { row: FlavorRow; type: 'vm' | 'container' }): ReactNode {
  if (!share) return texts.forms.none;
  return <Text size="sm">{share.fits[type] ?? t.fitsUnlimited}</Text>;
}

interface ActionsProps {
  readonly row: FlavorRow;
  readonly onDialog: (dialog: FlavorDialog) => void;
}

function ActionsCell({ row: { name, flavor, isRetired, share }, onDialog }: ActionsProps): ReactNode {
  const instances = share?.instances ?? 0;
  const isUsed = instances > 0;
  return (
    <RowMenu
      name={name}
      actions={[
        {
          label: t.edit,
          onClick: () => onDialog({ kind: 'edit', name, description: flavor?.description ?? '' }),
        },
        {
          label: isUsed ? t.retire : t.delete,
          reason: isRetired && isUsed ? t.retiredReason : undefined,
          isDangerous: true,
          onClick: () => onDialog({ kind: 'delete', name, instances }),
        },
      ]}
    />
  );
}
