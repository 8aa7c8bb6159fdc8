import { addAbortSignal, Duplex } from 'node:stream';
import { Logger } from '@nestjs/common';
import { SlowReaderError } from '../../port/sessions';

/** Output that may wait for the reader of one session. */
const MAX_UNREAD_BYTES = 1_048_576;
const READ_ONLY = '[Another session writes to this console now. Open a new session to write again.]';
const WRITABLE = '[This session writes to the console again.]';

export interface SerialConsoleParts {
  /** Connected to the serial port. */
  readonly port: Duplex;
  /** Saves output. */
  readonly save: (chunk: Buffer) => Promise<void>;
  /** Disconnects the port, after which it ends. Called when the last session has left. */
  readonly disconnect: (ended: Promise<void>) => Promise<void>;
}

/**
 * The serial port of a guest, shared by its sessions: all of them read, and the newest one writes. Reads the port even
 * if a session does not read, so that neither the guest nor the other sessions wait for it.
 */
export class SerialConsole {
  private readonly logger = new Logger('QemuDriver');
  /** The newest is the last one. */
  private readonly sessions: Duplex[] = [];
  private isOpen = true;
  private isSaving = true;
  /** Resolves when the port has ended and its output is saved. */
  readonly ended: Promise<void>;

  constructor(private readonly parts: SerialConsoleParts) {
    // Readers get errors from the iterator; this handles those after its end.
    parts.port.on('error', () => undefined);
    this.ended = this.read();
  }

  /** Adds a session, which ends with the guest or the signal. @returns undefined if the port is being disconnected */
  join(signal: AbortSignal): Duplex | undefined {
    if (!this.isOpen) return undefined;
    const session = new Duplex({
      allowHalfOpen: false,
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => this.type(session, chunk, done),
      destroy: (error, done) => void this.leave(session).then(() => done(error)),
    });
    // Readers get errors from the iterator; this handles an abort without a reader.
    session.on('error', () => undefined);
    this.tellWriter(READ_ONLY);
    this.sessions.push(session);
    // Not an option of the stream, which would already leave in its constructor if the signal has aborted.
    return addAbortSignal(signal, session);
  }

  private async read(): Promise<void> {
    try {
      for await (const chunk of this.parts.port) {
        if (!Buffer.isBuffer(chunk)) throw new TypeError('the serial port is not a byte stream');
        for (const session of [...this.sessions]) print(session, chunk);
        await this.save(chunk);
      }
    } catch {
      // The process of the guest was killed, or the port could not be disconnected: the same as its end.
    }
    this.isOpen = false;
    for (const session of this.sessions) session.push(null);
  }

  /** A full disk does not end the sessions. */
  private async save(chunk: Buffer): Promise<void> {
    try {
      await this.parts.save(chunk);
      this.isSaving = true;
    } catch (error) {
      if (this.isSaving) this.logger.warn({ err: error }, 'failed to save the output of a serial console');
      this.isSaving = false;
    }
  }

  /** Takes input of other sessions than the newest one without passing it on. */
  private type(session: Duplex, chunk: Buffer, done: () => void): void {
    const { port } = this.parts;
    if (session === this.sessions.at(-1) && port.writable) port.write(chunk, () => done());
    else done();
  }

  private async leave(session: Duplex): Promise<void> {
    const isWriter = session === this.sessions.at(-1);
    this.sessions.splice(this.sessions.indexOf(session), 1);
    if (this.sessions.length > 0) {
      if (isWriter) this.tellWriter(WRITABLE);
      return;
    }
    const wasOpen = this.isOpen;
    this.isOpen = false;
    if (wasOpen) await this.parts.disconnect(this.ended).catch(() => undefined);
    this.parts.port.destroy();
    await this.ended;
  }

  private tellWriter(text: string): void {
    const writer = this.sessions.at(-1);
    if (writer && this.isOpen) print(writer, Buffer.from(`\r\n${text}\r\n`));
  }
}

function print(session: Duplex, chunk: Buffer): void {
  if (session.readableLength > MAX_UNREAD_BYTES) session.destroy(new SlowReaderError());
  else session.push(chunk);
}
