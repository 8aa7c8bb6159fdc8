const FIRST_BYTES = 1024;

/** Copies parts into one buffer that doubles, because each part that is kept needs some hundred bytes more than its data. */
export class GrowingBuffer {
  length = 0;
  private buffer: Buffer = Buffer.alloc(0);

  /** @param usualBytes it grows to at most this size, unless its content is larger */
  constructor(private readonly usualBytes: number) {}

  append(part: Buffer): void {
    const needed = this.length + part.length;
    if (needed > this.buffer.length) {
      const doubled = Math.min(Math.max(2 * this.buffer.length, FIRST_BYTES), this.usualBytes);
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, doubled));
      this.buffer.copy(grown, 0, 0, this.length);
      this.buffer = grown;
    }
    part.copy(this.buffer, this.length);
    this.length = needed;
  }

  /** The content, which is not copied. */
  content(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}
