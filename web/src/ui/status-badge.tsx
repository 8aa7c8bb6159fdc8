import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { texts } from '../texts';

const COLORS: Readonly<Record<Instance['status'], string>> = {
  creating: 'blue',
  running: 'green',
  paused: 'yellow',
  stopped: 'gray',
  restarting: 'blue',
  error: 'red',
  deleted: 'gray',
};

/** The status as a word and a color. A running guest that is not ready yet is shown as such. */
export function StatusBadge({ instance }: { instance: Pick<Instance, 'status' | 'ready'> }): ReactNode {
  const { status, ready } = instance;
  const isStarting = status === 'running' && ready === false;
  return (
    <Badge color={isStarting ? 'blue' : COLORS[status]} variant="dot" tt="none" miw={104}>
      {isStarting ? texts.instances.status.notReady : texts.instances.status[status]}
    </Badge>
  );
}
