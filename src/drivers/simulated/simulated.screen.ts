import { addAbortSignal, duplexPair, pipeline, Readable, type Duplex } from 'node:stream';

const WIDTH = 320;
const HEIGHT = 200;
/** Whether the bars have red, green and blue, from left to right. */
const BARS = ['111', '110', '011', '010', '101', '100', '001', '000'] as const;
const WHITE = BARS[0];
const SQUARE = 10;
const MAX_KEYS = WIDTH / SQUARE;
const NO_SECURITY = 1;
/** 32 bits for a pixel, true color. */
const DEFAULT_FORMAT = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);

/**
 * A screen with a test picture, as a server of the RFB protocol (RFC 6143, version 3.8): eight bars in the usual order of
 * colors, and below them a white square for each key that was pressed.
 */
export function simulatedScreen(name: string, signal: AbortSignal): Duplex {
  const [screen, server] = duplexPair();
  // Readers get errors from the iterator; this handles an abort without a reader.
  screen.on('error', () => undefined);
  screen.once('close', () => server.destroy());
  pipeline(Readable.from(serve(new Input(server), name)), server, () => screen.destroy());
  return addAbortSignal(signal, screen);
}

/** Everything that it sends responds to what it receives, so that a client that does not read is not read either. */
async function* serve(input: Input, name: string): AsyncGenerator<Buffer> {
  yield Buffer.from('RFB 003.008\n');
  await input.take(12);
  yield Buffer.from([1, NO_SECURITY]);
  await input.take(1);
  yield Buffer.alloc(4);
  await input.take(1);
  yield greeting(name);
  let format: Buffer = DEFAULT_FORMAT;
  let keys = 0;
  /** Whether the client waits for a change of the picture. */
  let isAwaited = false;
  while (!input.hasEnded) {
    const type = (await input.take(1)).readUInt8(0);
    switch (type) {
      case 0:
        format = (await input.take(19)).subarray(3);
        break;
      case 2:
        await input.drop((await input.take(3)).readUInt16BE(1) * 4);
        break;
      case 3: {
        const isIncremental = (await input.take(9))[0] !== 0;
        if (isIncremental) isAwaited = true;
        else yield picture(format, keys);
        break;
      }
      case 4: {
        const isDown = (await input.take(7))[0] !== 0;
        if (isDown) keys = Math.min(keys + 1, MAX_KEYS);
        if (isDown && isAwaited) yield picture(format, keys);
        if (isDown) isAwaited = false;
        break;
      }
      case 5:
        await input.take(5);
        break;
      case 6:
        await input.drop((await input.take(7)).readUInt32BE(3));
        break;
      default:
        throw new Error(`unknown message ${type}`);
    }
  }
}

function greeting(name: string): Buffer {
  const title = Buffer.from(name);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt16BE(WIDTH, 0);
  numbers.writeUInt16BE(HEIGHT, 2);
  numbers.writeUInt32BE(title.length, 4);
  return Buffer.concat([numbers.subarray(0, 4), DEFAULT_FORMAT, numbers.subarray(4), title]);
}

/** An update of the whole screen, as one uncompressed rectangle. */
function picture(format: Buffer, keys: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(WIDTH, 8);
  head.writeUInt16BE(HEIGHT, 10);
  const bars = row(format, (x) => BARS[Math.floor((x * BARS.length) / WIDTH)] ?? WHITE);
  const squares = row(format, (x) => (x < keys * SQUARE && x % SQUARE < SQUARE - 1 ? WHITE : '000'));
  const rows = Array.from({ length: HEIGHT }, (_, y) => (y < HEIGHT - SQUARE ? bars : squares));
  return Buffer.concat([head, ...rows]);
}

/** @param format the pixel format of the protocol; an unknown size of pixels is taken as 32 bits */
function row(format: Buffer, colorAt: (x: number) => string): Buffer {
  const bits = format.readUInt8(0);
  const bytes = bits === 8 || bits === 16 ? bits / 8 : 4;
  const isBigEndian = format.readUInt8(2) !== 0;
  const values = [4, 6, 8].map(
    (at, index) => format.readUInt16BE(at) * 2 ** (format.readUInt8(10 + index) % 32),
  );
  const line = Buffer.alloc(WIDTH * bytes);
  for (let x = 0; x < WIDTH; x++) {
    const color = colorAt(x);
    const pixel = values.reduce((sum, value, index) => sum + (color[index] === '1' ? value : 0), 0);
    const fitting = pixel % 2 ** (bytes * 8);
    if (isBigEndian) line.writeUIntBE(fitting, x * bytes, bytes);
    else line.writeUIntLE(fitting, x * bytes, bytes);
  }
  return line;
}

/** Reads a stream in parts of given lengths; after its end, all bytes are zero. */
class Input {
  hasEnded = false;
  private readonly chunks: AsyncIterator<Buffer>;
  private rest = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    while (this.rest.length < length && (await this.more()));
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return Buffer.concat([taken], length);
  }

  async drop(length: number): Promise<void> {
    let left = length;
    while (left > this.rest.length) {
      left -= this.rest.length;
      this.rest = Buffer.alloc(0);
      if (!(await this.more())) return;
    }
    this.rest = this.rest.subarray(left);
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done === true) this.hasEnded = true;
    else this.rest = Buffer.concat([this.rest, next.value]);
    return next.done !== true;
  }
}
