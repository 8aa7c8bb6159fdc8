import { setImmediate as turn } from 'node:timers/promises';
import { AutoResetEvent } from '../../../platform/async/auto-reset-event';
import { toFrame } from './console-lines';

/** Characters to read ahead; beyond that, reading pauses until they are taken. */
const MAX_AHEAD = 65_536;

/** Buffers lines on their way from an engine to a client, so that lines that arrive together are sent together. */
export class LineBuffer {
  private frames = '';
  private hasEnded = false;
  private failure: { readonly error: unknown } | undefined;
  private readonly filled = new AutoResetEvent();
  private readonly emptied = new AutoResetEvent();

  /** Starts reading. Aborting the signal ends it, even if the source ignores the signal. */
  constructor(
    source: () => AsyncIterable<string>,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => {
      this.filled.set();
      this.emptied.set();
    });
    void this.fill(source);
  }

  /**
   * Resolves when lines are available, when the source ends, or after `patienceMs` at the latest.
   * @throws what the source rejects with before its first line.
   */
  async begun(patienceMs: number): Promise<void> {
    const patience = AbortSignal.timeout(patienceMs);
    patience.addEventListener('abort', () => this.filled.set(), { once: true });
    while (!patience.aborted && this.isWaiting()) await this.filled.wait();
    if (this.frames === '' && !this.signal.aborted) this.raise();
  }

  /**
   * Waits for lines and takes all of them; undefined at the end.
   * @throws what the source rejects with, once all earlier lines are taken.
   */
  async take(): Promise<string | undefined> {
    while (this.isWaiting()) await this.filled.wait();
    await turn();
    if (this.signal.aborted) return undefined;
    const { frames } = this;
    this.frames = '';
    this.emptied.set();
    if (frames !== '') return frames;
    this.raise();
    return undefined;
  }

  private isWaiting(): boolean {
    return this.frames === '' && !this.hasEnded && !this.signal.aborted;
  }

  private isFull(): boolean {
    return this.frames.length >= MAX_AHEAD && !this.signal.aborted;
  }

  private raise(): void {
    if (this.failure) throw this.failure.error;
  }

  private async fill(source: () => AsyncIterable<string>): Promise<void> {
    try {
      for await (const line of source()) {
        if (this.signal.aborted) break;
        this.frames += toFrame(line);
        this.filled.set();
        while (this.isFull()) await this.emptied.wait();
      }
    } catch (error) {
      this.failure = { error };
    } finally {
      this.hasEnded = true;
      this.filled.set();
    }
  }
}
