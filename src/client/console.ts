import { checkPathParameter, type ClientOptions } from './connection';
import { ConsoleOverlap } from './console-overlap';
import { EventStreamError, readMessages, type StreamMessage } from './event-stream';
import { openStream } from './open-stream';
import { ProblemError } from './problem';
import { isFinal, isStopped, pauseBeforeReconnect } from './reconnect';
import { Silence, SILENCE_MS } from './silence';

export interface FollowConsoleOptions {
  /** How many of the last lines it begins with, 1 to 1000; 100. */
  readonly lines?: number;
  readonly signal?: AbortSignal;
  /** Silence after which the connection counts as dead; 60 seconds. The service says something more often. */
  readonly silenceMs?: number;
  /** Called with every connection that is made. */
  readonly onOpen?: () => void;
  /** Called with every connection that is over, and is about to be made again. */
  readonly onLost?: () => void;
  /** Called after a reconnect that could not go on where the last connection ended: lines are missing. */
  readonly onGap?: () => void;
}

/** The most lines that the service resends. */
const MAX_LINES = 1000;

/**
 * The last lines of an instance's console, then new lines, until the guest ends, the instance is deleted or the
 * signal aborts. If the connection ends before that, it reconnects and goes on behind the last line: the service
 * limits the duration of each stream.
 * @throws {ProblemError} if the service refuses, and would again
 * @throws {EventStreamError} if the engine failed
 * @throws what `fetch` rejects with, and any {ProblemError}, if the first connection cannot be made
 */
export async function* followConsole(
  options: ClientOptions,
  instanceId: string,
  { lines = 100, signal, silenceMs = SILENCE_MS, onOpen, onLost, onGap }: FollowConsoleOptions = {},
): AsyncGenerator<string> {
  checkPathParameter('id', instanceId);
  const path = `/instances/${encodeURIComponent(instanceId)}/console?follow=true&lines=`;
  const received: string[] = [];
  let hasBegun = false;
  for (let failures = 0; !isStopped(signal); failures++) {
    const silence = new Silence(silenceMs, signal);
    try {
      const body = await openStream(options, `${path}${received.length || lines}`, {
        signal: silence.signal,
      });
      hasBegun = true;
      failures = 0;
      onOpen?.();
      const hasEnded = yield* newLines(readMessages(silence.watching(body)), received, onGap);
      if (hasEnded) return;
    } catch (error) {
      if (isStopped(signal) || (hasBegun && isDeleted(error))) return;
      if (!hasBegun || isFinal(error)) throw error;
    } finally {
      silence.stop();
    }
    onLost?.();
    await pauseBeforeReconnect(failures, signal);
  }
}

/** The lines of one connection that are not in `received`, which grows by them. Returns whether the guest has ended. */
async function* newLines(
  messages: AsyncIterable<StreamMessage>,
  received: string[],
  onGap: (() => void) | undefined,
): AsyncGenerator<string, boolean> {
  const overlap = new ConsoleOverlap([...received]);
  let hasGap = false;
  for await (const { event, data } of messages) {
    if (event === 'end') return true;
    if (event === 'failed') throw new EventStreamError(`the console broke off: ${data}`);
    if (event !== 'line') continue;
    const lines = overlap.take(data);
    if (overlap.isGap && !hasGap) onGap?.();
    hasGap = overlap.isGap;
    for (const line of lines) {
      received.push(line);
      if (received.length > MAX_LINES) received.shift();
      yield line;
    }
  }
  return false;
}

function isDeleted(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'instance_not_found';
}
