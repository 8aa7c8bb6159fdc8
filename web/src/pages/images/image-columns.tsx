import { Badge, Button, Code, Group, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Image } from 'uim-compute-client';
import { texts } from '../../texts';
import { columnsOf, type Columns } from '../../ui/data-table';
import { LinkButton } from '../../ui/links';
import { NoWrap } from '../../ui/lists/no-wrap';
import { ReasonButton } from '../../ui/reason-button';

const t = texts.images;
const helper = columnsOf<Image>();

export const imageColumns = (onDelete: (image: Image) => void): Columns<Image> =>
  helper.columns([
    helper.display({
      id: 'name',
      header: t.column.name,
      cell: ({ row: { original } }) => <NameCell image={original} />,
    }),
    helper.display({
      id: 'id',
      header: t.column.id,
      cell: ({ row: { original } }) => (
        <Code className="user-text one-line" maw={200} title={original.id}>
          {original.id}
        </Code>
      ),
    }),
    helper.display({
      id: 'types',
      header: t.column.types,
      cell: ({ row: { original } }) => <TypesCell image={original} />,
    }),
    helper.display({
      id: 'minimal',
      header: t.column.minimal,
      cell: ({ row: { original } }) => <Text size="sm">{minimalOf(original)}</Text>,
    }),
    helper.display({
      id: 'user',
      header: t.column.defaultUser,
      cell: ({ row: { original } }) => (
        <Text size="sm" className="user-text">
          {original.defaultUser ?? texts.forms.none}
        </Text>
      ),
    }),
    helper.display({
      id: 'origin',
      header: t.column.origin,
      cell: ({ row: { original } }) => <OriginCell image={original} />,
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => <ActionsCell image={original} onDelete={onDelete} />,
    }),
  ]);

function NameCell({ image: { name, description } }: { image: Image }): ReactNode {
  return (
    <div>
      <Text size="sm" fw={600} className="user-text one-line" maw={260} title={name}>
        {name}
      </Text>
      {description !== '' && (
        <Text size="xs" className="user-text one-line" maw={260} title={description}>
          {description}
        </Text>
      )}
    </div>
  );
}

function TypesCell({ image: { types } }: { image: Image }): ReactNode {
  if (types.length > 0) return <NoWrap>{types.map((type) => t.type[type]).join(', ')}</NoWrap>;
  return (
    <Tooltip label={t.noTypesHint} multiline maw={280}>
      <Text size="sm" tabIndex={0}>
        {t.noTypes}
      </Text>
    </Tooltip>
  );
}

function OriginCell({ image: { snapshotId } }: { image: Image }): ReactNode {
  if (snapshotId === null) return <Text size="sm">{t.catalog}</Text>;
  return (
    <Tooltip label={t.ownHint} multiline maw={280}>
      <Badge variant="dot" tt="none" miw="max-content" tabIndex={0}>
        {t.own}
      </Badge>
    </Tooltip>
  );
}

interface ActionsProps {
  readonly image: Image;
  readonly onDelete: (image: Image) => void;
}

function ActionsCell({ image, onDelete }: ActionsProps): ReactNode {
  const { id, name, types, snapshotId } = image;
  return (
    <Group gap={4} wrap="nowrap">
      {types.length > 0 ? (
        <LinkButton
          to="/instances/new"
          search={{ imageId: id }}
          size="compact-sm"
          variant="subtle"
          aria-label={t.createInstanceOf(name)}
        >
          {t.createInstance}
        </LinkButton>
      ) : (
        <ReasonButton size="compact-sm" variant="subtle" reason={t.cannotCreate} onClick={() => undefined}>
          {t.createInstance}
        </ReasonButton>
      )}
      {snapshotId !== null && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t.deleteOf(name)}
          onClick={() => onDelete(image)}
        >
          {t.delete}
        </Button>
      )}
    </Group>
  );
}

function minimalOf({ minimal: { vcpus, ramGB, diskGB } }: Image): string {
  return t.minimal(vcpus, ramGB, diskGB) || t.noMinimum;
}
