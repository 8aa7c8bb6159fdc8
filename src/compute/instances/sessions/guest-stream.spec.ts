import { Duplex } from 'node:stream';
import { ofDevice } from './guest-stream';

describe('the messages of a device', () => {
  function aDevice(): { readonly device: Duplex; readonly release: () => void } {
    let release = (): void => undefined;
    const device = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => done(),
      destroy: (error, done) => (release = () => done(error)),
    });
    device.push('hello');
    return { device, release: () => release() };
  }

  it.each(['left', 'aborted'] as const)('end when it is released, after it is %s', async (how) => {
    const { device, release } = aDevice();
    let hasEnded = false;
    const reading = (async () => {
      for await (const message of ofDevice(device).messages) {
        expect(message.toString()).toBe('hello');
        if (how === 'left') break;
        device.destroy(new Error('aborted'));
      }
    })()
      .catch(() => undefined)
      .finally(() => (hasEnded = true));
    while (!device.destroyed) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasEnded).toBe(false);
    release();
    await reading;
    expect(device.closed).toBe(true);
  });
});
