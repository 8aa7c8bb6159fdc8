import { Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AuditEvent } from 'uim-compute-client';
import { texts } from '../../../texts';
import { columnsOf } from '../../../ui/data-table';
import { LinkAnchor } from '../../../ui/links';
import { RelativeTime } from '../../../ui/relative-time';
import { actorText, eventText } from '../../instances/detail/history/event-texts';

const t = texts.operators.audit.column;
const helper = columnsOf<AuditEvent>();

export const AUDIT_COLUMNS = helper.columns([
  helper.display({
    id: 'time',
    header: t.time,
    cell: ({ row }) => <RelativeTime at={row.original.at} />,
  }),
  helper.display({ id: 'event', header: t.event, cell: ({ row }) => <EventCell event={row.original} /> }),
  helper.display({
    id: 'tenant',
    header: t.tenant,
    cell: ({ row: { original } }) => (
      <LinkAnchor
        size="sm"
        to="/operators/tenants"
        search={{ tenant: original.tenantId }}
        className="user-text one-line"
        maw={160}
        title={original.tenantId}
      >
        {original.tenantId}
      </LinkAnchor>
    ),
  }),
  helper.display({
    id: 'instance',
    header: t.instance,
    cell: ({ row: { original } }) => <Code title={original.instanceId}>{original.instanceId}</Code>,
  }),
  helper.display({
    id: 'by',
    header: t.by,
    cell: ({ row: { original } }) => (
      <div>
        <Text size="sm" className="user-text one-line" maw={200} title={original.actor ?? ''}>
          {original.actor === null ? t.unknown : actorText(original.actor)}
        </Text>
        {original.requestId !== null && (
          <Text size="xs" c="dimmed" className="user-text one-line" maw={200} title={original.requestId}>
            {original.requestId}
          </Text>
        )}
      </div>
    ),
  }),
]);

function EventCell({ event }: { event: AuditEvent }): ReactNode {
  return (
    <div>
      <Text size="sm" title={event.type}>
        {eventText(event.type)}
      </Text>
      {event.reason !== null && (
        <Text size="xs" c="dimmed" className="user-text one-line" maw={280} title={event.reason}>
          {event.reason}
        </Text>
      )}
    </div>
  );
}
