import { once } from 'node:events';
import type { Response } from 'express';
import { abortOnTimeout } from '../../async/timeout';

const DRAIN_TIMEOUT_MS = 30_000;
/** Delay before a browser reconnects. */
const RETRY_MS = 1000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
  // Lets a reconnecting client reach a replica that is not shutting down.
  Connection: 'close',
};

export interface SseOptions {
  /** How long a client may stop reading before it is disconnected. */
  readonly drainTimeoutMs?: number;
}

/**
 * Limits after which an open stream is ended. A proxy may keep the connection of a vanished client open, and nothing
 * else would end it.
 */
export interface SseLimits {
  readonly maxMs: number;
  /** Time without a write; heartbeats do not count. */
  readonly idleMs: number;
  /** Frame sent before the stream ends. */
  readonly lastFrame?: string;
}

/**
 * A response of server-sent events (HTML Living Standard, 9.2). It buffers at most one chunk beyond what the socket
 * takes, provided that callers wait for each write to resolve before the next one.
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

  /** Aborts when the client disconnects or the stream is ended here. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  get isOpen(): boolean {
    return !this.over.signal.aborted;
  }

  /** Sends the response head; a problem document cannot follow. `fields` go into the first block after `retry`. */
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

  /** Resolves when the client can take more; false if it is gone. */
  async write(frames: string): Promise<boolean> {
    if (!this.isOpen) return false;
    this.idleTimer?.refresh();
    if (this.response.write(frames)) return true;
    this.isDraining = true;
    try {
      const deadline = { timeoutMs: this.drainTimeoutMs, signal: this.over.signal };
      await abortOnTimeout(deadline, (signal) => once(this.response, 'drain', { signal }));
      return true;
    } catch {
      this.response.destroy();
      return false;
    } finally {
      this.isDraining = false;
    }
  }

  /** Sends a heartbeat unless the stream is not open or a write is draining; returns whether it was sent. */
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
