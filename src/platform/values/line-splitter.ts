const NEWLINE = 10;

/**
 * What happens to an unfinished line that is too long: its end is dropped, it becomes several lines, or an error is
 * thrown.
 */
export type Overlong = 'truncate' | 'split' | 'throw';

export class LineTooLongError extends Error {}

/** Splits bytes into lines, without their line feeds. Buffers an unfinished line, at most `maxBytes` of it. */
export class LineSplitter {
  private rest = Buffer.alloc(0);

  constructor(
    private readonly maxBytes: number,
    private readonly overlong: Overlong,
  ) {}

  /**
   * The lines that end in this chunk; these can be longer than the maximum.
   * @throws {LineTooLongError}
   */
  take(chunk: Buffer): Buffer[] {
    const bytes = Buffer.concat([this.rest, chunk]);
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      lines.push(bytes.subarray(from, end));
      from = end + 1;
    }
    if (this.overlong === 'split') {
      for (; bytes.length - from > this.maxBytes; from += this.maxBytes)
        lines.push(bytes.subarray(from, from + this.maxBytes));
    }
    if (this.overlong === 'throw' && bytes.length - from > this.maxBytes) throw new LineTooLongError();
    // A copy, so that the chunk can be freed.
    this.rest = Buffer.from(bytes.subarray(from, from + this.maxBytes));
    return lines;
  }

  /** The unfinished last line, if any. */
  end(): Buffer[] {
    const last = this.rest;
    this.rest = Buffer.alloc(0);
    return last.length === 0 ? [] : [last];
  }
}
