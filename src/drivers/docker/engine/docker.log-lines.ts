/** Longer lines are truncated to this length. */
export const LONGEST_LINE_BYTES = 8192;

const HEADER_BYTES = 8;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** A line that is being assembled. */
class Line {
  private bytes = Buffer.alloc(0);

  add(piece: Buffer): void {
    const room = LONGEST_LINE_BYTES - this.bytes.length;
    if (room > 0) this.bytes = Buffer.concat([this.bytes, piece.subarray(0, room)]);
  }

  end(): string {
    const isPadded = this.bytes.at(-1) === RETURN;
    const text = this.bytes.subarray(0, isPadded ? -1 : undefined).toString('utf8');
    this.bytes = Buffer.alloc(0);
    return text;
  }

  get isBegun(): boolean {
    return this.bytes.length > 0;
  }
}

/**
 * Parses an engine's log stream, which multiplexes standard output and error in chunks. Each chunk has a header:
 * one byte for the stream, three unused, four for the length. Buffers at most one line per stream.
 */
export class LogLines {
  private readonly lines = new Map<number, Line>();
  private header = Buffer.alloc(0);
  private current = new Line();
  private left = 0;

  /** The lines that end in this chunk. */
  take(chunk: Buffer): string[] {
    const found: string[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      if (this.left === 0) {
        rest = this.takeHeader(rest);
      } else {
        const payload = rest.subarray(0, this.left);
        this.left -= payload.length;
        rest = rest.subarray(payload.length);
        this.split(payload, found);
      }
    }
    return found;
  }

  /** The last lines, if they are not terminated. */
  rest(): string[] {
    return [...this.lines.values()].filter((line) => line.isBegun).map((line) => line.end());
  }

  private takeHeader(rest: Buffer): Buffer {
    const wanted = HEADER_BYTES - this.header.length;
    this.header = Buffer.concat([this.header, rest.subarray(0, wanted)]);
    if (this.header.length === HEADER_BYTES) {
      const stream = this.header.readUInt8(0);
      this.current = this.lines.get(stream) ?? new Line();
      this.lines.set(stream, this.current);
      this.left = this.header.readUInt32BE(4);
      this.header = Buffer.alloc(0);
    }
    return rest.subarray(wanted);
  }

  private split(payload: Buffer, found: string[]): void {
    let from = 0;
    for (let end = payload.indexOf(NEWLINE); end >= 0; end = payload.indexOf(NEWLINE, from)) {
      this.current.add(payload.subarray(from, end));
      found.push(this.current.end());
      from = end + 1;
    }
    if (from < payload.length) this.current.add(payload.subarray(from));
  }
}
