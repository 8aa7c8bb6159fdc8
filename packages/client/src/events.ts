import type { ClientOptions } from './connection';
import type { StreamMessage } from './event-stream';
import { openStream, parseJson } from './open-stream';
import { reconnecting, type ReconnectOptions } from './reconnect';
import type { InstanceEvent } from './types';

export interface FollowOptions extends ReconnectOptions {
  /** Id of the last event that the caller has; by default the stream starts with the next event. */
  readonly lastEventId?: string | undefined;
}

export interface StreamedEvent {
  /** Pass this as `lastEventId` to continue after this event. */
  readonly id: string | undefined;
  readonly event: InstanceEvent;
}

/**
 * The tenant's events as they happen. After a lost connection it reconnects and continues after the last event that it
 * received, or from the start of the first connection. Ends when the signal aborts.
 * @throws {ProblemError} if the service refuses permanently
 * @throws any error of `fetch` and any {ProblemError} if the first connection fails
 */
export async function* followEvents(
  options: ClientOptions,
  { lastEventId, ...reconnect }: FollowOptions = {},
): AsyncGenerator<StreamedEvent, void, undefined> {
  let last = lastEventId;
  yield* reconnecting(reconnect, {
    open: (signal) =>
      openStream(options, '/events', {
        signal,
        ...(last !== undefined && { headers: { 'Last-Event-ID': last } }),
      }),
    async *read(messages) {
      for await (const message of messages) {
        last = message.id ?? last;
        const event = eventOf(message);
        if (event) yield { id: last, event };
      }
      return false;
    },
  });
}

function eventOf({ data }: StreamMessage): InstanceEvent | undefined {
  const event = parseJson(data);
  return isEvent(event) ? event : undefined;
}

function isEvent(value: unknown): value is InstanceEvent {
  return typeof value === 'object' && value !== null && 'instanceId' in value && 'version' in value;
}
