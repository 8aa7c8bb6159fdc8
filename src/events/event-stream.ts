import type { Response } from 'express';
import { Bell } from '../common/bell';
import { SseStream, type SseLimits, type SseOptions } from '../common/http/sse';

/** One connection that is told events, and where it is; who is ended for its slowness goes on where it was. */
export class EventStream {
  private readonly stream: SseStream;
  private readonly bell = new Bell();
  private lastId: string | undefined;

  constructor(
    readonly tenantId: string,
    response: Response,
    options: SseOptions = {},
  ) {
    this.stream = new SseStream(response, options);
    this.stream.signal.addEventListener('abort', () => this.wake());
  }

  get isOpen(): boolean {
    return this.stream.isOpen;
  }

  /** From here on there is no problem document any more. An id without data is where the client begins. */
  open(limits: SseLimits, id: string): void {
    this.stream.open(limits, `id: ${id}\n`);
    this.lastId = id;
  }

  /** Resolves when the client has room for more; false where it is gone. */
  write(frames: string, id: string): Promise<boolean> {
    this.lastId = id;
    return this.stream.write(frames);
  }

  /** Shows that it is alive, and keeps the position of a client fresh that sees no events. */
  beat(id: string): void {
    if (this.stream.beat(id === this.lastId ? undefined : `id: ${id}\n\n`)) this.lastId = id;
  }

  wake(): void {
    this.bell.ring();
  }

  /** Resolves when it was woken since the last time. */
  woken(): Promise<void> {
    return this.bell.rung();
  }

  end(): void {
    this.stream.end();
  }
}
