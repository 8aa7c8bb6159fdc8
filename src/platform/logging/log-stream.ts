import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';

/** Lines are written in batches, at this many characters or after this time. */
const GATHER = { characters: 4096, ms: 100 };

export interface LogStreamOptions {
  readonly out: Writable;
  /** Maximum characters waiting for the reader; lines beyond it are dropped and counted. */
  readonly maxCharacters: number;
  /** Called with the number of dropped lines once the reader has caught up. */
  readonly onDropped: (lines: number) => void;
  /** Turns a line of JSON into the text to write. */
  readonly format?: ((line: string) => string) | undefined;
}

/**
 * Batches log lines and writes one chunk at a time, so that a slow or stalled reader never delays a request, grows the
 * memory without bound, or keeps the process from exiting.
 */
export class LogStream implements DestinationStream {
  private lines: string[] = [];
  private characters = 0;
  private dropped = 0;
  private isWriting = false;
  private timer: NodeJS.Timeout | undefined;
  private flushes: (() => void)[] = [];

  constructor(private readonly options: LogStreamOptions) {
    // Failed writes are handled by their callbacks; an unhandled `error` event would end the process.
    options.out.on('error', () => undefined);
  }

  write(json: string): void {
    const line = this.options.format?.(json) ?? json;
    if (this.characters + line.length > this.options.maxCharacters) {
      this.dropped++;
      return;
    }
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters >= GATHER.characters) this.send();
    else this.timer ??= setTimeout(() => this.send(), GATHER.ms).unref();
  }

  /** Writes the buffered lines; `done` is called when all of them are written. */
  flush(done?: () => void): void {
    if (done) this.flushes.push(done);
    this.send();
    this.finishFlushes();
  }

  /** For process exit: returns the lines not yet passed to the output. */
  takeRest(): string {
    const rest = this.isWriting ? '' : this.lines.join('');
    this.lines = [];
    return rest;
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isWriting || this.lines.length === 0) return;
    const { lines } = this;
    const chunk = lines.join('');
    this.lines = [];
    this.isWriting = true;
    this.options.out.write(chunk, (error) => {
      this.isWriting = false;
      this.characters -= chunk.length;
      if (error) this.dropped += lines.length;
      else this.reportDropped();
      this.send();
      this.finishFlushes();
    });
  }

  private reportDropped(): void {
    const { dropped } = this;
    this.dropped = 0;
    if (dropped > 0) this.options.onDropped(dropped);
  }

  private finishFlushes(): void {
    if (this.isWriting) return;
    const { flushes } = this;
    this.flushes = [];
    for (const done of flushes) done();
  }
}
