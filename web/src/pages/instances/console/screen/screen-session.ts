import RFB from '@novnc/novnc';
import { SessionError, type ComputeClient } from 'uim-compute-client';
import { texts } from '../../../../texts';
import type { Connect, ConsoleEnd } from '../connection/keep-connected';

const t = texts.consoles;
const NORMAL = 1000;
const LOST = 1006;

/**
 * The screen of an instance in an element. Data from the guest can only draw: its clipboard and the name of
 * its desktop are ignored.
 * @param onScreen called with the connected screen, and with undefined at its end
 */
export function screenSession(
  compute: ComputeClient,
  id: string,
  host: HTMLElement,
  onScreen: (screen: RFB | undefined) => void,
): Connect {
  return async (signal, onConnected) => {
    const { url } = await compute.sessions.create(id, { kind: 'vnc' }, { signal });
    signal.throwIfAborted();
    // A WebSocket of our own: noVNC does not tell the close code.
    const socket = new WebSocket(url);
    const closing = { code: LOST, reason: '' };
    socket.addEventListener('close', ({ code, reason }) => Object.assign(closing, { code, reason }));
    const screen = new RFB(host, socket);
    screen.scaleViewport = true;
    screen.background = '#15171a';
    const abort = (): void => screen.disconnect();
    signal.addEventListener('abort', abort);
    try {
      return await ended(screen, closing, () => {
        onScreen(screen);
        onConnected();
      });
    } finally {
      signal.removeEventListener('abort', abort);
      onScreen(undefined);
    }
  };
}

function ended(
  screen: RFB,
  closing: { readonly code: number; readonly reason: string },
  onConnected: () => void,
): Promise<ConsoleEnd> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const fail = (message: string): void => {
      failure ??= new Error(message);
      screen.disconnect();
    };
    screen.addEventListener('connect', onConnected);
    screen.addEventListener('credentialsrequired', () => fail(t.screenNeedsPassword));
    screen.addEventListener('securityfailure', () => (failure ??= new Error(t.screenFailed)));
    screen.addEventListener('disconnect', () => {
      if (failure) reject(failure);
      else if (closing.code === NORMAL) resolve({ kind: 'closed' });
      else reject(new SessionError(closing.code, closing.reason));
    });
  });
}
