import type { CommandOutput, TerminalSize } from '../../../drivers';

/** WebSocket subprotocol of exec sessions: the first byte of each binary message names its channel. */
export const EXEC_PROTOCOL = 'v1.exec.uim-compute';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
const RESIZE = 4;
const CLOSE = 255;

const MAX_SIZE = 9999;

/** A message of the client. */
export type ExecMessage =
  | { readonly kind: 'stdin'; readonly data: Buffer }
  | { readonly kind: 'resize'; readonly size: TerminalSize }
  | { readonly kind: 'close-stdin' };

/** The client does not follow the protocol of the session. */
export class ProtocolError extends Error {}

export function encodeOutput({ stream, data }: CommandOutput): Buffer {
  return Buffer.concat([Buffer.of(stream === 'stdout' ? STDOUT : STDERR), data]);
}

export function encodeStatus(exitCode: number | null): Buffer {
  return Buffer.concat([Buffer.of(STATUS), Buffer.from(JSON.stringify({ exitCode }))]);
}

/** @throws {ProtocolError} */
export function decodeMessage(message: Buffer): ExecMessage {
  const data = message.subarray(1);
  switch (message[0]) {
    case STDIN:
      return { kind: 'stdin', data };
    case RESIZE:
      return { kind: 'resize', size: toSize(data.toString()) };
    case CLOSE:
      if (data[0] === STDIN) return { kind: 'close-stdin' };
      throw new ProtocolError('only standard input can be closed');
    case undefined:
    default:
      throw new ProtocolError('unknown channel');
  }
}

function toSize(text: string): TerminalSize {
  const value = parse(text);
  if (typeof value === 'object' && value !== null && 'width' in value && 'height' in value) {
    const { width, height } = value;
    if (isSize(width) && isSize(height)) return { width, height };
  }
  throw new ProtocolError(`a size is {"width": W, "height": H} with integers from 1 to ${MAX_SIZE}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_SIZE;
}
