import { connect } from 'node:net';
import { lists, measures, tellsCapacity, tellsConsole, type PublishedPort } from '../../src/drivers';
import { eventually } from '../support/eventually';
import type { DriverUnderTest } from './compute-driver.contract';
import { DriverCore } from './driver-core';

const RUNNING = { presence: 'present', power: 'running' };
const ABSENT = { presence: 'absent' };
const WITHIN = { withinMs: 60_000 };
const MOST_LINES = 1000;

/** What a driver must do that claims more than the eight members. What it does not claim is not looked at. */
export function abilitiesContract(make: () => Promise<DriverUnderTest>): void {
  let subject: DriverUnderTest;
  let core: DriverCore;

  beforeEach(async () => {
    subject = await make();
    core = new DriverCore(subject.driver, subject.instance);
  });
  afterEach(() => core.destroy());

  const signal = (): AbortSignal => new AbortController().signal;

  it('tells its capacity in whole numbers, or that it does not know', async () => {
    const { driver } = subject;
    if (!tellsCapacity(driver)) return;
    const capacity = await driver.capacity(signal());
    for (const amount of Object.values(capacity)) {
      expect(Number.isInteger(amount)).toBe(true);
      expect(amount).toBeGreaterThanOrEqual(-1);
    }
  });

  it('lists what it holds, running or stopped, and discards it', async () => {
    const { driver } = subject;
    if (!lists(driver)) return;
    const { id: instanceId, tenantId } = subject.instance;
    const seen = async () => (await driver.list(signal())).filter((each) => each.instanceId === instanceId);
    expect(await seen()).toEqual([]);
    await core.create();
    expect(await seen()).toEqual([{ instanceId, tenantId, observation: RUNNING }]);
    await core.stop();
    expect(await seen()).toMatchObject([{ observation: { presence: 'present', power: 'stopped' } }]);
    await driver.discard(instanceId, signal());
    expect(await seen()).toEqual([]);
    expect(await core.inspect()).toEqual(ABSENT);
    await driver.discard(instanceId, signal());
  });

  it('shows what the guest has printed, then what it prints', async () => {
    const { driver, guest } = subject;
    if (!tellsConsole(driver) || !guest) return;
    await core.create();
    const before = await eventually(async () => {
      const lines = await driver.tail(core.call('inspect'), MOST_LINES);
      expect(lines.join('\n')).toMatch(guest.prints);
      return lines;
    }, WITHIN);
    expect((await driver.tail(core.call('inspect'), 1)).length).toBe(1);
    const ending = new AbortController();
    const followed: string[] = [];
    for await (const line of driver.follow(core.call('inspect', ending.signal), MOST_LINES)) {
      followed.push(line);
      if (followed.length > before.length && guest.prints.test(line)) ending.abort();
    }
    expect(followed.length).toBeGreaterThan(before.length);
  });

  it('ends the console with the guest', async () => {
    const { driver, guest } = subject;
    if (!tellsConsole(driver) || !guest) return;
    await core.create();
    const lines = driver.follow(core.call('inspect'), MOST_LINES)[Symbol.asyncIterator]();
    expect(await lines.next()).toMatchObject({ done: false });
    await core.stop();
    while (!(await lines.next()).done);
  });

  it('measures what runs, and refuses what does not', async () => {
    const { driver, guest } = subject;
    if (!measures(driver) || !guest) return;
    await core.create();
    const usage = await driver.usage(core.call('inspect'));
    expect(usage.cpu.percent ?? 0).toBeGreaterThanOrEqual(0);
    expect(usage.cpu.percent ?? 0).toBeLessThan(100 * 128);
    expect(usage.memory?.usedBytes ?? 1).toBeGreaterThan(0);
    expect(usage.memory?.limitBytes ?? Infinity).toBeGreaterThanOrEqual(usage.memory?.usedBytes ?? 0);
    await core.stop();
    await expect(driver.usage(core.call('inspect'))).rejects.toMatchObject({ name: 'DriverError' });
  });

  it('says why a guest is stopped that ended by itself, and starts it again', async () => {
    const { driver, guest } = subject;
    if (!guest?.ending) return;
    const ending = new DriverCore(driver, guest.ending.instance);
    try {
      await ending.create();
      await eventually(async () => {
        const observation = await ending.inspect();
        expect(observation).toMatchObject({ presence: 'present', power: 'stopped' });
        expect('reason' in observation && observation.reason).toMatch(guest.ending?.reason ?? /./);
      }, WITHIN);
      await ending.start();
    } finally {
      await ending.destroy();
    }
  });

  it('publishes the ports that were asked for, also after a new start', async () => {
    const { guest, instance } = subject;
    if (!guest?.answers) return;
    await core.create();
    for (const isAgain of [false, true]) {
      if (isAgain) {
        await core.stop();
        await core.start();
      }
      const ports = core.handle?.ports ?? [];
      expect(ports.map(({ port, protocol }) => ({ port, protocol }))).toEqual(instance.guest.ports);
      const [port] = ports;
      if (!port) throw new Error('no port is published');
      await eventually(async () => expect(await answerOf(port)).toMatch(guest.answers ?? /./), WITHIN);
    }
  });
}

function answerOf({ address, hostPort }: PublishedPort): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: hostPort, timeout: 2000 });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', reject);
  });
}
