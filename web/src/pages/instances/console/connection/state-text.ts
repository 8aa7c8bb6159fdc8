import { ProblemError, SessionError } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { RETRIES, type ConsoleEnd, type ConsoleState } from './keep-connected';

const t = texts.consoles;
const CLOSE_CODES: Readonly<Record<number, string>> = t.closeCode;

/** One line about a session. */
export function stateText(state: ConsoleState): string {
  switch (state.kind) {
    case 'connecting':
      return t.state.connecting;
    case 'connected':
      return t.state.connected;
    case 'retrying':
      return t.state.retrying(state.attempt, RETRIES, state.seconds);
    case 'ended':
      return endText(state.end);
  }
}

function endText(end: ConsoleEnd): string {
  switch (end.kind) {
    case 'closed':
      return t.state.closed(t.closeCode[1000], 1000);
    case 'exited':
      return end.exitCode === null ? t.state.exitedUnknown : t.state.exited(end.exitCode);
    case 'disconnected':
      return t.state.disconnected;
    case 'failed':
      return failureText(end.error, end.wasConnected);
  }
}

/** A browser does not show why the service refuses a connection. */
function failureText(error: unknown, wasConnected: boolean): string {
  if (error instanceof ProblemError) return t.refused;
  if (!wasConnected) return t.notConnected;
  if (!(error instanceof SessionError)) return error instanceof Error ? error.message : String(error);
  const { closeCode, message } = error;
  const words = CLOSE_CODES[closeCode] ?? t.closeCodeOther;
  // The general words of a lost connection say it all.
  const text = closeCode === 1006 ? words : t.state.withReason(words, message);
  return t.state.closed(text, closeCode);
}
