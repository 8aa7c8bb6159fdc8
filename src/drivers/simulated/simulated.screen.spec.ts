import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { simulatedScreen } from './simulated.screen';

const HEAD = 16;
const WIDTH = 320;
const HEIGHT = 200;
const UPDATE = Buffer.from([3, 0, 0, 0, 0, 0, 1, 64, 0, 200]);
const UPDATE_LATER = Buffer.from([3, 1, 0, 0, 0, 0, 1, 64, 0, 200]);
const KEY = Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]);
const KEY_UP = Buffer.from([4, 0, 0, 0, 0, 0, 0, 97]);
const POINTER = Buffer.from([5, 0, 0, 1, 0, 1]);
const ENCODINGS = Buffer.from([2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
const CLIPBOARD = Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 1, 0, 0]), Buffer.alloc(65_536)]);
/** 16 bits, big endian: 5 bits of red, 6 of green, 5 of blue. */
const RGB565 = Buffer.from([0, 0, 0, 0, 16, 16, 1, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0, 0, 0, 0]);

/** A viewer that has finished the handshake. */
class Viewer {
  private received = Buffer.alloc(0);
  private readonly arrived: (() => void)[] = [];

  private constructor(readonly screen: Duplex) {
    screen.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      for (const resolve of this.arrived.splice(0)) resolve();
    });
  }

  static async open(signal = new AbortController().signal): Promise<Viewer> {
    const viewer = new Viewer(simulatedScreen('web', signal));
    expect((await viewer.take(12)).toString()).toBe('RFB 003.008\n');
    viewer.screen.write('RFB 003.008\n');
    expect([...(await viewer.take(2))]).toEqual([1, 1]);
    viewer.screen.write(Buffer.from([1]));
    expect((await viewer.take(4)).readUInt32BE(0)).toBe(0);
    viewer.screen.write(Buffer.from([1]));
    const greeting = await viewer.take(27);
    expect([greeting.readUInt16BE(0), greeting.readUInt16BE(2)]).toEqual([WIDTH, HEIGHT]);
    expect(greeting.subarray(24).toString()).toBe('web');
    return viewer;
  }

  async take(length: number): Promise<Buffer> {
    while (this.received.length < length) await new Promise<void>((resolve) => this.arrived.push(resolve));
    const taken = this.received.subarray(0, length);
    this.received = this.received.subarray(length);
    return taken;
  }

  /** The pixels of the next update. */
  async pixels(bytes = 4): Promise<Buffer> {
    return (await this.take(HEAD + WIDTH * HEIGHT * bytes)).subarray(HEAD);
  }

  get unread(): number {
    return this.received.length;
  }
}

describe('the screen of a simulated instance', () => {
  it('shows eight bars, in the default format of pixels', async () => {
    const viewer = await Viewer.open();
    viewer.screen.write(UPDATE);
    const pixels = await viewer.pixels();
    const colors = Array.from({ length: 8 }, (_, bar) => pixels.readUInt32LE((bar * 40 + 20) * 4));
    expect(colors).toEqual([0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0]);
  });

  it('sends pixels in the format that the viewer wants', async () => {
    const viewer = await Viewer.open();
    viewer.screen.write(Buffer.concat([RGB565, ENCODINGS, UPDATE]));
    const pixels = await viewer.pixels(2);
    const colors = Array.from({ length: 8 }, (_, bar) => pixels.readUInt16BE((bar * 40 + 20) * 2));
    expect(colors).toEqual([0xffff, 0xffe0, 0x07ff, 0x07e0, 0xf81f, 0xf800, 0x001f, 0]);
  });

  it('shows a square for each key, to a viewer that waits for changes', async () => {
    const viewer = await Viewer.open();
    viewer.screen.write(Buffer.concat([UPDATE_LATER, POINTER, CLIPBOARD, KEY, KEY_UP, KEY, UPDATE]));
    const squares = (pixels: Buffer): number =>
      Array.from({ length: 32 }, (_, square) =>
        pixels.readUInt32LE(((HEIGHT - 5) * WIDTH + square * 10 + 5) * 4),
      ).filter((color) => color === 0xffffff).length;
    expect(squares(await viewer.pixels())).toBe(1);
    expect(squares(await viewer.pixels())).toBe(2);
    expect(viewer.unread).toBe(0);
  });

  it('ends with an unknown message, with its viewer, and when the signal aborts', async () => {
    const unknown = await Viewer.open();
    unknown.screen.write(Buffer.from([99]));
    await once(unknown.screen, 'close');
    const leaving = await Viewer.open();
    leaving.screen.end();
    await once(leaving.screen, 'close');
    const controller = new AbortController();
    const aborted = await Viewer.open(controller.signal);
    controller.abort();
    if (!aborted.screen.closed) await once(aborted.screen, 'close');
    expect([unknown, leaving, aborted].map(({ screen }) => screen.destroyed)).toEqual([true, true, true]);
  });

  it('does not read from a viewer that does not read', async () => {
    const viewer = await Viewer.open();
    viewer.screen.pause();
    let written = 0;
    while (written < 1000 && viewer.screen.write(Buffer.concat(Array.from({ length: 100 }, () => UPDATE)))) {
      written += 1;
      await new Promise(setImmediate);
    }
    expect(written).toBeLessThan(1000);
    viewer.screen.destroy();
  });
});
