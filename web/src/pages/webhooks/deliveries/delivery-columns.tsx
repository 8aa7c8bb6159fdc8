import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WebhookDelivery } from 'uim-compute-client';
import { texts } from '../../../texts';
import { columnsOf, type Columns } from '../../../ui/data-table';
import { LinkAnchor } from '../../../ui/links';
import { NoWrap } from '../../../ui/lists/no-wrap';
import { ReasonButton } from '../../../ui/reason-button';
import { RelativeTime } from '../../../ui/relative-time';
import type { DeliveryStatus } from '../queries';

const t = texts.webhooks.delivery;
const helper = columnsOf<WebhookDelivery>();

const COLORS: Readonly<Record<DeliveryStatus, string>> = {
  pending: 'blue',
  succeeded: 'green',
  dead: 'red',
};

export const deliveryColumns = (onRedeliver: (delivery: WebhookDelivery) => void): Columns<WebhookDelivery> =>
  helper.columns([
    helper.display({
      id: 'event',
      header: t.column.event,
      cell: ({ row: { original } }) => <EventCell delivery={original} />,
    }),
    helper.display({
      id: 'status',
      header: t.column.status,
      cell: ({ row: { original } }) => (
        <Badge variant="dot" color={COLORS[original.status]} tt="none" miw="max-content">
          {t.status[original.status]}
        </Badge>
      ),
    }),
    helper.display({ id: 'attempts', header: t.column.attempts, cell: ({ row }) => row.original.attempts }),
    helper.display({
      id: 'response',
      header: t.column.response,
      cell: ({ row: { original } }) => <ResponseCell delivery={original} />,
    }),
    helper.display({
      id: 'next',
      header: t.column.next,
      cell: ({ row: { original } }) =>
        original.nextAttemptAt === null ? (
          texts.forms.none
        ) : (
          <NoWrap>
            <RelativeTime at={original.nextAttemptAt} />
          </NoWrap>
        ),
    }),
    helper.display({
      id: 'actions',
      header: texts.forms.actions,
      cell: ({ row: { original } }) => (
        <ReasonButton
          size="compact-sm"
          variant="subtle"
          reason={original.status === 'pending' ? t.reason.pending : undefined}
          onClick={() => onRedeliver(original)}
        >
          {t.redeliver}
        </ReasonButton>
      ),
    }),
  ]);

function EventCell({ delivery: { type, instanceId, createdAt } }: { delivery: WebhookDelivery }): ReactNode {
  return (
    <div>
      <Text size="sm" fw={600} className="user-text one-line" maw={200} title={type}>
        {type}
      </Text>
      <Text size="xs">
        <NoWrap>
          <RelativeTime at={createdAt} />
          {' · '}
          <LinkAnchor size="xs" to="/instances/$id" params={{ id: instanceId }}>
            {t.instance}
          </LinkAnchor>
        </NoWrap>
      </Text>
    </div>
  );
}

function ResponseCell({
  delivery: { responseStatus, error, attemptedAt },
}: {
  delivery: WebhookDelivery;
}): ReactNode {
  return (
    <div>
      <Text size="sm">
        {responseStatus === null ? t.noResponse : t.http(responseStatus)}
        {attemptedAt !== null && (
          <>
            {' · '}
            <RelativeTime at={attemptedAt} />
          </>
        )}
      </Text>
      {error !== null && (
        <Text size="xs" className="user-text one-line" maw={180} title={error}>
          {error}
        </Text>
      )}
    </div>
  );
}
