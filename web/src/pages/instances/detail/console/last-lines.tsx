import { Button, Group, Paper, ScrollArea, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { consoleLinesQuery } from '../queries';
import { printable } from './printable';

const t = texts.consoles;

/** What the guest printed last, also after its end. */
export function LastLines({ instance }: { instance: InstanceDetails }): ReactNode {
  const isReadable = instance.abilities.includes('consoleLog') && instance.status !== 'deleted';
  const query = useQuery({ ...consoleLinesQuery(useCompute(), instance.id), enabled: isReadable });
  if (!isReadable) return null;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <div>
          <Title order={2} size="h5">
            {t.lastLines}
          </Title>
          <Text size="sm" c="dimmed">
            {t.lastLinesHint}
          </Text>
        </div>
        <Button size="xs" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          {t.readAgain}
        </Button>
      </Group>
      {query.error && <ProblemAlert error={query.error} />}
      {query.isPending && <Skeleton height={200} />}
      {query.data && <Lines lines={query.data} />}
    </Stack>
  );
}

function Lines({ lines }: { lines: readonly string[] }): ReactNode {
  if (lines.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {t.noLines}
      </Text>
    );
  return (
    <Paper withBorder>
      <ScrollArea.Autosize
        mah={320}
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t.lastLines }}
      >
        <Text
          component="pre"
          ff="monospace"
          size="xs"
          m={0}
          p="sm"
          className="user-text"
          style={{ whiteSpace: 'pre-wrap' }}
        >
          {lines.map(printable).join('\n')}
        </Text>
      </ScrollArea.Autosize>
    </Paper>
  );
}
