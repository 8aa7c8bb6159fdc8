import { Badge, Button, Code, Group, Paper, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { InstanceEvent, Operation } from 'uim-compute-client';
import { operationsQuery } from '../../../../api/queries';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { EmptyState } from '../../../../ui/empty-state';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { RelativeTime } from '../../../../ui/relative-time';
import { eventsQuery } from '../queries';
import { actorText, eventColor, eventText } from './event-texts';

const t = texts.instance.history;
const STEP = 30;
const OPERATIONS = 200;

/** What has happened to an instance, newest first. */
export function HistoryTab({ id }: { id: string }): ReactNode {
  const compute = useCompute();
  const history = useQuery(eventsQuery(compute, id));
  const operations = useQuery(operationsQuery(compute, { instanceId: id }, OPERATIONS));
  const [shown, setShown] = useState(STEP);
  if (history.error && !history.data)
    return <ProblemAlert error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <LoadingHistory />;
  const { events, isTruncated } = history.data;
  if (events.length === 0) return <EmptyState title={t.empty} />;
  const visible = events.slice(0, shown);
  const byId = new Map(operations.data?.map((operation) => [operation.id, operation]));
  const more = events.length - visible.length;
  return (
    <Stack>
      <Paper withBorder p="md">
        <Timeline bulletSize={14} lineWidth={2} active={visible.length} aria-label={t.label} role="list">
          {visible.map((event, index) => (
            <Timeline.Item
              key={event.version}
              role="listitem"
              color={eventColor(event.type)}
              title={<EventTitle event={event} />}
            >
              <EventBody event={event} operation={operationAt(visible, index, byId)} />
            </Timeline.Item>
          ))}
        </Timeline>
      </Paper>
      {more > 0 && (
        <Button variant="default" onClick={() => setShown(shown + STEP)}>
          {t.more(Math.min(more, STEP))}
        </Button>
      )}
      {more <= 0 && isTruncated && <Text c="dimmed">{t.truncated}</Text>}
    </Stack>
  );
}

/** The operation of an event, at its newest event only. */
function operationAt(
  events: readonly InstanceEvent[],
  index: number,
  byId: ReadonlyMap<string, Operation>,
): Operation | undefined {
  const id = events[index]?.operationId;
  if (typeof id !== 'string' || events.slice(0, index).some(({ operationId }) => operationId === id))
    return undefined;
  return byId.get(id);
}

function EventTitle({ event }: { event: InstanceEvent }): ReactNode {
  return (
    <Group gap="xs" component="span">
      <Text span fw={600} size="sm" className="user-text">
        {eventText(event.type)}
      </Text>
      {event.from !== event.to && (
        <Text span size="sm">
          {statusText(event.from, t.unknownStatus)} → {statusText(event.to, t.gone)}
        </Text>
      )}
    </Group>
  );
}

function statusText(status: InstanceEvent['from'], none: string): string {
  return status === null ? none : texts.instances.status[status];
}

function EventBody({
  event,
  operation,
}: {
  event: InstanceEvent;
  operation?: Operation | undefined;
}): ReactNode {
  return (
    <Stack gap={2}>
      {event.reason !== null && (
        <Text size="sm" className="user-text">
          {event.reason}
        </Text>
      )}
      <Text size="xs" c="dimmed" className="user-text">
        <RelativeTime at={event.at} />
        {event.actor !== null && ` ${t.by} ${actorText(event.actor)}`}
        {event.requestId !== null && ` · ${t.request(event.requestId)}`}
      </Text>
      {operation && <OperationLine operation={operation} />}
    </Stack>
  );
}

function OperationLine({ operation }: { operation: Operation }): ReactNode {
  const { id, status, attempts, progress, error } = operation;
  return (
    <Paper bg="var(--mantine-color-default-hover)" p="xs" mt={4}>
      <Group gap="xs">
        <Text size="xs">{t.operation}</Text>
        <Badge size="sm" variant="default" tt="none">
          {t.operationStatus[status]}
        </Badge>
        <Text size="xs">{t.attempts(attempts)}</Text>
        <Code fz={11} className="user-text">
          {id}
        </Code>
      </Group>
      {progress !== null && (
        <Text size="xs" className="user-text">
          {progress}
        </Text>
      )}
      {error && (
        <Text size="xs" className="user-text">
          {error.code}: {error.message}
        </Text>
      )}
    </Paper>
  );
}

function LoadingHistory(): ReactNode {
  return (
    <Paper withBorder p="md" aria-busy>
      <Stack gap="lg">
        {[0, 1, 2, 3, 4].map((row) => (
          <Skeleton key={row} height={40} />
        ))}
      </Stack>
    </Paper>
  );
}
