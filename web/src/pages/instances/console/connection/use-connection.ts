import { useCallback, useEffect, useState } from 'react';
import { keepConnected, type Connect, type ConsoleState } from './keep-connected';

export interface Connection {
  readonly state: ConsoleState;
  readonly again: () => void;
  readonly disconnect: () => void;
}

/** Keeps a session while the component is shown. @param connect undefined while there is nothing to show it with */
export function useConnection(connect: Connect | undefined, isRetried: boolean): Connection {
  const [state, setState] = useState<ConsoleState>({ kind: 'connecting' });
  const [attempt, setAttempt] = useState(0);
  const [current, setCurrent] = useState<AbortController>();

  useEffect(() => {
    if (!connect) return undefined;
    const controller = new AbortController();
    let isShown = true;
    const onState = (next: ConsoleState): void => {
      if (!isShown) return;
      setCurrent(controller);
      setState(next);
    };
    void keepConnected({ connect, isRetried, signal: controller.signal, onState });
    return () => {
      isShown = false;
      controller.abort();
    };
  }, [connect, isRetried, attempt]);

  const again = useCallback(() => setAttempt((before) => before + 1), []);
  const disconnect = useCallback(() => current?.abort(), [current]);
  return { state, again, disconnect };
}
