import { describe, expect, it } from '@jest/globals';
import { InputQueue } from './input-queue';

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function queueOf(send: (data: Uint8Array) => Promise<void>) {
  const listeners: Record<'data' | 'binary', (text: string) => void> = {
    data: () => undefined,
    binary: () => undefined,
  };
  new InputQueue(send).readFrom({
    onData: (listener) => {
      listeners.data = listener;
      return { dispose: () => undefined };
    },
    onBinary: (listener) => {
      listeners.binary = listener;
      return { dispose: () => undefined };
    },
  });
  return listeners;
}

describe('input of a terminal', () => {
  it('is sent in order, also if the connection is slow', async () => {
    const sent: string[] = [];
    let delays = 3;
    const type = queueOf(async (data) => {
      for (let left = delays--; left > 0; left--) await tick();
      sent.push(new TextDecoder().decode(data));
    });
    for (const text of ['a', 'ü', 'c']) type.data(text);
    for (let left = 10; left > 0; left--) await tick();
    expect(sent.join('')).toBe('aüc');
  });

  it('is split into messages that the service takes', async () => {
    const sizes: number[] = [];
    const type = queueOf(async (data) => void sizes.push(data.length));
    type.data('x'.repeat(70_000));
    await tick();
    expect(sizes).toEqual([32_768, 32_768, 4464]);
  });

  it('has a byte per character of mouse reports, and goes on after a failure', async () => {
    const sent: number[][] = [];
    const type = queueOf(async (data) => {
      sent.push([...data]);
      throw new Error('closed');
    });
    type.binary('\u001b[M \u00ff!');
    type.data('b');
    await tick();
    expect(sent).toEqual([[27, 91, 77, 32, 255, 33], [98]]);
  });
});
