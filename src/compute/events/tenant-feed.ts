import { toEventId, type Position, type Snapshot } from './cursor';
import type { InstanceEvent } from './event';
import type { Batch } from './events.repository';

/** Events per read, which bounds the memory used by each reader. */
export const BATCH = 200;
/** Pieces that a slow stream may lag behind; beyond that, it reads on its own until it has caught up. */
const MAX_LAG = 16;

/** The events of one read, serialized once for all streams, and the position after them. */
export interface Piece {
  readonly frames: string;
  position: Position;
  /** Number of preceding pieces. */
  readonly number: number;
  /** Missing in the newest piece, and in pieces that lag too far behind. */
  next?: Piece;
}

type Read = (position: Position) => Promise<Batch>;

/**
 * New events of one tenant, read once for all its streams. Each stream follows the linked list of pieces
 * at its own pace, and keeps its current piece and the next few in memory. The list is cut at pieces that
 * lag too far behind; otherwise one client that does not read would retain all later events.
 */
export class TenantFeed {
  private head: Piece;
  /** The pieces before the head that are still linked, oldest first; only streams keep them alive. */
  private readonly recent: WeakRef<Piece>[] = [];
  private running: Promise<unknown> = Promise.resolve();
  private queued: Promise<Piece> | undefined;

  constructor(
    start: Snapshot,
    private readonly read: Read,
    private readonly onNews: () => void,
  ) {
    this.head = { frames: '', position: { since: start }, number: 0 };
  }

  /** Whether a stream at this piece is so far behind that it must read on its own. */
  hasLost(piece: Piece): boolean {
    return this.head.number - piece.number > MAX_LAG;
  }

  /** Reads new events; calls made during a read share the next one. */
  advance(): Promise<Piece> {
    this.queued ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        const reading = this.readAll();
        this.running = reading;
        return reading;
      });
    return this.queued;
  }

  private async readAll(): Promise<Piece> {
    for (;;) {
      const { batch, position } = await readPiece(this.head.position, this.read);
      if (batch.events.length === 0) this.head.position = position;
      else this.append(framesOf(this.head.position, batch, position), position);
      if (!position.rest) return this.head;
    }
  }

  private append(frames: string, position: Position): void {
    const piece: Piece = { frames, position, number: this.head.number + 1 };
    this.head.next = piece;
    this.recent.push(new WeakRef(this.head));
    this.head = piece;
    if (this.recent.length > MAX_LAG) delete this.recent.shift()?.deref()?.next;
    this.onNews();
  }
}

/** Reads one batch after a position; returns it and the position after it. */
export async function readPiece(
  position: Position,
  read: Read,
): Promise<{ batch: Batch; position: Position }> {
  const batch = await read(position);
  const last = batch.events.at(-1);
  const isAll = batch.events.length < BATCH || last === undefined;
  const rest = isAll ? undefined : { until: batch.until, seq: last.seq };
  return { batch, position: rest ? { since: position.since, rest } : { since: batch.until } };
}

/** Serializes events for streams; each event's id is the position after it. */
export function framesOf({ since }: Position, { events, until }: Batch, end: Position): string {
  return events
    .map(({ seq, event }, index) => {
      const isLast = index === events.length - 1;
      return frameOf(toEventId(isLast ? end : { since, rest: { until, seq } }), event);
    })
    .join('');
}

function frameOf(id: string, event: InstanceEvent): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
