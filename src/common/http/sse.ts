import { once } from 'node:events';
import type { Response } from 'express';
import { withTimeout } from '../bounded';

const DRAIN_TIMEOUT_MS = 30_000;
/** What a browser waits before it connects again. */
const RETRY_MS = 1000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
  // Whoever comes again finds a replica that is not just going down.
  Connection: 'close',
};

export interface SseOptions {
  /** How long a client may take nothing before it is ended. */
  readonly drainTimeoutMs?: number;
}

/**
 * When a stream is ended although its connection is open. A proxy may keep the connection of a client
 * that is gone, and then nothing else would end it.
 */
export interface SseLimits {
  readonly maxMs: number;
  /** Time without a write; heartbeats do not count. */
  readonly idleMs: number;
  /** Sent at the end. */
  readonly lastFrame?: string;
}

/**
 * One answer that goes on: server-sent events (HTML Living Standard, 9.2). It buffers no more than one
 * piece beyond what the socket takes, as long as nothing is written before the last write has resolved.
 */
export class SseStream {
  private readonly over = new AbortController();
  private isDraining = false;
  private readonly drainTimeoutMs: number;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly response: Response,
    { drainTimeoutMs = DRAIN_TIMEOUT_MS }: SseOptions = {},
  ) {
    this.drainTimeoutMs = drainTimeoutMs;
    response.once('close', () => this.over.abort());
  }

  /** Aborts when the client is gone, or the stream was ended here. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  get isOpen(): boolean {
    return !this.over.signal.aborted;
  }

  /** Sends the head, after which no problem document can follow. `fields` go into the first block beside `retry`. */
  open(limits: SseLimits, fields = ''): void {
    if (!this.isOpen) return;
    this.response.writeHead(200, HEADERS);
    this.response.write(`retry: ${RETRY_MS}\n${fields}\n`);
    const expire = (): void => this.end(limits.lastFrame);
    const life = setTimeout(expire, limits.maxMs);
    const idle = setTimeout(expire, limits.idleMs);
    this.idleTimer = idle;
    const clear = (): void => {
      clearTimeout(life);
      clearTimeout(idle);
    };
    this.signal.addEventListener('abort', clear, { once: true });
  }

  /** Resolves when the client has room for more; false where it is gone. */
  async write(frames: string): Promise<boolean> {
    if (!this.isOpen) return false;
    this.idleTimer?.refresh();
    if (this.response.write(frames)) return true;
    this.isDraining = true;
    try {
      const deadline = { timeoutMs: this.drainTimeoutMs, signal: this.over.signal };
      await withTimeout(deadline, (signal) => once(this.response, 'drain', { signal }));
      return true;
    } catch {
      this.response.destroy();
      return false;
    } finally {
      this.isDraining = false;
    }
  }

  /** Shows that it is alive; false where there was no room or need for that. */
  beat(frame = ':\n\n'): boolean {
    const { headersSent, writableNeedDrain } = this.response;
    if (!this.isOpen || !headersSent || writableNeedDrain || this.isDraining) return false;
    this.response.write(frame);
    return true;
  }

  end(lastFrame = ''): void {
    const { response } = this;
    if (this.isOpen && response.headersSent) {
      response.end(lastFrame);
      // A client that reads nothing would keep the connection open.
      const timer = setTimeout(() => response.destroy(), this.drainTimeoutMs).unref();
      response.once('close', () => clearTimeout(timer));
    }
    this.over.abort();
  }
}
