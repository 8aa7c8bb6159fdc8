import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { texts } from '../../../../texts';
import { ReasonButton } from '../../../../ui/reason-button';
import { useCompute } from '../../../../session/session';
import { useConnection } from '../connection/use-connection';
import { ConsoleFrame } from '../frame/console-frame';
import classes from '../frame/console-frame.module.css';
import { openTerminal, type OpenTerminal } from './open-terminal';
import { commandSession, serialSession, type CommandOptions } from './terminal-sessions';

const t = texts.consoles;

export interface TerminalPaneProps {
  readonly id: string;
  readonly title: string;
  /** The serial console if absent. */
  readonly command?: CommandOptions;
  readonly isWindow: boolean;
  readonly actions?: ReactNode;
}

/** A serial console or a command in a terminal. */
export default function TerminalPane({
  id,
  title,
  command,
  isWindow,
  actions,
}: TerminalPaneProps): ReactNode {
  const compute = useCompute();
  const bar = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<OpenTerminal>();
  const [message, setMessage] = useState<string>();
  const [isReadAloud, setIsReadAloud] = useState(false);

  const attach = useCallback((host: HTMLDivElement) => {
    const opened = openTerminal(host, () => bar.current?.querySelector('button')?.focus());
    setOpen(opened);
    return () => {
      opened.dispose();
      setOpen(undefined);
    };
  }, []);

  const terminal = open?.terminal;
  const connect = useMemo(() => {
    if (!terminal) return undefined;
    if (command) return commandSession(compute, id, terminal, command);
    return serialSession(compute, id, terminal);
  }, [compute, id, terminal, command]);
  const connection = useConnection(connect, command === undefined);
  const again = (): void => {
    terminal?.reset();
    terminal?.focus();
    connection.again();
  };
  const paste = async (): Promise<void> => {
    try {
      terminal?.paste(await navigator.clipboard.readText());
      setMessage(undefined);
    } catch {
      setMessage(t.pasteRefused);
    }
    terminal?.focus();
  };
  const toggleReadAloud = (): void => {
    setIsReadAloud(!isReadAloud);
    open?.setScreenReaderMode(!isReadAloud);
  };

  return (
    <ConsoleFrame
      title={title}
      connection={{ ...connection, again }}
      againLabel={command ? t.runAgain : t.again}
      hint={t.keyboard.terminal}
      bar={bar}
      isWindow={isWindow}
      message={message}
      actions={
        <>
          <ReasonButton
            size="xs"
            variant="default"
            reason={connection.state.kind === 'connected' ? undefined : t.reason.notConnected}
            onClick={() => void paste()}
          >
            {t.paste}
          </ReasonButton>
          <Button
            size="xs"
            variant={isReadAloud ? 'filled' : 'default'}
            aria-pressed={isReadAloud}
            onClick={toggleReadAloud}
          >
            {t.readAloud}
          </Button>
          {actions}
        </>
      }
    >
      <div ref={attach} className={classes.host} />
    </ConsoleFrame>
  );
}
