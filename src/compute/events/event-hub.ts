import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ShuttingDownError } from '../../platform/errors/service.errors';
import { EventsConfig } from './events.config';
import { ResourceSignals } from '../resources';
import { EventStreamsDisabledError, TooManyStreamsError } from '../instances';
import { toEventId, type Position, type Snapshot } from './cursor';
import { InvalidEventIdError } from './event.errors';
import type { EventStream } from './api/event-stream';
import { EventsRepository, type Batch } from './events.repository';
import { BATCH, framesOf, readPiece, TenantFeed, type Piece } from './tenant-feed';

const MAX_STREAMS = 10_000;
const MAX_STREAMS_OF_TENANT = 2000;

interface Watched {
  readonly feed: TenantFeed;
  /** The current piece of each stream; undefined while it catches up. */
  readonly streams: Map<EventStream, Piece | undefined>;
}

/** Wakes a tenant's streams when one of its instances changes, and reads new events once for all of them. */
@Injectable()
export class EventHub implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Events');
  private readonly tenants = new Map<string, Watched>();
  private readonly timers: NodeJS.Timeout[] = [];
  private isClosed = false;
  private isLooking = false;
  /** Whether events may have been missed since the current round began. */
  private isStale = false;
  private count = 0;

  constructor(
    private readonly config: EventsConfig,
    private readonly signals: ResourceSignals,
    private readonly events: EventsRepository,
  ) {}

  /** Number of open streams. */
  get size(): number {
    return this.count;
  }

  onModuleInit(): void {
    const { pollMs, heartbeatMs } = this.config;
    this.signals.on('changed', (tenantId) => void this.look(tenantId));
    this.signals.on('resync', () => void this.lookEverywhere());
    this.timers.push(setInterval(() => void this.lookEverywhere(), pollMs).unref());
    this.timers.push(setInterval(() => this.beat(), heartbeatMs).unref());
  }

  /** Ends all streams at once; their clients reconnect to another replica. */
  onModuleDestroy(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const { streams } of this.tenants.values()) for (const stream of streams.keys()) stream.end();
  }

  /**
   * Sends a stream all events after a position, or from now on, until it ends.
   * @throws {InvalidEventIdError | TooManyStreamsError | ShuttingDownError} before the stream is opened.
   * @throws {EventStreamsDisabledError}
   */
  async follow(stream: EventStream, position?: Position): Promise<void> {
    const { streams } = this.config;
    if (!streams.isEnabled) throw new EventStreamsDisabledError('GET /instances/{id}/events');
    if (this.isClosed) throw new ShuttingDownError();
    // Before the stream is opened, so that an invalid position is reported in a problem document.
    if (position && !(await this.events.behind(stream.tenantId, position, 0)))
      throw new InvalidEventIdError();
    const now = await this.events.now();
    const start = position ?? { since: now };
    const watched = this.enter(stream, now);
    try {
      const head = await watched.feed.advance();
      if (this.isDown()) throw new ShuttingDownError();
      stream.open(streams, toEventId(start));
      await this.send(stream, watched, { start, head });
    } finally {
      this.leave(stream, watched);
    }
  }

  private enter(stream: EventStream, now: Snapshot): Watched {
    const { tenantId } = stream;
    const ofTenant = this.tenants.get(tenantId)?.streams.size ?? 0;
    if (this.count >= MAX_STREAMS || ofTenant >= MAX_STREAMS_OF_TENANT) throw new TooManyStreamsError();
    // The hub was closed while the position was checked.
    if (this.isClosed) throw new ShuttingDownError();
    this.count++;
    const watched = this.tenants.get(tenantId) ?? this.begin(tenantId, now);
    watched.streams.set(stream, undefined);
    return watched;
  }

  private begin(tenantId: string, now: Snapshot): Watched {
    const streams = new Map<EventStream, Piece | undefined>();
    const feed = new TenantFeed(
      now,
      (position) => this.read(tenantId, position),
      () => {
        for (const stream of streams.keys()) stream.wake();
      },
    );
    const watched = { feed, streams };
    this.tenants.set(tenantId, watched);
    return watched;
  }

  private leave(stream: EventStream, { streams }: Watched): void {
    this.count--;
    streams.delete(stream);
    if (streams.size === 0) this.tenants.delete(stream.tenantId);
  }

  /** Sends missed events from the database, then the pieces that the feed reads for all streams. */
  private async send(
    stream: EventStream,
    { feed, streams }: Watched,
    { start, head }: { start: Position; head: Piece },
  ): Promise<void> {
    let piece = head;
    let position = start;
    let isBehind = true;
    while (stream.isOpen) {
      if (isBehind) {
        streams.set(stream, undefined);
        await this.catchUp(stream, position, piece.position.since);
        streams.set(stream, piece);
        isBehind = false;
      }
      const { next } = piece;
      if (feed.hasLost(piece)) {
        position = piece.position;
        piece = await feed.advance();
        isBehind = true;
      } else if (!next) await stream.woken();
      else {
        await stream.write(next.frames, toEventId(next.position));
        piece = next;
        streams.set(stream, piece);
      }
    }
  }

  private async catchUp(stream: EventStream, from: Position, until: Snapshot): Promise<void> {
    let position = from;
    let isRest = true;
    while (isRest && stream.isOpen) {
      const { batch, position: next } = await readPiece(position, (at) =>
        this.read(stream.tenantId, at, until),
      );
      if (batch.events.length > 0) await stream.write(framesOf(position, batch, next), toEventId(next));
      // More events may have become visible after a partly read batch.
      isRest = position.rest !== undefined || next.rest !== undefined;
      position = next;
    }
  }

  private async read(tenantId: string, position: Position, upTo?: Snapshot): Promise<Batch> {
    const batch = await this.events.behind(tenantId, position, BATCH, upTo);
    if (!batch) throw new InvalidEventIdError();
    return batch;
  }

  /** A method, because the type checker would assume that the field does not change during an `await`. */
  private isDown(): boolean {
    return this.isClosed;
  }

  private async look(tenantId: string): Promise<void> {
    try {
      await this.tenants.get(tenantId)?.feed.advance();
    } catch (error) {
      this.logger.debug({ err: error, tenantId }, 'failed to read events');
    }
  }

  /** Reads one tenant after another, so that requests do not wait behind reads for all of them. */
  private async lookEverywhere(): Promise<void> {
    this.isStale = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.takeStale()) {
      for (const tenantId of [...this.tenants.keys()]) if (!this.isClosed) await this.look(tenantId);
    }
    this.isLooking = false;
  }

  private takeStale(): boolean {
    const isStale = this.isStale && !this.isClosed;
    this.isStale = false;
    return isStale;
  }

  private beat(): void {
    for (const { streams } of this.tenants.values()) {
      for (const [stream, piece] of streams) {
        if (piece && !piece.next) stream.beat(toEventId(piece.position));
      }
    }
  }
}
