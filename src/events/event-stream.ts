import { once } from 'node:events';
import type { Response } from 'express';

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

export interface EventStreamOptions {
  /** How long a client may take nothing before it is ended; it comes again and goes on where it was. */
  readonly drainTimeoutMs?: number;
}

/** One connection that is told events. It buffers no more than one piece beyond what the socket takes. */
export class EventStream {
  readonly tenantId: string;
  private readonly gone = new AbortController();
  private isDraining = false;
  private lastId: string | undefined;
  private wakeUp: (() => void) | undefined;
  private isWoken = false;
  private readonly drainTimeoutMs: number;

  constructor(
    tenantId: string,
    private readonly response: Response,
    { drainTimeoutMs = DRAIN_TIMEOUT_MS }: EventStreamOptions = {},
  ) {
    this.tenantId = tenantId;
    this.drainTimeoutMs = drainTimeoutMs;
    response.once('close', () => {
      this.gone.abort();
      this.wake();
    });
  }

  get isOpen(): boolean {
    return !this.gone.signal.aborted;
  }

  /** From here on there is no problem document any more. An id without data is where the client begins. */
  open(id: string): void {
    this.response.writeHead(200, HEADERS);
    this.response.write(`retry: ${RETRY_MS}\nid: ${id}\n\n`);
    this.lastId = id;
  }

  /** Resolves when the client has room for more; false where it is gone. */
  async write(frames: string, id: string): Promise<boolean> {
    if (!this.isOpen) return false;
    this.lastId = id;
    if (this.response.write(frames)) return true;
    this.isDraining = true;
    try {
      const signal = AbortSignal.any([this.gone.signal, AbortSignal.timeout(this.drainTimeoutMs)]);
      await once(this.response, 'drain', { signal });
      return true;
    } catch {
      this.response.destroy();
      return false;
    } finally {
      this.isDraining = false;
    }
  }

  /** Shows that it is alive, and keeps the position of a client fresh that sees no events. */
  beat(id: string): void {
    if (!this.isOpen || !this.response.headersSent || this.isDraining) return;
    this.response.write(id === this.lastId ? ':\n\n' : `id: ${id}\n\n`);
    this.lastId = id;
  }

  wake(): void {
    this.isWoken = true;
    this.wakeUp?.();
  }

  /** Resolves when it was woken since the last time. */
  async woken(): Promise<void> {
    if (!this.isWoken) {
      await new Promise<void>((resolve) => {
        this.wakeUp = resolve;
      });
    }
    this.isWoken = false;
    this.wakeUp = undefined;
  }

  end(): void {
    if (this.isOpen && this.response.headersSent) this.response.end();
    this.gone.abort();
    this.wake();
  }
}
