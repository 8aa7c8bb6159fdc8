import { TIMEOUT_MS, type ClientOptions } from './connection';
import { delay } from './delay';
import { onRefusal } from './refusal';
import { globalSocket, type Closing, type Socket } from './socket';

/** Data that waits to be sent: beyond it, `send` waits. */
const UNSENT_BYTES = 262_144;
/** A WebSocket does not report that it has sent its data. */
const POLL_MS = 10;
/** Data that waits to be read: beyond it, a WebSocket that can be paused receives no more. */
const UNREAD_BYTES = 1_048_576;
/** The same for one that cannot, as in browsers: beyond it, the session fails. */
const MAX_UNREAD_BYTES = 67_108_864;
/** So that empty messages count, too. */
const BYTES_PER_MESSAGE = 64;

/** How long the other side may take to close the connection. */
const CLOSING_MS = 2000;

const NORMAL = 1000;
const POLICY = 1008;
const LOST: Closing = { code: 1006, reason: '' };

/** A session has ended before its command or its console; `message` is the reason. */
export class SessionError extends Error {
  override readonly name = 'SessionError';

  constructor(
    /** Close code of the WebSocket, see docs/sessions.md; 1006 if the connection was lost. */
    readonly closeCode: number,
    reason: string,
  ) {
    super(reason === '' ? 'the connection of the session was lost' : reason);
  }
}

export interface SessionTarget {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** The WebSocket of a session. Neither side is read faster than the other one takes the data. */
export class SessionConnection {
  private readonly unread: Uint8Array[] = [];
  private unreadBytes = 0;
  private closing: Closing | undefined;
  private isLeaving = false;
  private leaving: ReturnType<typeof setTimeout> | undefined;
  private failure: Error | undefined;
  /** Continues what waits for a message or for the end. */
  private wake: (() => void) | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly signal: AbortSignal | undefined,
  ) {
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => this.accept(data));
    socket.addEventListener('close', ({ code, reason }) => this.end({ code, reason }));
    signal?.addEventListener('abort', this.onAbort);
  }

  /**
   * Connects. A ticket in the URL is then used up, even if this fails.
   * @throws {ProblemError} if the service refuses; in browsers, and with the WebSocket of Node.js, a `TypeError`
   * @throws {TypeError} if there is no response
   */
  static async open(
    { WebSocket, timeoutMs = TIMEOUT_MS }: ClientOptions,
    { url, protocols, signal }: SessionTarget,
  ): Promise<SessionConnection> {
    signal?.throwIfAborted();
    const socket = new (WebSocket ?? globalSocket())(url, [...protocols]);
    const connection = new SessionConnection(socket, signal);
    const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    const timer = setTimeout(() => connection.abort(late), timeoutMs);
    try {
      await connection.opened();
    } finally {
      clearTimeout(timer);
    }
    return connection;
  }

  /**
   * What the guest sends, until it closes the session or `close` is called. Call it once: while nothing reads, the guest
   * waits. Leaving the loop closes the session.
   * @throws {SessionError} if the session ends otherwise
   */
  async *messages(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (!this.hasFailed()) {
        const message = this.unread.shift();
        if (message) yield this.taken(message);
        else if (this.isLeaving) return;
        else if (this.hasEnded()) break;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.close();
    }
    this.signal?.throwIfAborted();
    if (this.failure) throw this.failure;
    const { code, reason } = this.closing ?? LOST;
    if (code !== NORMAL) throw new SessionError(code, reason);
  }

  /** Sends a message; resolves when the connection can take more. Does nothing after the end of the session. */
  async send(message: Uint8Array): Promise<void> {
    if (this.isLeaving || this.hasEnded()) return;
    this.socket.send(message);
    while (!this.hasEnded() && this.socket.bufferedAmount > UNSENT_BYTES) await delay(POLL_MS);
  }

  /** Ends the session, and with it a command that still runs. */
  close(): void {
    if (this.isLeaving || this.hasEnded()) return;
    this.isLeaving = true;
    this.socket.resume?.();
    this.socket.close(NORMAL);
    // The other side may be gone and never close it.
    this.leaving = setTimeout(() => this.socket.terminate?.(), CLOSING_MS);
    this.wake?.();
  }

  private async opened(): Promise<void> {
    let cause: unknown;
    onRefusal(this.socket, (problem) => this.abort(problem));
    const isOpen = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(false);
      this.socket.addEventListener('open', () => resolve(true));
      // The WebSocket of Node.js does not report a close if the handshake is refused.
      this.socket.addEventListener('error', (event) => {
        if ('error' in event) cause ??= event.error;
        resolve(false);
      });
    });
    if (isOpen) return;
    this.end(LOST);
    this.signal?.throwIfAborted();
    throw this.failure ?? new TypeError('the session cannot be connected', { cause: cause ?? this.closing });
  }

  private accept(data: unknown): void {
    // After `close`, the connection is only read to its end.
    if (this.isLeaving || this.hasEnded()) return;
    const message = bytesOf(data);
    this.unread.push(message);
    this.unreadBytes += sizeOf(message);
    if (this.unreadBytes > UNREAD_BYTES) this.socket.pause?.();
    if (this.unreadBytes > MAX_UNREAD_BYTES)
      this.abort(new SessionError(POLICY, 'the session was not read in time'));
    this.wake?.();
  }

  private taken(message: Uint8Array): Uint8Array {
    this.unreadBytes -= sizeOf(message);
    if (this.unreadBytes <= UNREAD_BYTES) this.socket.resume?.();
    return message;
  }

  private hasFailed(): boolean {
    return this.failure !== undefined || this.signal?.aborted === true;
  }

  private hasEnded(): boolean {
    return this.closing !== undefined;
  }

  private readonly onAbort = (): void => this.abort();

  /** Ends the connection at once, without waiting for the other side. */
  private abort(failure?: Error): void {
    if (this.hasEnded()) return;
    this.failure = failure;
    if (this.socket.terminate) this.socket.terminate();
    else this.socket.close(NORMAL);
    this.end(LOST);
  }

  private end(closing: Closing): void {
    this.closing ??= closing;
    clearTimeout(this.leaving);
    this.signal?.removeEventListener('abort', this.onAbort);
    this.wake?.();
  }
}

function bytesOf(data: unknown): Uint8Array {
  return isBuffer(data) ? new Uint8Array(data) : new TextEncoder().encode(String(data));
}

/** Not `instanceof`: the buffer may belong to another realm. */
function isBuffer(data: unknown): data is ArrayBuffer {
  return typeof data === 'object' && data !== null && 'byteLength' in data;
}

function sizeOf(message: Uint8Array): number {
  return message.length + BYTES_PER_MESSAGE;
}
