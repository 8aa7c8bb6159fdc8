import { once } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import type { TerminalSize } from 'uim-compute-client';
import { UsageError } from '../failures';

/** Standard input and output of this process. Reading the property `stdin` opens it. */
export interface Streams {
  readonly stdin: ReadStream & { readonly fd: 0 };
  readonly stdout: WriteStream & { readonly fd: 1 };
  readonly stderr: WriteStream & { readonly fd: 2 };
}

/** @throws {UsageError} if input or output is a pipe or a file */
export function assertTerminal({ stdin, stdout }: Streams, what: string): void {
  if (!stdin.isTTY || !stdout.isTTY) throw new UsageError(`${what} needs a terminal as input and output`);
}

/** Undefined if the output is not a terminal, or one of unknown size. */
export function sizeOf({ isTTY, columns, rows }: WriteStream): TerminalSize | undefined {
  return isTTY && columns > 0 && rows > 0 ? { width: columns, height: rows } : undefined;
}

/** Resolves when the stream can take more. */
export async function write(stream: WriteStream, data: Uint8Array): Promise<void> {
  if (!stream.write(data)) await once(stream, 'drain');
}
