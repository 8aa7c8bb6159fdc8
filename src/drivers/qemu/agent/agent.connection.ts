import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parseRecord } from '../../../platform/values/records';
import { codeOf } from '../qemu.errors';
import { AgentUnreachableError, InvalidResponseError } from './agent.errors';
import { GrowingBuffer } from './growing-buffer';

/** Never part of JSON in UTF-8: resets the parser of the agent, and precedes its response to `guest-sync-delimited`. */
const SENTINEL = 0xff;
const NEWLINE = 10;
const MAX_SYNC_ID = 2 ** 47;
const MAX_SYNC_BYTES = 1024;
/** More than an agent can have left of a response. */
const MAX_SKIPPED_BYTES = 64 * 1024 * 1024;
const SILENT = 'The guest agent does not respond';
/** QEMU or its socket is gone, or it serves another client; others, such as too many open files, are of this process. */
const OF_THE_PEER = new Set([
  ...['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EAGAIN'],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'],
]);
const ENDED = 'The connection to the guest agent has failed';

export interface AgentRequest {
  readonly command: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** Time limit of the response, or of its first `smallBytes`. */
  readonly timeoutMs: number;
  /** Size limit of the response. */
  readonly maxBytes: number;
  /** Absent if the response must be small. */
  readonly large?: LargeResponse;
}

interface LargeResponse {
  readonly smallBytes: number;
  /** Awaited, without a time limit, before more than `smallBytes` are read. */
  readonly admit: () => Promise<void>;
  /** Time limit of the rest of the response. */
  readonly timeoutMs: number;
}

/**
 * A connection to the agent of a guest, one request at a time. Whatever answers may be hostile: everything that it sends
 * is limited in size and time, and is read only while a response is expected.
 */
export class AgentConnection {
  private readonly chunks: AsyncIterator<unknown, unknown>;
  private rest: Buffer = Buffer.alloc(0);
  private received = 0;
  private readonly abort = (): void => this.fail(this.signal.reason);

  private constructor(
    private readonly socket: Socket,
    private readonly signal: AbortSignal,
  ) {
    this.chunks = socket[Symbol.asyncIterator]();
    // Readers get errors from the iterator; this handles those without a reader.
    socket.on('error', () => undefined);
    signal.addEventListener('abort', this.abort, { once: true });
  }

  /**
   * Connects, and skips what is left of earlier responses.
   * @param signal ends the connection
   * @throws {AgentUnreachableError} or the reason of the signal
   */
  static async open(path: string, timeoutMs: number, signal: AbortSignal): Promise<AgentConnection> {
    signal.throwIfAborted();
    const connection = new AgentConnection(connect({ path }), signal);
    try {
      await connection.within(timeoutMs, async () => {
        await once(connection.socket, 'connect');
        await connection.sync();
      });
      return connection;
    } catch (error) {
      connection.close();
      signal.throwIfAborted();
      throw asUnreachable(error);
    }
  }

  /**
   * The line of JSON that the agent responds with.
   * @throws {AgentUnreachableError} or the reason of the signal; the connection is then closed
   */
  async request({ command, args, timeoutMs, maxBytes, large }: AgentRequest): Promise<Buffer> {
    const smallBytes = Math.min(large?.smallBytes ?? maxBytes, maxBytes);
    try {
      const small = await this.within(timeoutMs, async () => {
        await this.send({ execute: command, ...(args && { arguments: args }) });
        return this.readLine(smallBytes);
      });
      if (small) return small;
      await large?.admit();
      const whole = large && (await this.within(large.timeoutMs, () => this.readLine(maxBytes)));
      if (whole) return whole;
      throw new InvalidResponseError();
    } catch (error) {
      this.close();
      this.signal.throwIfAborted();
      throw asUnreachable(error);
    }
  }

  close(): void {
    this.signal.removeEventListener('abort', this.abort);
    this.socket.destroy();
  }

  private fail(reason: unknown): void {
    this.socket.destroy(reason instanceof Error ? reason : new Error('aborted'));
  }

  private async within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.fail(new AgentUnreachableError(SILENT)), timeoutMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }

  private async sync(): Promise<void> {
    const id = randomInt(1, MAX_SYNC_ID);
    await this.write(Buffer.of(SENTINEL));
    await this.send({ execute: 'guest-sync-delimited', arguments: { id } });
    for (const last = this.received + MAX_SKIPPED_BYTES; this.received <= last;) {
      await this.skipSentinels(last);
      const line = await this.readLine(MAX_SYNC_BYTES);
      if (line && parseRecord(line.toString())['return'] === id) return;
    }
    throw new AgentUnreachableError(SILENT);
  }

  /** All of them at once: nothing before the last one is the response. */
  private async skipSentinels(last: number): Promise<void> {
    while (!this.rest.includes(SENTINEL) && this.received <= last) this.rest = await this.next();
    this.rest = this.rest.subarray(this.rest.lastIndexOf(SENTINEL) + 1);
  }

  /** @returns undefined if it is longer than `maxBytes`; what was read of it is then read again */
  private async readLine(maxBytes: number): Promise<Buffer | undefined> {
    const line = new GrowingBuffer(maxBytes);
    line.append(this.rest);
    let end = this.rest.indexOf(NEWLINE);
    while (end === -1 && line.length <= maxBytes) {
      const chunk = await this.next();
      const found = chunk.indexOf(NEWLINE);
      if (found !== -1) end = line.length + found;
      line.append(chunk);
    }
    const all = line.content();
    const isWhole = end !== -1 && end <= maxBytes;
    this.rest = isWhole ? all.subarray(end + 1) : all;
    return isWhole ? all.subarray(0, end) : undefined;
  }

  private async next(): Promise<Buffer> {
    const { done, value } = await this.chunks.next();
    if (done === true || !Buffer.isBuffer(value)) throw new AgentUnreachableError(ENDED);
    this.received += value.length;
    return value;
  }

  private send(message: Readonly<Record<string, unknown>>): Promise<void> {
    return this.write(Buffer.from(`${JSON.stringify(message)}\n`));
  }

  private async write(bytes: Buffer): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.socket.write(bytes, (error) => (error ? reject(error) : resolve())),
    );
  }
}

function asUnreachable(error: unknown): unknown {
  return OF_THE_PEER.has(codeOf(error) ?? '') ? new AgentUnreachableError(ENDED, error) : error;
}
