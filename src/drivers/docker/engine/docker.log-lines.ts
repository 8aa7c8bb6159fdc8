import { LineSplitter } from '../../../platform/values/line-splitter';

/** Longer lines are truncated to this length. */
export const LONGEST_LINE_BYTES = 8192;

const HEADER_BYTES = 8;
const RETURN = 0x0d;

/**
 * Parses an engine's log stream, which multiplexes standard output and error in chunks. Each chunk has a header:
 * one byte for the stream, three unused, four for the length. Buffers at most one line per stream.
 */
export class LogLines {
  private readonly lines = new Map<number, LineSplitter>();
  private header = Buffer.alloc(0);
  private current = newSplitter();
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
        found.push(...this.current.take(payload).map(toText));
      }
    }
    return found;
  }

  /** The last lines, if they are not terminated. */
  rest(): string[] {
    return [...this.lines.values()].flatMap((line) => line.end()).map(toText);
  }

  private takeHeader(rest: Buffer): Buffer {
    const wanted = HEADER_BYTES - this.header.length;
    this.header = Buffer.concat([this.header, rest.subarray(0, wanted)]);
    if (this.header.length === HEADER_BYTES) {
      const stream = this.header.readUInt8(0);
      this.current = this.lines.get(stream) ?? newSplitter();
      this.lines.set(stream, this.current);
      this.left = this.header.readUInt32BE(4);
      this.header = Buffer.alloc(0);
    }
    return rest.subarray(wanted);
  }
}

function newSplitter(): LineSplitter {
  return new LineSplitter(LONGEST_LINE_BYTES, 'truncate');
}

function toText(line: Buffer): string {
  const bytes = line.subarray(0, LONGEST_LINE_BYTES);
  return bytes.subarray(0, bytes.at(-1) === RETURN ? -1 : undefined).toString('utf8');
}
