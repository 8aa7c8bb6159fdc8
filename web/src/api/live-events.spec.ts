import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FollowOptions, InstanceEvent, StreamedEvent } from 'uim-compute-client';
import { LiveEvents, type ConnectionState } from './live-events';

const eventOf = (version: number): InstanceEvent => ({
  instanceId: 'a',
  version,
  type: 'stop.requested',
  from: 'running',
  to: 'running',
  reason: null,
  actor: null,
  requestId: null,
  operationId: null,
  at: 0,
});

/** A connection that a test feeds. */
class Connection {
  private readonly items: (StreamedEvent | Error)[] = [];
  private wake: (() => void) | undefined;

  constructor(readonly options: FollowOptions) {
    options.signal?.addEventListener('abort', () => this.wake?.());
  }

  send(version: number): void {
    this.items.push({ id: `id-${version}`, event: eventOf(version) });
    this.wake?.();
  }

  fail(): void {
    this.items.push(new Error('refused'));
    this.wake?.();
  }

  async *events(): AsyncGenerator<StreamedEvent, void, undefined> {
    this.options.onOpen?.();
    while (this.options.signal?.aborted !== true) {
      const item = this.items.shift();
      if (item instanceof Error) throw item;
      if (item) yield item;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

describe('live events', () => {
  let connections: Connection[];
  let batches: number[][];
  let states: ConnectionState[];
  let gaps: number;
  let live: LiveEvents;

  beforeEach(() => {
    jest.useFakeTimers();
    [connections, batches, states, gaps] = [[], [], [], 0];
    live = new LiveEvents({
      follow: (options) => {
        const connection = new Connection(options);
        connections.push(connection);
        return connection.events();
      },
      onEvents: (events) => batches.push(events.map(({ version }) => version)),
      onGap: () => gaps++,
      onState: (state) => states.push(state),
    });
    live.start();
  });
  afterEach(() => {
    live.stop();
    jest.useRealTimers();
  });

  const last = (): Connection => {
    const connection = connections.at(-1);
    if (!connection) throw new Error('nothing has connected');
    return connection;
  };

  it('passes the first event on at once, and those that follow together', async () => {
    last().send(1);
    await jest.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([[1]]);
    last().send(2);
    last().send(3);
    await jest.advanceTimersByTimeAsync(50);
    expect(batches).toEqual([[1]]);
    await jest.advanceTimersByTimeAsync(50);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('reports a gap whenever the stream opens, because the page was read before', async () => {
    await jest.advanceTimersByTimeAsync(0);
    expect([gaps, states]).toEqual([1, ['connecting', 'live']]);
  });

  it('continues after the last event if its computer has slept', async () => {
    last().send(1);
    await jest.advanceTimersByTimeAsync(0);
    live.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(connections).toHaveLength(2);
    expect(connections[0]?.options.signal?.aborted).toBe(true);
    expect(last().options.lastEventId).toBe('id-1');
    expect(gaps).toBe(2);
  });

  it('begins with new events if the service refuses the last one', async () => {
    last().send(1);
    await jest.advanceTimersByTimeAsync(0);
    last().fail();
    await jest.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('lost');
    await jest.advanceTimersByTimeAsync(2000);
    expect(connections).toHaveLength(2);
    expect(last().options.lastEventId).toBeUndefined();
  });

  it('connects no more after it was stopped', async () => {
    await jest.advanceTimersByTimeAsync(0);
    live.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(connections).toHaveLength(1);
  });
});
