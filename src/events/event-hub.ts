import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  EventStreamsDisabledError,
  ShuttingDownError,
  TooManyStreamsError,
} from '../common/errors/wait.errors';
import { AppConfig } from '../config';
import { InstanceSignals } from '../instances';
import { InvalidEventIdError, toEventId, type Position, type Snapshot } from './cursor';
import type { EventStream } from './event-stream';
import { EventsRepository, type Batch } from './events.repository';
import { BATCH, framesOf, readPiece, TenantFeed, type Piece } from './tenant-feed';

const MAX_STREAMS = 10_000;
const MAX_STREAMS_OF_TENANT = 2000;

interface Watched {
  readonly feed: TenantFeed;
  /** Where each is; undefined while it catches up. */
  readonly streams: Map<EventStream, Piece | undefined>;
}

/** Wakes the streams of a tenant when something of it changes, and reads the news once for all of them. */
@Injectable()
export class EventHub implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Events');
  private readonly tenants = new Map<string, Watched>();
  private readonly timers: NodeJS.Timeout[] = [];
  private isClosed = false;
  private isLooking = false;
  /** Whether something may have been missed since the round that is under way began. */
  private isStale = false;
  private count = 0;

  constructor(
    private readonly config: AppConfig,
    private readonly signals: InstanceSignals,
    private readonly events: EventsRepository,
  ) {}

  /** How many streams are open. */
  get size(): number {
    return this.count;
  }

  onModuleInit(): void {
    const { pollMs, heartbeatMs } = this.config.events;
    this.signals.on('changed', (tenantId) => void this.look(tenantId));
    this.signals.on('resync', () => void this.lookEverywhere());
    this.timers.push(setInterval(() => void this.lookEverywhere(), pollMs).unref());
    this.timers.push(setInterval(() => this.beat(), heartbeatMs).unref());
  }

  /** Streams are ended at once: their clients come again, to another replica. */
  onModuleDestroy(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const { streams } of this.tenants.values()) for (const stream of streams.keys()) stream.end();
  }

  /**
   * Tells a stream everything behind a position, or from now on, until it ends.
   * @throws {InvalidEventIdError | TooManyStreamsError | ShuttingDownError} before it is opened.
   * @throws {EventStreamsDisabledError}
   */
  async follow(stream: EventStream, position?: Position): Promise<void> {
    const { streams } = this.config.events;
    if (!streams.isEnabled) throw new EventStreamsDisabledError('GET /instances/{id}/events');
    if (this.isClosed) throw new ShuttingDownError();
    // Before the stream is opened: whatever is wrong with the position is said in a problem document.
    if (position && !(await this.events.behind(stream.tenantId, position, 0)))
      throw new InvalidEventIdError();
    const now = await this.events.now();
    const start = position ?? { since: now };
    const watched = this.enter(stream, now);
    try {
      const head = await watched.feed.advance();
      if (this.isDown()) throw new ShuttingDownError();
      stream.open(streams, toEventId(start));
      await this.tell(stream, watched, { start, head });
    } finally {
      this.leave(stream, watched);
    }
  }

  private enter(stream: EventStream, now: Snapshot): Watched {
    const { tenantId } = stream;
    const ofTenant = this.tenants.get(tenantId)?.streams.size ?? 0;
    if (this.count >= MAX_STREAMS || ofTenant >= MAX_STREAMS_OF_TENANT) throw new TooManyStreamsError();
    // Closed while its position was looked at.
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

  /** What it has missed from the database, then piece by piece what the feed reads for all. */
  private async tell(
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
      // Behind the rest of a batch, too, there is what came after it.
      isRest = position.rest !== undefined || next.rest !== undefined;
      position = next;
    }
  }

  private async read(tenantId: string, position: Position, upTo?: Snapshot): Promise<Batch> {
    const batch = await this.events.behind(tenantId, position, BATCH, upTo);
    if (!batch) throw new InvalidEventIdError();
    return batch;
  }

  /** A method, since it may change while something is waited for. */
  private isDown(): boolean {
    return this.isClosed;
  }

  private async look(tenantId: string): Promise<void> {
    try {
      await this.tenants.get(tenantId)?.feed.advance();
    } catch (error) {
      this.logger.debug({ err: error, tenantId }, 'cannot look for events');
    }
  }

  /** One tenant after the other: requests must not wait behind a look at all of them. */
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
