import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';

/** Lines are written together once there are this many characters, or after this time. */
const GATHER = { characters: 4096, ms: 100 };

export interface LogStreamOptions {
  readonly out: Writable;
  /** Limit of what waits for the reader; lines beyond it are dropped and counted. */
  readonly maxCharacters: number;
  /** Called when the reader has caught up, with the number of lines that were dropped before. */
  readonly onDropped: (lines: number) => void;
}

/**
 * Gathers log lines and writes one chunk at a time, so that neither a slow reader nor one that never
 * reads delays a request, grows the memory without bound, or keeps the process from exiting.
 */
export class LogStream implements DestinationStream {
  private lines: string[] = [];
  private characters = 0;
  private dropped = 0;
  private isWriting = false;
  private timer: NodeJS.Timeout | undefined;
  private flushes: (() => void)[] = [];

  constructor(private readonly options: LogStreamOptions) {
    // Every failed write is handled by its callback; an unhandled event would end the process.
    options.out.on('error', () => undefined);
  }

  write(line: string): void {
    if (this.characters + line.length > this.options.maxCharacters) {
      this.dropped++;
      return;
    }
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters >= GATHER.characters) this.send();
    else this.timer ??= setTimeout(() => this.send(), GATHER.ms).unref();
  }

  /** Writes what has gathered; `done` is called when all of it is written. */
  flush(done?: () => void): void {
    if (done) this.flushes.push(done);
    this.send();
    this.finishFlushes();
  }

  /** For the end of the process: returns the lines that were not handed to the output yet. */
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
