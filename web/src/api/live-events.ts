import type { FollowOptions, InstanceEvent, StreamedEvent } from 'uim-compute-client';

export type ConnectionState = 'connecting' | 'live' | 'lost';

export interface LiveEventsOptions {
  readonly follow: (options: FollowOptions) => AsyncIterable<StreamedEvent>;
  /** Called with the events of up to `BATCH_MS`, in order. */
  readonly onEvents: (events: readonly InstanceEvent[]) => void;
  /** Called if events may have been missed. */
  readonly onGap: () => void;
  readonly onState: (state: ConnectionState) => void;
}

/** The first event is passed on at once; those that follow within this time together. */
const BATCH_MS = 100;
const RETRY_MS = 2000;

/**
 * Follows the tenant's events until `stop` or `pause`. Continues after the last event when the connection was lost; `wake`
 * reconnects at once, because a computer that has slept does not notice that its connections are dead.
 */
export class LiveEvents {
  private connection: AbortController | undefined;
  private lastEventId: string | undefined;
  private waiting: InstanceEvent[] = [];
  private batchTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LiveEventsOptions) {}

  start(): void {
    const connection = new AbortController();
    this.connection = connection;
    this.options.onState('connecting');
    void this.run(connection.signal);
  }

  /** Replaces the connection. */
  wake(): void {
    this.disconnect();
    this.start();
  }

  /** Gives up the connection until `wake`, which continues after the last event. */
  pause(): void {
    this.disconnect();
  }

  stop(): void {
    this.disconnect();
    clearTimeout(this.batchTimer);
    this.batchTimer = undefined;
    this.waiting = [];
  }

  private disconnect(): void {
    clearTimeout(this.retryTimer);
    this.connection?.abort();
    this.connection = undefined;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { follow, onState, onGap } = this.options;
    try {
      const stream = follow({
        signal,
        lastEventId: this.lastEventId,
        onOpen: () => {
          onState('live');
          // The stream may have begun after the page was read, and the service keeps events for a limited time.
          onGap();
        },
        onLost: () => onState('lost'),
      });
      for await (const { id, event } of stream) {
        this.lastEventId = id;
        this.receive(event);
      }
    } catch {
      // The session shows what was refused; a stream cannot be opened while the service is away.
    }
    if (signal.aborted) return;
    onState('lost');
    // A last event that the service no longer knows must not keep the stream closed.
    this.lastEventId = undefined;
    this.retryTimer = setTimeout(() => this.start(), RETRY_MS);
  }

  private receive(event: InstanceEvent): void {
    this.waiting.push(event);
    if (this.batchTimer !== undefined) return;
    this.flush();
    this.batchTimer = setTimeout(() => {
      this.batchTimer = undefined;
      this.flush();
    }, BATCH_MS);
  }

  private flush(): void {
    const events = this.waiting;
    if (events.length === 0) return;
    this.waiting = [];
    this.options.onEvents(events);
  }
}
