import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { hasNeverRun, waitsForRestart } from '../power/reasons';
import type { OverviewTabProps } from './overview-tab';

const t = texts.instance.error;

interface Help {
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

/** Why the instance is in error or waits, in the words of the engine, and what can be done. */
export function StatusHelp({ instance, onSelect }: OverviewTabProps): ReactNode {
  const help = helpFor(instance);
  if (!help) return null;
  return (
    <Alert color={help.color} variant="light" title={help.title}>
      <Text size="sm" fw={600} className="user-text">
        {instance.statusReason ?? t.noReason}
      </Text>
      <Text size="sm" mt={4}>
        {help.text}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={() => onSelect('history')}>
          {t.seeHistory}
        </Button>
        {instance.status === 'error' && (
          <Button size="xs" variant="default" onClick={() => onSelect('settings')}>
            {t.toSettings}
          </Button>
        )}
        {instance.status === 'running' && (
          <Button size="xs" variant="default" onClick={() => onSelect('console')}>
            {t.seeConsole}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function helpFor(instance: InstanceDetails): Help | undefined {
  const { status, statusReason, ready } = instance;
  if (status === 'error') {
    return { title: t.title, text: hasNeverRun(instance) ? t.createFailed : t.general, color: 'red' };
  }
  if (statusReason === null) return undefined;
  if (status === 'running' && ready === false)
    return { title: t.notReadyTitle, text: t.notReady, color: 'yellow' };
  return {
    title: t.waitingTitle,
    text: waitsForRestart(instance) ? t.waiting : '',
    color: 'yellow',
  };
}
