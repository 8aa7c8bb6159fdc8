import { Box, Button, Group, Paper, Text } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react';
import { ProblemError } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import type { Connection } from '../connection/use-connection';
import { stateText } from '../connection/state-text';
import classes from './console-frame.module.css';

const t = texts.consoles;

export interface ConsoleFrameProps {
  readonly title: string;
  readonly connection: Connection;
  readonly againLabel: string;
  /** How to leave it with the keyboard. */
  readonly hint: string;
  /** Where the focus goes when the user leaves the console. */
  readonly bar: RefObject<HTMLDivElement | null>;
  /** Whether it fills the window instead of a part of a page. */
  readonly isWindow: boolean;
  readonly actions: ReactNode;
  readonly message: string | undefined;
  readonly children: ReactNode;
}

/** State and buttons of a console, around its content. */
export function ConsoleFrame(props: ConsoleFrameProps): ReactNode {
  const { title, connection, againLabel, hint, bar, isWindow, actions, message, children } = props;
  const { ref, toggle, fullscreen } = useFullscreenElement<HTMLDivElement>();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    body.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const hintId = useId();
  const { state, again, disconnect } = connection;
  const hasEnded = state.kind === 'ended';
  const error = hasEnded && state.end.kind === 'failed' ? state.end.error : undefined;
  return (
    <Paper
      ref={ref}
      withBorder={!isWindow}
      radius={isWindow ? 0 : 'md'}
      className={`${classes.frame} ${isWindow ? '' : classes.embedded}`}
    >
      <div className={classes.bar} ref={bar}>
        <StateLine connection={connection} />
        <Group gap="xs">
          {hasEnded ? (
            <Button size="xs" onClick={again}>
              {againLabel}
            </Button>
          ) : (
            <Button size="xs" variant="default" onClick={disconnect}>
              {t.disconnect}
            </Button>
          )}
          {actions}
          <Button size="xs" variant="default" onClick={() => void toggle()}>
            {fullscreen ? t.leaveFullScreen : t.fullScreen}
          </Button>
        </Group>
      </div>
      {error instanceof ProblemError && (
        <Box px="xs" pb="xs">
          <ProblemAlert error={error} />
        </Box>
      )}
      <div
        ref={body}
        className={classes.body}
        role="region"
        aria-label={t.region(title)}
        aria-describedby={hintId}
      >
        {children}
      </div>
      <Text id={hintId} size="xs" c="dimmed" className={classes.hint}>
        {message ?? hint}
      </Text>
    </Paper>
  );
}

const COLORS = { connecting: 'blue', connected: 'green', retrying: 'yellow', ended: 'gray' } as const;

function StateLine({ connection: { state } }: { connection: Connection }): ReactNode {
  return (
    <Group gap={8} wrap="nowrap" role="status" flex="1 1 200px">
      <Box w={10} h={10} flex="none" bdrs="xl" bg={`${COLORS[state.kind]}.6`} aria-hidden />
      <Text size="sm" className="user-text">
        {stateText(state)}
      </Text>
    </Group>
  );
}
