/** Longer than the default heartbeat interval of the service. */
export const IDLE_TIMEOUT_MS = 60_000;

type Timer = ReturnType<typeof setTimeout>;

/** Aborts a connection that receives nothing for a while, or that the caller has aborted. */
export class IdleTimeout {
  private readonly controller = new AbortController();
  private timer: Timer;

  constructor(
    private readonly ms: number,
    private readonly outer: AbortSignal | undefined,
  ) {
    this.timer = this.begin();
  }

  get signal(): AbortSignal {
    return this.outer ? AbortSignal.any([this.outer, this.controller.signal]) : this.controller.signal;
  }

  async *watching(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      // Not while the caller handles the chunk: only the connection can be idle.
      clearTimeout(this.timer);
      yield chunk;
      this.timer = this.begin();
    }
  }

  /** Also ends a connection that is still open. */
  stop(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }

  private begin(): Timer {
    const reason = new DOMException('no data received for too long', 'TimeoutError');
    return setTimeout(() => this.controller.abort(reason), this.ms);
  }
}
