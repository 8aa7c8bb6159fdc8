import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { InstanceDetails, SnapshotSchedule } from 'uim-compute-client';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { RelativeTime } from '../../../../ui/relative-time';
import { scheduleQuery } from '../queries';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';
import { keepText } from './keep-text';
import { ScheduleDialog } from './schedule-dialog';

const t = texts.instance.schedule;

/** When snapshots are taken automatically, and which of them are kept. */
export function SchedulePanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const { hasSnapshotSchedule } = instance;
  const read = useQuery({ ...scheduleQuery(useCompute(), instance.id), enabled: hasSnapshotSchedule });
  const { error, refetch } = read;
  const data = hasSnapshotSchedule ? read.data : null;
  const [dialog, setDialog] = useState<'set' | 'remove'>();
  const close = (): void => setDialog(undefined);
  const remove = useInstanceChange(
    instance.id,
    (compute) => compute.snapshots.removeSchedule(instance.id),
    close,
  );
  return (
    <Section title={t.title}>
      {error && <ProblemAlert error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton height={60} />}
      {data === null && (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      )}
      {data && <Schedule schedule={data} />}
      {data !== undefined && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setDialog('set')}>
            {data === null ? t.set : t.change}
          </Button>
          {data !== null && (
            <Button size="xs" variant="default" onClick={() => setDialog('remove')}>
              {t.remove}
            </Button>
          )}
        </Group>
      )}
      {dialog === 'set' && data !== undefined && (
        <ScheduleDialog instanceId={instance.id} schedule={data} onClose={close} />
      )}
      {dialog === 'remove' && (
        <ConfirmDialog
          title={t.removeTitle}
          text={t.removeText}
          action={t.remove}
          error={remove.error}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={close}
        />
      )}
    </Section>
  );
}

function Schedule({ schedule }: { schedule: SnapshotSchedule }): ReactNode {
  const { cron, timeZone, keep, nextAt, lastAt, lastError } = schedule;
  const { last = 0, daily = 0, weekly = 0 } = keep;
  return (
    <Stack gap={4}>
      <Text size="sm" className="user-text">
        <Code>{cron}</Code> {timeZone}
      </Text>
      <Text size="sm">{keepText({ last, daily, weekly })}</Text>
      <Text size="sm">
        {t.next}: <RelativeTime at={nextAt} /> · {t.last}:{' '}
        {lastAt === null ? t.never : <RelativeTime at={lastAt} />}
      </Text>
      {lastError !== null && (
        <Text size="sm" c="red" className="user-text">
          {t.lastError}: {lastError}
        </Text>
      )}
    </Stack>
  );
}
