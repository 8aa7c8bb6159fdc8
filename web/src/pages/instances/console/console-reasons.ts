import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../texts';
import type { ConsoleKind } from './search';

const t = texts.consoles.reason;

type Subject = Pick<InstanceDetails, 'status' | 'type'> & { readonly abilities: readonly string[] };

/** Why an instance has no such console, or none at present. */
export function reasonAgainstConsole(kind: ConsoleKind, instance: Subject): string | undefined {
  const { status, type, abilities } = instance;
  if (status === 'deleted') return t.deleted;
  if (!abilities.includes(kind))
    return type === 'container' && kind !== 'exec' ? t.container : t.unsupported[kind];
  switch (status) {
    case 'running':
      return undefined;
    case 'creating':
    case 'restarting':
      return t.notYet;
    case 'paused':
    case 'error':
      return t[status];
    case 'stopped':
      return t.notRunning;
  }
}
