import type { ClientOptions } from './connection';
import { readMessages, type StreamMessage } from './event-stream';
import { openStream, parseJson } from './open-stream';
import { isFinal, isStopped, pauseBeforeReconnect } from './reconnect';
import type { components } from './schema';
import { Silence, SILENCE_MS } from './silence';

type InstanceEvent = components['schemas']['EventDto'];

export interface FollowOptions {
  /** Goes on behind this one; absent begins with what happens from now on. */
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
  /** Silence after which the connection counts as dead; 60 seconds. The service says something more often. */
  readonly silenceMs?: number;
  /** Called with every connection that is made. */
  readonly onOpen?: () => void;
  /** Called with every connection that is over, and is about to be made again. */
  readonly onLost?: () => void;
}

export interface StreamedEvent {
  /** For `lastEventId`. */
  readonly id: string | undefined;
  readonly event: InstanceEvent;
}

/**
 * The tenant's changes as they happen. A connection that breaks is made again, and goes on behind the last event
 * that was seen, or from where the first one began. Ends with the signal.
 * @throws {ProblemError} where the service refuses, and would again
 * @throws what `fetch` rejects with, and any {ProblemError}, where the very first connection is not made
 */
export async function* followEvents(
  options: ClientOptions,
  { signal, lastEventId, silenceMs = SILENCE_MS, onOpen, onLost }: FollowOptions = {},
): AsyncGenerator<StreamedEvent> {
  let last = lastEventId;
  let hasBegun = false;
  for (let failures = 0; !isStopped(signal); failures++) {
    const silence = new Silence(silenceMs, signal);
    try {
      const body = await openStream(options, '/events', {
        signal: silence.signal,
        ...(last !== undefined && { headers: { 'Last-Event-ID': last } }),
      });
      hasBegun = true;
      onOpen?.();
      for await (const message of readMessages(silence.watching(body))) {
        failures = 0;
        last = message.id ?? last;
        const event = eventOf(message);
        if (event) yield { id: last, event };
      }
    } catch (error) {
      if (isStopped(signal)) return;
      if (!hasBegun || isFinal(error)) throw error;
    } finally {
      silence.stop();
    }
    onLost?.();
    await pauseBeforeReconnect(failures, signal);
  }
}

function eventOf({ data }: StreamMessage): InstanceEvent | undefined {
  const event = parseJson(data);
  return isEvent(event) ? event : undefined;
}

function isEvent(value: unknown): value is InstanceEvent {
  return typeof value === 'object' && value !== null && 'instanceId' in value && 'version' in value;
}
