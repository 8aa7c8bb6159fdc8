import type { Duplex, Writable } from 'node:stream';
import { DriverError, type RunningCommand } from '../../../drivers';
import { decodeMessage, encodeOutput, encodeStatus, ProtocolError } from './exec-frames';

/** The guest's side of a session, in messages of its WebSocket. */
export interface GuestStream {
  /** Ends when the guest closes the session. An empty one is not for the client: the guest is active. @throws {DriverError} */
  readonly messages: AsyncIterable<Buffer>;
  /**
   * Passes a message of the client on. Resolves when the guest can take more.
   * @throws {ProtocolError | DriverError}
   */
  receive(message: Buffer, isBinary: boolean): Promise<void>;
  /** Exit code of the command, after the messages have ended; null if it has no exit code or it is unknown. */
  exitCode(): number | null;
}

/** A console or a screen: bytes in both directions. */
export function ofDevice(device: Duplex): GuestStream {
  // Readers get errors from the iterator.
  device.on('error', () => undefined);
  return {
    messages: bytesOf(device),
    receive: (message) => write(device, message),
    exitCode: () => null,
  };
}

export function ofCommand(command: RunningCommand): GuestStream {
  let exitCode: number | null = null;
  command.stdin.on('error', () => undefined);
  async function* messages(): AsyncGenerator<Buffer> {
    for await (const output of command.output)
      yield output.data.length === 0 ? output.data : encodeOutput(output);
    exitCode = await command.exitCode();
    yield encodeStatus(exitCode);
  }
  return {
    messages: messages(),
    receive: async (message, isBinary) => {
      if (!isBinary) throw new ProtocolError('messages of exec sessions are binary');
      const decoded = decodeMessage(message);
      if (decoded.kind === 'stdin') await write(command.stdin, decoded.data);
      else if (decoded.kind === 'resize') await command.resize(decoded.size);
      else command.stdin.end();
    },
    exitCode: () => exitCode,
  };
}

/** Ends after the driver has released the device, so that the shutdown of the service waits for that. */
async function* bytesOf(stream: Duplex): AsyncGenerator<Buffer> {
  const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk))
        throw new DriverError('The console is not a byte stream', { retryable: false });
      yield chunk;
    }
  } finally {
    if (!stream.closed) await closed;
  }
}

/** Resolves when the stream has taken the data, or no longer takes any. */
async function write(stream: Writable, data: Buffer): Promise<void> {
  if (!stream.writable || data.length === 0) return;
  await new Promise<void>((resolve) => stream.write(data, () => resolve()));
}
