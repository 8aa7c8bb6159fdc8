import { Button, Drawer, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Operation } from 'uim-compute-client';
import { operationsQuery } from '../api/queries';
import { useCompute } from '../session/session';
import { texts } from '../texts';
import { LinkAnchor } from '../ui/links';
import { ProblemAlert } from '../ui/problem-alert';
import { RelativeTime } from '../ui/relative-time';

const t = texts.tasks;
const SHOWN = 20;

/** Opens the list of what is running and what has failed. */
export function TaskButton(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure(false);
  const compute = useCompute();
  const running = useQuery(operationsQuery(compute, { status: 'running' }, SHOWN));
  const count = running.data?.length ?? 0;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={open}
        leftSection={count > 0 ? <Loader size={12} /> : undefined}
      >
        {t.open(count)}
      </Button>
      <Drawer opened={isOpen} onClose={close} position="right" title={t.title}>
        <Tasks onFollow={close} />
      </Drawer>
    </>
  );
}

function Tasks({ onFollow }: { onFollow: () => void }): ReactNode {
  const compute = useCompute();
  const pending = useQuery(operationsQuery(compute, { status: 'pending' }, SHOWN));
  const running = useQuery(operationsQuery(compute, { status: 'running' }, SHOWN));
  const failed = useQuery(operationsQuery(compute, { status: 'failed' }, SHOWN));
  const error = pending.error ?? running.error ?? failed.error;
  const open = [...(running.data ?? []), ...(pending.data ?? [])];
  return (
    <Stack>
      {error && <ProblemAlert error={error} retry={() => void running.refetch()} />}
      <Title order={2} size="h5">
        {t.running}
      </Title>
      {open.length === 0 && <Text c="dimmed">{t.none}</Text>}
      {open.map((operation) => (
        <Task key={operation.id} operation={operation} onFollow={onFollow} />
      ))}
      <Title order={2} size="h5">
        {t.failed}
      </Title>
      {failed.data?.length === 0 && <Text c="dimmed">{t.noFailures}</Text>}
      {failed.data?.map((operation) => (
        <Task key={operation.id} operation={operation} onFollow={onFollow} />
      ))}
    </Stack>
  );
}

function Task({ operation, onFollow }: { operation: Operation; onFollow: () => void }): ReactNode {
  const { type, progress, attempts, error, createdAt, instanceId } = operation;
  return (
    <div>
      <Group justify="space-between">
        <Text fw={600}>{t.type[type]}</Text>
        <Text size="xs" c="dimmed">
          <RelativeTime at={createdAt} />
          {attempts > 1 && ` · ${t.attempt(attempts)}`}
        </Text>
      </Group>
      {progress !== null && (
        <Text size="sm" className="user-text">
          {progress}
        </Text>
      )}
      {error && (
        <Text size="sm" c="red" className="user-text">
          {error.message}
        </Text>
      )}
      <LinkAnchor size="sm" to="/instances/$id" params={{ id: instanceId }} onClick={onFollow}>
        {t.seeInstance}
      </LinkAnchor>
    </div>
  );
}
