import type RFB from '@novnc/novnc';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { texts } from '../../../../texts';
import { ReasonButton } from '../../../../ui/reason-button';
import { useCompute } from '../../../../session/session';
import { useConnection } from '../connection/use-connection';
import { ConsoleFrame } from '../frame/console-frame';
import classes from '../frame/console-frame.module.css';
import { screenSession } from './screen-session';
import { MAX_TYPED, typeText } from './type-text';

const t = texts.consoles;

/** Of the keys that leave the screen; it saw them go down, but will not see them go up. */
const LEAVING_KEYS = [
  [0xffe3, 'ControlLeft'],
  [0xffe1, 'ShiftLeft'],
  [0xffe4, 'ControlRight'],
  [0xffe2, 'ShiftRight'],
] as const;

export interface ScreenPaneProps {
  readonly id: string;
  readonly title: string;
  readonly isWindow: boolean;
  readonly actions?: ReactNode;
}

/** The screen of a virtual machine. */
export default function ScreenPane({ id, title, isWindow, actions }: ScreenPaneProps): ReactNode {
  const compute = useCompute();
  const bar = useRef<HTMLDivElement>(null);
  const [host, setHost] = useState<HTMLDivElement>();
  const [screen, setScreen] = useState<RFB>();
  const [message, setMessage] = useState<string>();
  const attach = useCallback((element: HTMLDivElement) => {
    setHost(element);
    return () => setHost(undefined);
  }, []);
  const connect = useMemo(
    () =>
      host &&
      screenSession(compute, id, host, (connected) => {
        setScreen(connected);
        connected?.focus();
      }),
    [compute, id, host],
  );
  const connection = useConnection(connect, true);
  const reason = screen ? undefined : t.reason.notConnected;

  const paste = async (): Promise<void> => {
    if (!screen) return;
    try {
      const text = await navigator.clipboard.readText();
      setMessage(text.length > MAX_TYPED ? t.pasteTooLong(MAX_TYPED) : undefined);
      await typeText(screen, text);
      screen.focus();
    } catch {
      setMessage(t.pasteRefusedScreen);
    }
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.code !== 'Enter' || !event.ctrlKey || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    for (const [keysym, code] of LEAVING_KEYS) screen?.sendKey(keysym, code, false);
    screen?.blur();
    bar.current?.querySelector('button')?.focus();
  };

  return (
    <ConsoleFrame
      title={title}
      connection={connection}
      againLabel={t.again}
      hint={t.keyboard.screen}
      bar={bar}
      isWindow={isWindow}
      message={message}
      actions={
        <>
          <ReasonButton size="xs" variant="default" reason={reason} onClick={() => screen?.sendCtrlAltDel()}>
            {t.ctrlAltDel}
          </ReasonButton>
          <ReasonButton size="xs" variant="default" reason={reason} onClick={() => void paste()}>
            {t.pasteAsKeys}
          </ReasonButton>
          {actions}
        </>
      }
    >
      <div ref={attach} className={classes.host} onKeyDownCapture={leave} />
    </ConsoleFrame>
  );
}
