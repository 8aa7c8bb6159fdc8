import { Badge, Button, Code, Group, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Webhook } from 'uim-compute-client';
import { texts } from '../../texts';
import { columnsOf, type Columns } from '../../ui/data-table';
import { NoWrap } from '../../ui/lists/no-wrap';
import { RowMenu } from '../../ui/lists/row-menu';
import { RelativeTime } from '../../ui/relative-time';
import type { WebhookDialog } from './webhook-dialogs';

const t = texts.webhooks;
const helper = columnsOf<Webhook>();
/** More types than this are counted instead of shown. */
const SHOWN_TYPES = 3;

export interface WebhookActions {
  readonly onDialog: (dialog: WebhookDialog) => void;
  readonly onToggle: (webhook: Webhook) => void;
}

export const webhookColumns = (actions: WebhookActions): Columns<Webhook> =>
  helper.columns([
    helper.display({
      id: 'url',
      header: t.column.url,
      cell: ({ row: { original } }) => (
        <Text size="sm" fw={600} className="user-text one-line" maw={240} title={original.url}>
          {original.url}
        </Text>
      ),
    }),
    helper.display({
      id: 'types',
      header: t.column.types,
      cell: ({ row: { original } }) => <TypesCell webhook={original} />,
    }),
    helper.display({
      id: 'status',
      header: t.column.status,
      cell: ({ row: { original } }) => <StatusCell webhook={original} />,
    }),
    helper.display({
      id: 'pending',
      header: t.column.pending,
      cell: ({ row: { original } }) => <PendingCell webhook={original} />,
    }),
    helper.display({
      id: 'created',
      header: t.column.created,
      cell: ({ row: { original } }) => (
        <NoWrap>
          <RelativeTime at={original.createdAt} />
        </NoWrap>
      ),
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => <ActionsCell webhook={original} {...actions} />,
    }),
  ]);

function TypesCell({ webhook: { types } }: { webhook: Webhook }): ReactNode {
  if (types.includes('*')) return <NoWrap>{t.allEvents}</NoWrap>;
  const more = types.length - SHOWN_TYPES;
  return (
    <Group gap={4} w={220}>
      {types.slice(0, SHOWN_TYPES).map((type) => (
        <Code key={type} className="user-text one-line" title={type}>
          {type}
        </Code>
      ))}
      {more > 0 && (
        <Tooltip label={types.slice(SHOWN_TYPES).join(', ')} multiline maw={320}>
          <Text size="xs" tabIndex={0}>
            {t.moreTypes(more)}
          </Text>
        </Tooltip>
      )}
    </Group>
  );
}

function StatusCell({ webhook: { enabled, disabledReason } }: { webhook: Webhook }): ReactNode {
  const isRefused = !enabled && disabledReason !== null;
  const label = isRefused ? t.status.disabledByService : enabled ? t.status.enabled : t.status.disabled;
  return (
    <div>
      <Badge variant="dot" color={isRefused ? 'red' : enabled ? 'green' : 'gray'} tt="none" miw="max-content">
        {label}
      </Badge>
      {isRefused && (
        <Text size="xs" className="user-text one-line" maw={200} title={disabledReason}>
          {disabledReason}
        </Text>
      )}
    </div>
  );
}

function PendingCell({ webhook: { pendingDeliveries, lagging } }: { webhook: Webhook }): ReactNode {
  return (
    <div>
      <NoWrap>{t.pendingHint(pendingDeliveries)}</NoWrap>
      {lagging && (
        <Tooltip label={t.laggingHint} multiline maw={320}>
          <Badge variant="dot" color="yellow" tt="none" tabIndex={0}>
            {t.lagging}
          </Badge>
        </Tooltip>
      )}
    </div>
  );
}

function ActionsCell({ webhook, onDialog, onToggle }: { webhook: Webhook } & WebhookActions): ReactNode {
  const { url, enabled } = webhook;
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={t.deliveriesOf(url)}
        onClick={() => onDialog({ kind: 'deliveries', webhook })}
      >
        {t.deliveries}
      </Button>
      <RowMenu
        name={url}
        actions={[
          { label: t.edit, onClick: () => onDialog({ kind: 'edit', webhook }) },
          { label: enabled ? t.disable : t.enable, onClick: () => onToggle(webhook) },
          { label: t.delete, isDangerous: true, onClick: () => onDialog({ kind: 'delete', webhook }) },
        ]}
      />
    </Group>
  );
}
