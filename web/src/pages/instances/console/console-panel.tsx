import { Skeleton, Stack } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../texts';
import { CommandForm } from './command-form';
import type { ConsoleKind } from './search';
import type { CommandOptions } from './terminal/terminal-sessions';

// Each with a library of its own, which only those need who open such a console.
const TerminalPane = lazy(() => import('./terminal/terminal-pane'));
const ScreenPane = lazy(() => import('./screen/screen-pane'));

export interface ConsolePanelProps {
  readonly instance: InstanceDetails;
  readonly kind: ConsoleKind;
  readonly isWindow: boolean;
  readonly actions?: ReactNode;
}

/** A console that connects as soon as it is shown; for a command, after it was entered. */
export function ConsolePanel({ instance, kind, isWindow, actions }: ConsolePanelProps): ReactNode {
  const title = texts.consoles.kind[kind];
  const common = { id: instance.id, title, isWindow, actions };
  if (kind === 'exec') return <CommandPanel instance={instance} isWindow={isWindow} actions={actions} />;
  return (
    <Suspense fallback={<Skeleton height={isWindow ? '100%' : 400} />}>
      {kind === 'vnc' ? <ScreenPane {...common} /> : <TerminalPane {...common} />}
    </Suspense>
  );
}

interface Run {
  readonly number: number;
  readonly options: CommandOptions;
}

function CommandPanel({ instance, isWindow, actions }: Omit<ConsolePanelProps, 'kind'>): ReactNode {
  const [run, setRun] = useState<Run>();
  const hasTerminal = instance.abilities.includes('terminal');
  const start = (command: readonly string[]): void =>
    setRun({ number: (run?.number ?? 0) + 1, options: { command, hasTerminal } });
  return (
    <Stack gap="xs" h={isWindow ? '100%' : undefined} p={isWindow ? 'xs' : 0}>
      <CommandForm hasTerminal={hasTerminal} onRun={start} />
      {run && (
        <Suspense fallback={<Skeleton height={400} />}>
          <TerminalPane
            key={run.number}
            id={instance.id}
            title={texts.consoles.kind.exec}
            command={run.options}
            isWindow={isWindow}
            actions={actions}
          />
        </Suspense>
      )}
    </Stack>
  );
}
