import { SessionError } from 'uim-compute-client';

export type ConsoleState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** The connection was lost and is tried again. */
  | { readonly kind: 'retrying'; readonly attempt: number; readonly seconds: number }
  | { readonly kind: 'ended'; readonly end: ConsoleEnd };

export type ConsoleEnd =
  | { readonly kind: 'closed' }
  | { readonly kind: 'exited'; readonly exitCode: number | null }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly wasConnected: boolean };

/** Connects and passes on data until the end. Throws a `SessionError` if the session ends otherwise. */
export type Connect = (signal: AbortSignal, onConnected: () => void) => Promise<ConsoleEnd>;

export interface KeepConnectedOptions {
  readonly connect: Connect;
  /** Whether a lost connection is made again. Not for commands: they would run twice. */
  readonly isRetried: boolean;
  readonly signal: AbortSignal;
  readonly onState: (state: ConsoleState) => void;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

const RETRY_SECONDS = [1, 2, 4, 8, 15] as const;
export const RETRIES = RETRY_SECONDS.length;
/** A connection that lasted this long was a good one: after it, all attempts are available again. */
const STABLE_MS = 30_000;
/** Close code of a connection that ended without one. */
const LOST = 1006;

/** Runs a session, and repeats it a few times if its connection is lost. What ended otherwise is left to the user. */
export async function keepConnected(options: KeepConnectedOptions): Promise<void> {
  const { isRetried, signal, onState, sleep = delay } = options;
  let failures = 0;
  let wasConnected = false;
  for (;;) {
    onState({ kind: 'connecting' });
    const result = await attempt(options);
    if (result.kind === 'ended') {
      onState(result);
      return;
    }
    const { error, lastedMs } = result;
    wasConnected ||= lastedMs !== undefined;
    if (lastedMs !== undefined && lastedMs >= STABLE_MS) failures = 0;
    const seconds = RETRY_SECONDS[failures];
    if (!isRetried || !wasConnected || !isLost(error) || seconds === undefined) {
      onState({ kind: 'ended', end: { kind: 'failed', error, wasConnected } });
      return;
    }
    failures++;
    onState({ kind: 'retrying', attempt: failures, seconds });
    await sleep(seconds * 1000, signal);
  }
}

type Attempt =
  | { readonly kind: 'ended'; readonly end: ConsoleEnd }
  /** `lastedMs` is undefined if it was never connected. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly lastedMs: number | undefined };

async function attempt({ connect, signal, onState, now = Date.now }: KeepConnectedOptions): Promise<Attempt> {
  const connection: { since?: number } = {};
  try {
    signal.throwIfAborted();
    const end = await connect(signal, () => {
      connection.since = now();
      onState({ kind: 'connected' });
    });
    return { kind: 'ended', end };
  } catch (error) {
    if (signal.aborted) return { kind: 'ended', end: { kind: 'disconnected' } };
    const lastedMs = connection.since === undefined ? undefined : now() - connection.since;
    return { kind: 'failed', error, lastedMs };
  }
}

/** Whether the connection ended without a word of the service, or could not be made again. */
function isLost(error: unknown): boolean {
  return error instanceof SessionError ? error.closeCode === LOST : error instanceof TypeError;
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
