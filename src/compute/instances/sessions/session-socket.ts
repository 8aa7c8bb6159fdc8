import { setTimeout as delay } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../../../platform/errors/app.error';
import { DriverError, SlowReaderError } from '../../../drivers';
import { ProtocolError } from './exec-frames';
import type { GuestStream } from './guest-stream';
import type { SessionEnd } from './session';
import type { SessionsConfig } from './sessions.config';

/** WebSocket close codes (RFC 6455, section 7.4, and the registry of IANA). */
const CLOSE = { normal: 1000, protocolError: 1002, policy: 1008, failed: 1011, restart: 1012 } as const;
/** How long a client may take to answer a close. */
const CLOSING_MS = 2000;
const SECOND_MS = 1000;
/**
 * The time that a session may be idle is counted in this many ticks. While the process is too busy to read, it misses
 * ticks as well, so that data which has long arrived does not count as missing.
 */
const IDLE_TICKS = 10;
const MAX_REASON_BYTES = 123;
const UNREAD = 'the client does not read';

/**
 * Connects a WebSocket and a guest until one of them ends. Reads from neither side faster than the other one takes the
 * data.
 */
export class SessionSocket {
  private readonly idle: NodeJS.Timeout;
  private readonly overall: NodeJS.Timeout;
  private readonly closed: Promise<void>;
  private reason = 'the client disconnected';
  private isClosing = false;
  private isAlive = true;
  /** Ticks since either side was active. */
  private quietTicks = 0;
  /** Messages of the client that the guest has not taken. */
  private waiting = 0;
  private passing = Promise.resolve();
  private second = { startedAt: 0, count: 0 };

  /** @param lifetime aborted here when the session ends */
  constructor(
    private readonly socket: WebSocket,
    private readonly guest: GuestStream,
    private readonly lifetime: AbortController,
    private readonly limits: SessionsConfig['limits'],
  ) {
    const { idleMs, maxMs } = limits;
    this.idle = setInterval(() => this.endIfIdle(), idleMs / IDLE_TICKS);
    this.overall = setTimeout(
      () => this.close(CLOSE.policy, `the session has lasted ${maxMs / SECOND_MS} s`),
      maxMs,
    );
    socket.on('message', (data, isBinary) => this.accept(data, isBinary));
    socket.on('pong', () => (this.isAlive = true));
    socket.on('error', (error) => (this.reason = `the client broke the protocol: ${error.message}`));
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** Resolves when the session has ended. */
  async run(): Promise<SessionEnd> {
    const sending = this.send();
    await this.closed;
    clearInterval(this.idle);
    clearTimeout(this.overall);
    this.lifetime.abort();
    await sending;
    return { exitCode: this.guest.exitCode(), reason: this.reason };
  }

  /** Call this at intervals: keeps proxies from ending an idle connection, and ends one whose client is gone. */
  beat(): void {
    if (!this.isAlive) {
      this.reason = 'the client stopped responding';
      this.socket.terminate();
    }
    this.isAlive = false;
    this.socket.ping();
  }

  /** The instance has been stopped or deleted. */
  end(): void {
    this.close(CLOSE.normal, 'the instance has ended');
  }

  shutDown(): void {
    this.close(CLOSE.restart, 'this replica is shutting down; connect again');
  }

  private endIfIdle(): void {
    // The first tick can come right after the last activity.
    if (this.quietTicks++ === IDLE_TICKS)
      this.close(CLOSE.policy, `no data for ${this.limits.idleMs / SECOND_MS} s`);
  }

  private close(code: number, reason: string): void {
    if (this.isClosing) return;
    this.isClosing = true;
    this.reason = reason;
    this.socket.resume();
    this.socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES).toString());
    const timer = setTimeout(() => this.socket.terminate(), CLOSING_MS);
    this.socket.once('close', () => clearTimeout(timer));
  }

  private async send(): Promise<void> {
    try {
      for await (const message of this.guest.messages) {
        if (this.isClosing || this.lifetime.signal.aborted) return;
        this.quietTicks = 0;
        // If the client is gone, reading on could keep its close from being noticed.
        if (message.length > 0 && !(await this.sent(message))) return;
      }
      const code = this.guest.exitCode();
      this.close(CLOSE.normal, code === null ? 'the guest has ended the session' : `exit code ${code}`);
    } catch (error) {
      if (!this.lifetime.signal.aborted) this.fail(error);
    }
  }

  /**
   * Resolves when the operating system has taken the message, so that at most one waits here.
   * @returns false if the connection has failed
   */
  private async sent(message: Buffer): Promise<boolean> {
    const unread = setTimeout(() => this.close(CLOSE.policy, UNREAD), this.limits.unreadMs);
    const isSent = await new Promise<boolean>((resolve) =>
      this.socket.send(message, { binary: true }, (error) => resolve(!error)),
    );
    clearTimeout(unread);
    return isSent;
  }

  /** A chunk from the network can have many messages; no more is read until the guest has taken all of them. */
  private accept(data: RawData, isBinary: boolean): void {
    if (this.isClosing || !Buffer.isBuffer(data)) return;
    this.quietTicks = 0;
    if (this.waiting++ === 0) this.socket.pause();
    this.passing = this.passing.then(() => this.pass(data, isBinary));
  }

  private async pass(message: Buffer, isBinary: boolean): Promise<void> {
    try {
      await this.turn();
      if (!this.isClosing) await this.guest.receive(message, isBinary);
    } catch (error) {
      if (error instanceof ProtocolError) this.close(CLOSE.protocolError, error.message);
      else if (!this.lifetime.signal.aborted) this.fail(error);
    }
    if (--this.waiting === 0) this.socket.resume();
  }

  /** Waits for the next second if this one has had all its messages. */
  private async turn(): Promise<void> {
    const now = performance.now();
    const endsAt = this.second.startedAt + SECOND_MS;
    if (now >= endsAt) this.second = { startedAt: now, count: 0 };
    else if (this.second.count >= this.limits.messagesPerSecond) {
      await delay(endsAt - now, undefined, { signal: this.lifetime.signal });
      this.second = { startedAt: performance.now(), count: 0 };
    }
    this.second.count++;
  }

  private fail(error: unknown): void {
    if (error instanceof SlowReaderError) {
      this.close(CLOSE.policy, UNREAD);
      return;
    }
    const reason = error instanceof DriverError ? error.message : `internal error: ${messageOf(error)}`;
    this.close(CLOSE.failed, reason);
  }
}
