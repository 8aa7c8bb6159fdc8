import type { Response } from 'express';
import { AutoResetEvent } from '../../../platform/async/auto-reset-event';
import { SseStream, type SseLimits, type SseOptions } from '../../../platform/http/responses/sse';

/** One connection that receives events. A client that is disconnected for being slow can resume its position. */
export class EventStream {
  private readonly stream: SseStream;
  private readonly wakeUp = new AutoResetEvent();
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

  /** After this, no problem document can be sent. An id without data sets the client's starting position. */
  open(limits: SseLimits, id: string): void {
    this.stream.open(limits, `id: ${id}\n`);
    this.lastId = id;
  }

  /** Resolves when the client can take more; false if it is gone. */
  write(frames: string, id: string): Promise<boolean> {
    this.lastId = id;
    return this.stream.write(frames);
  }

  /** Sends a heartbeat, which also updates the position of a client that receives no events. */
  beat(id: string): void {
    if (this.stream.beat(id === this.lastId ? undefined : `id: ${id}\n\n`)) this.lastId = id;
  }

  wake(): void {
    this.wakeUp.set();
  }

  /** Resolves once `wake` has been called since the last time. */
  woken(): Promise<void> {
    return this.wakeUp.wait();
  }

  end(): void {
    this.stream.end();
  }
}
