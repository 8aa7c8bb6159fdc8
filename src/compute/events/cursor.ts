import { InvalidEventIdError } from './event.errors';

/**
 * A PostgreSQL snapshot: the transactions that had ended at some moment. These are all below `xmin`, and those
 * from `xmin` to below `xmax` that are not listed.
 */
export interface Snapshot {
  readonly xmin: bigint;
  readonly xmax: bigint;
  /** In ascending order. */
  readonly inProgress: readonly bigint[];
}

/**
 * A reader's position. It has received all events visible in `since` and, of those that became visible from
 * there to `rest.until`, the ones up to number `rest.seq`.
 */
export interface Position {
  readonly since: Snapshot;
  readonly rest?: { readonly until: Snapshot; readonly seq: bigint };
}

const SNAPSHOT = /^(\d+):(\d+):((?:\d+(?:,\d+)*)?)$/;
const TOKEN = /^[A-Za-z0-9_-]{1,8192}$/;
/** The first byte of an id, which determines the format of the rest. */
const WHOLE = 1;
const MIDDLE = 2;
/** Exceeds any future transaction id, and is still accepted by the database. */
const LARGEST = 1n << 62n;
/** The bits of a transaction id that count within its epoch; they are never 0. */
const IN_EPOCH = 0xffff_ffffn;

/** @throws {Error} if the text is not a `pg_snapshot`. */
export function fromPgSnapshot(text: string): Snapshot {
  const [, xmin, xmax, list] = SNAPSHOT.exec(text) ?? [];
  if (xmin === undefined || xmax === undefined) throw new Error(`${text} is not a snapshot`);
  const inProgress = list === undefined || list === '' ? [] : list.split(',').map(BigInt);
  return { xmin: BigInt(xmin), xmax: BigInt(xmax), inProgress };
}

export function toPgSnapshot({ xmin, xmax, inProgress }: Snapshot): string {
  return `${xmin}:${xmax}:${inProgress.join(',')}`;
}

/** Encodes a position as an event id. */
export function toEventId({ since, rest }: Position): string {
  const bytes = [rest ? MIDDLE : WHOLE];
  write(bytes, since);
  if (rest) {
    write(bytes, rest.until);
    writeNumber(bytes, rest.seq);
  }
  return Buffer.from(bytes).toString('base64url');
}

/** @throws {InvalidEventIdError} for anything that `toEventId` cannot have produced. */
export function fromEventId(id: string): Position {
  if (!TOKEN.test(id)) throw new InvalidEventIdError();
  const reader = new Reader(Buffer.from(id, 'base64url'));
  const kind = reader.byte();
  const since = reader.snapshot();
  const position =
    kind === MIDDLE ? { since, rest: { until: reader.snapshot(), seq: reader.number() } } : { since };
  // Each position has exactly one valid encoding.
  if (toEventId(position) !== id) throw new InvalidEventIdError();
  return position;
}

/** Writes differences, which are shorter than full ids: two snapshots fit into a few dozen characters. */
function write(bytes: number[], { xmin, xmax, inProgress }: Snapshot): void {
  writeNumber(bytes, xmin);
  writeNumber(bytes, xmax - xmin);
  writeNumber(bytes, BigInt(inProgress.length));
  let last = xmin;
  for (const xid of inProgress) {
    writeNumber(bytes, xid - last);
    last = xid;
  }
}

function writeNumber(bytes: number[], value: bigint): void {
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
}

class Reader {
  private offset = 0;

  constructor(private readonly bytes: Buffer) {}

  byte(): number {
    const value = this.bytes[this.offset++];
    if (value === undefined) throw new InvalidEventIdError();
    return value;
  }

  number(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (value >= LARGEST || shift > 63n) throw new InvalidEventIdError();
      if (byte < 128) return value;
    }
  }

  snapshot(): Snapshot {
    const xmin = this.number();
    const xmax = xmin + this.number();
    const inProgress: bigint[] = [];
    let last = xmin;
    for (let left = this.number(); left > 0n; left--) {
      const xid = last + this.number();
      if (xid >= xmax || (inProgress.length > 0 && xid === last)) throw new InvalidEventIdError();
      inProgress.push(xid);
      last = xid;
    }
    if (!isTransaction(xmin) || !isTransaction(xmax)) throw new InvalidEventIdError();
    return { xmin, xmax, inProgress };
  }
}

/** Whether PostgreSQL accepts the number in the text of a snapshot. */
function isTransaction(xid: bigint): boolean {
  return xid < LARGEST && (xid & IN_EPOCH) !== 0n;
}
