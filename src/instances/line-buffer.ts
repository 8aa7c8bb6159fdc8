import { setImmediate as turn } from 'node:timers/promises';
import { Bell } from '../common/bell';
import { toFrame } from './console-lines';

/** Characters that are read ahead; beyond it, nothing is asked of the source until somebody takes them. */
const MAX_AHEAD = 65_536;

/** Lines on their way from an engine to a client, gathered so that what comes at once is sent at once. */
export class LineBuffer {
  private frames = '';
  private hasEnded = false;
  private failure: { readonly error: unknown } | undefined;
  private readonly filled = new Bell();
  private readonly emptied = new Bell();

  /** Begins to read. The signal ends it, also where the source takes no notice of that. */
  constructor(
    source: () => AsyncIterable<string>,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => {
      this.filled.ring();
      this.emptied.ring();
    });
    void this.fill(source);
  }

  /**
   * Resolves when there is something to take, when it has ended, and in any case after a while.
   * @throws what the source rejects with before its first line.
   */
  async begun(patienceMs: number): Promise<void> {
    const patience = AbortSignal.timeout(patienceMs);
    patience.addEventListener('abort', () => this.filled.ring(), { once: true });
    while (!patience.aborted && this.isWaiting()) await this.filled.rung();
    if (this.frames === '' && !this.signal.aborted) this.raise();
  }

  /**
   * What has come since the last time, as soon as there is anything; undefined at the end.
   * @throws what the source rejects with, when all that came before it was taken.
   */
  async take(): Promise<string | undefined> {
    while (this.isWaiting()) await this.filled.rung();
    await turn();
    if (this.signal.aborted) return undefined;
    const { frames } = this;
    this.frames = '';
    this.emptied.ring();
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
        this.filled.ring();
        while (this.isFull()) await this.emptied.rung();
      }
    } catch (error) {
      this.failure = { error };
    } finally {
      this.hasEnded = true;
      this.filled.ring();
    }
  }
}
