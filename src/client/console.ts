import { checkPathParameter, type ClientOptions } from './connection';
import { EventStreamError, readMessages } from './event-stream';
import { openStream } from './open-stream';
import { Silence, SILENCE_MS } from './silence';

export interface FollowConsoleOptions {
  /** How many of the last lines it begins with, 1 to 1000; 100. */
  readonly lines?: number;
  readonly signal?: AbortSignal;
  /** Silence after which the connection counts as dead; 60 seconds. The service says something more often. */
  readonly silenceMs?: number;
}

/**
 * The last lines of an instance's console, then what comes, until the guest ends or the signal aborts. A connection
 * that breaks is not made again: nobody could say which lines came twice.
 * @throws {ProblemError} where the service refuses
 * @throws {EventStreamError} where the engine or the connection broke off, and what `fetch` rejects with
 */
export async function* followConsole(
  options: ClientOptions,
  instanceId: string,
  { lines = 100, signal, silenceMs = SILENCE_MS }: FollowConsoleOptions = {},
): AsyncGenerator<string> {
  checkPathParameter('id', instanceId);
  const silence = new Silence(silenceMs, signal);
  const path = `/instances/${encodeURIComponent(instanceId)}/console?follow=true&lines=${lines}`;
  try {
    const body = await openStream(options, path, { signal: silence.signal });
    for await (const { event, data } of readMessages(silence.watching(body))) {
      if (event === 'line') yield data;
      else if (event === 'end') return;
      else if (event === 'failed') throw new EventStreamError(`the console broke off: ${data}`);
    }
    throw new EventStreamError('the connection ended before the guest did');
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    silence.stop();
  }
}
