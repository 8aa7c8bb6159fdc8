import { toEventId, type Position, type Snapshot } from './cursor';
import type { InstanceEvent } from './event';
import type { Batch } from './events.repository';

/** Events of one read: so much is in memory at once, for each that reads. */
export const BATCH = 200;
/** Pieces that a slow stream may hold back; beyond it, it reads on its own until it has caught up. */
const MAX_LAG = 16;

/** What came in one piece, written out once for all streams, and where that leaves who has it. */
export interface Piece {
  readonly frames: string;
  position: Position;
  /** How many pieces came before it. */
  readonly number: number;
  /** Missing where it is the newest, and where whoever is at it has lost touch. */
  next?: Piece;
}

type Read = (position: Position) => Promise<Batch>;

/**
 * The news of one tenant, read once for all its streams: each follows the chain of pieces at its own
 * pace. Only the piece that a stream is at, and the few that came after it, are kept: the chain is cut
 * behind who has lost touch, or one client that does not read would hold all that happens meanwhile.
 */
export class TenantFeed {
  private head: Piece;
  /** The pieces before the head whose chain is whole, oldest first; it is for the streams to keep them. */
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

  /** Whether a stream that is at this piece is so far behind that it must read on its own. */
  hasLost(piece: Piece): boolean {
    return this.head.number - piece.number > MAX_LAG;
  }

  /** Reads what is new; calls that come while a read is under way share the next one. */
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

/** One read behind a position, and the position that it leads to. */
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

/** The events as a stream has them; each carries the position of who has come that far. */
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
