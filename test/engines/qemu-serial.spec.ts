import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { InstanceSpec } from '../../src/drivers';
import { InstanceDirectory } from '../../src/drivers/qemu/files/instance-directory';
import { RotatingLog } from '../../src/drivers/qemu/files/rotating-log';
import { QemuMonitor } from '../../src/drivers/qemu/qmp/qemu.monitor';
import { acceptFrom } from '../../src/drivers/qemu/serial/console-listener';
import type { QemuDriver } from '../../src/drivers/qemu/qemu.driver';
import { callFor } from '../support/builders';
import { BOOT, describeQemu } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';

/** Repeats what is typed. */
const ECHOING = '#!/bin/sh\necho ready\nwhile read line; do echo "got <$line>"; done\n';
/** Prints numbers without a pause. */
const COUNTING = '#!/bin/sh\ni=0; while :; do i=$((i+1)); echo "line $i"; done\n';

interface Session {
  readonly stream: Duplex;
  text: string;
  readonly leave: () => Promise<void>;
}

describeQemu('serial consoles of qemu', ({ engine, driver, consoleWith }) => {
  const connect = (instance: InstanceSpec, on = driver()): Promise<Session> => connected(on, instance);
  const tail = (instance: InstanceSpec, on = driver()): Promise<readonly string[]> =>
    on.tail(callFor(instance), 10_000);

  async function started(userData: string, on = driver()): Promise<InstanceSpec> {
    const instance = engine().instance({}, { userData });
    await on.create(callFor(instance));
    return instance;
  }

  it('show what is typed and printed, which is in the console log as well', async () => {
    const instance = await started(ECHOING);
    await consoleWith(instance, 'ready');
    const session = await connect(instance);
    session.stream.write('hello\r');
    await eventually(() => expect(session.text).toContain('got <hello>\r\n'), BOOT);
    expect(await tail(instance)).toEqual(expect.arrayContaining(['hello', 'got <hello>']));
    await session.leave();
    expect(await tail(instance)).toEqual(expect.arrayContaining(['ready', 'hello', 'got <hello>']));
  });

  it('are read by all sessions and written by the newest', async () => {
    const instance = await started(ECHOING);
    await consoleWith(instance, 'ready');
    const first = await connect(instance);
    first.stream.write('one\r');
    await eventually(() => expect(first.text).toContain('got <one>'), BOOT);
    const second = await connect(instance);
    await eventually(() => expect(first.text).toContain('[Another session writes to this console now.'));
    first.stream.write('ignored\r');
    second.stream.write('two\r');
    for (const each of [first, second]) {
      await eventually(() => expect(each.text).toContain('got <two>'), BOOT);
      expect(each.text).not.toContain('ignored');
    }
    await second.leave();
    await eventually(() => expect(first.text).toContain('[This session writes to the console again.]'));
    first.stream.write('three\r');
    await eventually(() => expect(first.text).toContain('got <three>'), BOOT);
  });

  it('lose at most a moment of the log when sessions begin and end, and nothing during sessions', async () => {
    const large = engine().driver({ consoleBytes: 33_554_432 });
    const instance = await started(COUNTING, large);
    await eventually(async () => expect((await tail(instance, large)).join()).toContain('line '), BOOT);
    const sessions: (readonly number[])[] = [];
    for (let round = 0; round < 5; round++) {
      const session = await connect(instance, large);
      await eventually(() => expect(session.text.length).toBeGreaterThan(500), BOOT);
      await session.leave();
      sessions.push(numbersIn(session.text));
    }
    await tail(instance, large);
    const logged = new Set(numbersIn(readFileSync(engine().pathOf(instance, 'console.log'), 'utf8')));
    expect(sessions.flat().filter((number) => !logged.has(number))).toEqual([]);
    const last = Math.max(...sessions.flat());
    const lost = Array.from({ length: last }, (_, index) => index + 1).filter((each) => !logged.has(each));
    expect(lost.length).toBeLessThan(1000);
  });

  it('print on after a session in which the service was too slow for the guest', async () => {
    const instance = await started(COUNTING);
    await eventually(async () => expect((await tail(instance)).join()).toContain('line '), BOOT);
    const directory = new InstanceDirectory(engine().dir, instance.id);
    const monitor = new QemuMonitor(directory);
    const consoleBytes = 65_536;
    const signal = AbortSignal.timeout(60_000);
    const into = new RotatingLog(directory, consoleBytes);
    const port = await acceptFrom(
      directory,
      undefined,
      () => monitor.connectConsole({ into, consoleBytes }, signal),
      signal,
    );
    // Nothing reads, so that the guest waits for the socket.
    await eventually(
      () => expect(port.readableLength).toBeGreaterThanOrEqual(port.readableHighWaterMark),
      BOOT,
    );
    await monitor.disconnectConsole(consoleBytes, Promise.resolve(), signal);
    port.destroy();
    const before = (await tail(instance)).at(-1);
    await eventually(async () => expect((await tail(instance)).at(-1)).not.toBe(before), BOOT);
  });

  it('are served by one process, and by the next one after that has left', async () => {
    const instance = await started(ECHOING);
    await consoleWith(instance, 'ready');
    const other = engine().driver();
    const session = await connect(instance);
    await expect(connect(instance, other)).rejects.toMatchObject({
      name: 'DriverError',
      message: 'Another process of the service on this host serves the serial console',
      retryable: true,
    });
    session.stream.write('hello\r');
    await eventually(() => expect(session.text).toContain('got <hello>'), BOOT);
    // The other process reads the log that this one writes.
    expect(await tail(instance, other)).toContain('got <hello>');
    await session.leave();
    const next = await connect(instance, other);
    next.stream.write('again\r');
    await eventually(() => expect(next.text).toContain('got <again>'), BOOT);
  });

  it('end with their guest, whose last words are logged', async () => {
    const instance = await started('#!/bin/sh\necho ready\nread line\necho "last words"\npoweroff -f\n');
    await consoleWith(instance, 'ready');
    const session = await connect(instance);
    const ended = once(session.stream, 'end');
    session.stream.write('\r');
    await eventually(() => expect(session.text).toContain('last words'), BOOT);
    await driver().stop(callFor(instance));
    await ended;
    expect(await tail(instance)).toContain('last words');
    await session.leave();
    await expect(connect(instance)).rejects.toMatchObject({ name: 'DriverError', retryable: false });
  });

  it('work for machines of another user', async () => {
    const other = engine().driver({ user: 'nobody' });
    const instance = await started(ECHOING, other);
    await eventually(async () => expect(await tail(instance, other)).toContain('ready'), BOOT);
    const session = await connect(instance, other);
    session.stream.write('hello\r');
    await eventually(() => expect(session.text).toContain('got <hello>'), BOOT);
    expect(readdirSync(engine().pathOf(instance))).not.toContain('console.sock');
  });
});

/** Those of complete lines, without the first one. */
function numbersIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/(?<=\n)line (\d+)\r$/gm), ([, number]) => Number(number));
}

async function connected(driver: QemuDriver, instance: InstanceSpec): Promise<Session> {
  const ending = new AbortController();
  const call = callFor(instance, { signal: ending.signal });
  const stream = await driver.abilities.serial?.connect(call);
  if (!stream) throw new Error('the driver connects no serial consoles');
  const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
  const session = {
    stream,
    text: '',
    leave: async () => {
      ending.abort();
      await closed;
    },
  };
  stream.on('data', (chunk: Buffer) => (session.text += chunk.toString()));
  return session;
}
