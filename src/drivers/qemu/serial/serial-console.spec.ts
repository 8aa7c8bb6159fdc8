import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { SlowReaderError } from '../../port/sessions';
import { SerialConsole } from './serial-console';

const MIB = 1_048_576;

describe('a shared serial console', () => {
  let output: PassThrough;
  let typed: PassThrough;
  let saved: string;
  let disconnections: number;
  let console: SerialConsole;

  beforeEach(() => {
    output = new PassThrough();
    typed = new PassThrough();
    saved = '';
    disconnections = 0;
    console = new SerialConsole({
      port: Duplex.from({ readable: output, writable: typed }),
      save: (chunk) => {
        saved += chunk.toString();
        return Promise.resolve();
      },
      disconnect: async (ended) => {
        disconnections++;
        output.end('the rest');
        await ended;
      },
    });
  });
  afterEach(() => output.destroy());

  function join(): { readonly stream: Duplex; readonly leave: () => Promise<void>; text: () => string } {
    const ending = new AbortController();
    const stream = console.join(ending.signal);
    if (!stream) throw new Error('the console is closed');
    const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
    let text = '';
    const take = (): string => (text += String(stream.read() ?? ''));
    const leave = (): Promise<void> => {
      ending.abort();
      return closed;
    };
    return { stream, leave, text: take };
  }

  const type = (stream: Duplex, text: string): Promise<void> =>
    new Promise((resolve) => stream.write(text, () => resolve()));
  const print = async (text: string | Buffer): Promise<void> => {
    const length = saved.length + text.length;
    output.write(text);
    while (saved.length < length) await new Promise((resolve) => setImmediate(resolve));
  };
  const typedText = (): string => String(typed.read() ?? '');

  it('is read by all sessions and saved', async () => {
    const [one, two] = [join(), join()];
    await print('hello');
    expect(one.text()).toMatch(/hello$/);
    expect(two.text()).toBe('hello');
    expect(saved).toBe('hello');
  });

  it('is written by the newest session, and the others are told', async () => {
    const one = join();
    await type(one.stream, 'a');
    expect(typedText()).toBe('a');
    const two = join();
    expect(one.text()).toMatch(/^\r\n\[Another session writes to this console now\. .*\]\r\n$/);
    await type(one.stream, 'b');
    await type(two.stream, 'c');
    expect(typedText()).toBe('c');
    expect(two.text()).toBe('');
    await two.leave();
    expect(one.text()).toMatch(/\[This session writes to the console again\.\]\r\n$/);
    await type(one.stream, 'd');
    expect(typedText()).toBe('d');
  });

  it('keeps its writer, untold, when another session leaves', async () => {
    const [one, two] = [join(), join()];
    await one.leave();
    expect(two.text()).toBe('');
    await type(two.stream, 'a');
    expect(typedText()).toBe('a');
  });

  it('drops a session that does not read, while the others read on', async () => {
    const [slow, fast] = [join(), join()];
    const error = once(slow.stream, 'error');
    let length = 0;
    for (let round = 0; round < 20; round++) {
      await print(Buffer.alloc(MIB / 16, 'x'));
      length += fast.text().length - length;
    }
    expect((await error)[0]).toBeInstanceOf(SlowReaderError);
    expect(length).toBe((20 * MIB) / 16);
    expect(saved).toHaveLength(length);
    expect(disconnections).toBe(0);
  });

  it('is disconnected when the last session leaves, after the rest of its output is saved', async () => {
    const [one, two] = [join(), join()];
    await one.leave();
    expect(disconnections).toBe(0);
    await print('hello, ');
    await two.leave();
    expect(disconnections).toBe(1);
    expect(saved).toBe('hello, the rest');
    expect(console.join(new AbortController().signal)).toBeUndefined();
  });

  it('ends its sessions with the guest, and is not disconnected then', async () => {
    const one = join();
    const ended = once(one.stream, 'end');
    output.end('bye');
    await console.ended;
    expect(one.text()).toBe('bye');
    expect(one.stream.read()).toBeNull();
    await ended;
    await one.leave();
    expect(disconnections).toBe(0);
    expect(saved).toBe('bye');
  });

  it('is left by a session whose signal has aborted already', async () => {
    const stream = console.join(AbortSignal.abort());
    await console.ended;
    expect(stream?.destroyed).toBe(true);
    expect(disconnections).toBe(1);
  });
});
