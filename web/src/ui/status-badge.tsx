import type { ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { texts } from '../texts';
import classes from './status-badge.module.css';

const COLORS = {
  creating: 'blue',
  running: 'green',
  paused: 'yellow',
  stopped: 'gray',
  restarting: 'blue',
  error: 'red',
  deleted: 'gray',
} as const;

/** The status as a word and a color. A running guest that is not ready yet is shown as such. */
export function StatusBadge({ instance }: { instance: Pick<Instance, 'status' | 'ready'> }): ReactNode {
  const { status, ready } = instance;
  const isStarting = status === 'running' && ready === false;
  const color = isStarting ? 'blue' : COLORS[status];
  return (
    <span className={`${classes.badge} ${classes[color]}`}>
      {isStarting ? texts.instances.status.notReady : texts.instances.status[status]}
    </span>
  );
}
