import { toEventId, type Position, type Snapshot } from './cursor';
import type { InstanceEvent } from './event';
import type { Batch } from './events.repository';

/** Events of one read: so much is in memory at once, for each that reads. */
export const BATCH = 200;

/** What came in one piece, written out once for all streams, and where that leaves who has it. */
export interface Piece {
  readonly frames: string;
  position: Position;
  /** How many pieces came before it. */
  readonly number: number;
  next?: Piece;
}

type Read = (position: Position) => Promise<Batch>;

/**
 * The news of one tenant, read once for all its streams: each follows the chain of pieces at its own
 * pace. Only the piece that a stream is at, and what came after it, is kept.
 */
export class TenantFeed {
  private head: Piece;
  private running: Promise<unknown> = Promise.resolve();
  private queued: Promise<Piece> | undefined;

  constructor(
    start: Snapshot,
    private readonly read: Read,
    private readonly onNews: () => void,
  ) {
    this.head = { frames: '', position: { since: start }, number: 0 };
  }

  /** How many pieces a stream that is at this one is behind. */
  lagOf(piece: Piece): number {
    return this.head.number - piece.number;
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
    this.head = piece;
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
