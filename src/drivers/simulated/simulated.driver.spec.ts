import { anInstanceSpec } from '../../../test/support/builders';
import { ManualClock } from '../../../test/support/manual-clock';
import type { DriverCall, DriverHandle } from '../port/driver-call';
import { SimulatedDriver } from './simulated.driver';

describe('SimulatedDriver', () => {
  const clock = new ManualClock();
  const capacity = { vcpus: 64, ramGB: 256, diskGB: -1, gpus: 0 };
  const driver = new SimulatedDriver({ provisionDelayMs: 2000, restartDelayMs: 1000, capacity }, clock);
  const stopped: DriverHandle = { v: 1, data: { power: 'stopped' } };

  function aCall(parts: Partial<DriverCall> & { metadata?: Record<string, string> } = {}): DriverCall {
    const { metadata = {}, ...call } = parts;
    return {
      instance: anInstanceSpec({ metadata }),
      handle: null,
      purpose: 'create',
      imageCheck: null,
      progress: () => undefined,
      signal: new AbortController().signal,
      ...call,
    };
  }

  async function isSettled(promise: Promise<unknown>): Promise<boolean> {
    const undecided = Symbol('undecided');
    await Promise.resolve();
    return (await Promise.race([promise, Promise.resolve(undecided)])) !== undecided;
  }

  it.each([
    ['create', 2000, () => driver.create(aCall())],
    ['restart', 1000, () => driver.start(aCall({ purpose: 'restart', handle: stopped }))],
    [
      'start with a delay asked for',
      300,
      () =>
        driver.start(
          aCall({ purpose: 'start', handle: stopped, metadata: { 'simulate.startDelayMs': '300' } }),
        ),
    ],
  ])('waits for the delay: %s', async (_, delayMs, act) => {
    const acting = act();
    clock.pass(delayMs - 1);
    expect(await isSettled(acting)).toBe(false);
    clock.pass(1);
    await expect(acting).resolves.toMatchObject({ handle: { v: 1, data: { power: 'running' } } });
  });

  it('starts at once by default', async () => {
    await expect(driver.start(aCall({ purpose: 'start', handle: stopped }))).resolves.toMatchObject({
      handle: { v: 1 },
    });
  });

  it.each(['1e3', '-1', '', 'soon', '99999999'])('ignores the invalid delay "%s"', async (delay) => {
    const starting = driver.start(
      aCall({ purpose: 'start', handle: stopped, metadata: { 'simulate.startDelayMs': delay } }),
    );
    await expect(starting).resolves.toMatchObject({ handle: { v: 1 } });
  });

  it.each([
    ['simulate.stopError', false],
    ['simulate.stopRetryableError', true],
  ])('fails on request with %s', async (key, retryable) => {
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    const stopping = driver.stop(
      aCall({ purpose: 'stop', handle: running, metadata: { [key]: 'the cable is loose' } }),
    );
    await expect(stopping).rejects.toMatchObject({ message: 'the cable is loose', retryable });
  });

  it('ignores faults of other verbs', async () => {
    const starting = driver.start(
      aCall({ purpose: 'start', handle: stopped, metadata: { 'simulate.restartError': 'no' } }),
    );
    await expect(starting).resolves.toMatchObject({ handle: { v: 1 } });
  });

  it('prints its life cycle, up to the requested number of lines', async () => {
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    expect(await driver.tail(aCall({ handle: running }), 10)).toEqual([
      'simulated: web starts',
      'simulated: web booted',
    ]);
    expect(await driver.tail(aCall({ handle: stopped }), 1)).toEqual(['simulated: web stopped']);
    expect(await driver.tail(aCall(), 10)).toEqual([]);
  });

  it('can be followed to its end or until the call is aborted', async () => {
    const seen: string[] = [];
    for await (const line of driver.follow(aCall({ handle: stopped }), 10)) seen.push(line);
    expect(seen).toHaveLength(3);
    const leaving = new AbortController();
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    const following = driver.follow(aCall({ handle: running, signal: leaving.signal }), 1);
    expect(await following.next()).toEqual({ done: false, value: 'simulated: web booted' });
    const next = following.next();
    clock.pass(7_200_000);
    expect(await isSettled(next)).toBe(false);
    leaving.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('uses a share of its flavor while it runs', async () => {
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    const { memory, cpu } = await driver.usage(aCall({ handle: running }));
    expect(memory).toEqual({ usedBytes: 268_435_456, limitBytes: 1_073_741_824 });
    expect(cpu.percent).toBe(5);
    await expect(driver.usage(aCall({ handle: stopped }))).rejects.toMatchObject({ retryable: false });
  });

  it('pauses and resumes only what is on, and uses no CPU while it is paused', async () => {
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    const { handle } = await driver.pause(aCall({ purpose: 'pause', handle: running }));
    expect(await driver.inspect(aCall({ handle }))).toMatchObject({ presence: 'present', power: 'paused' });
    expect((await driver.usage(aCall({ handle }))).cpu.percent).toBe(0);
    expect(await driver.resume(aCall({ purpose: 'resume', handle }))).toMatchObject({ handle: running });
    await expect(driver.pause(aCall({ handle: stopped }))).rejects.toMatchObject({ retryable: false });
    await expect(driver.resume(aCall({ handle: stopped }))).rejects.toMatchObject({ retryable: false });
  });

  it('goes on from the memory of a snapshot once, with the first start after the restore', async () => {
    const { snapshots } = driver.abilities;
    if (!snapshots) throw new Error('it has no snapshots');
    const running: DriverHandle = { v: 1, data: { power: 'running' } };
    const ref = { id: 'snapshot-1', tenantId: 'tenant-a' };
    const wanted = { ...ref, includesMemory: true, isQuiesced: false, isPaused: false };
    const taken = await snapshots.take(aCall({ purpose: 'snapshot', handle: running }), wanted);
    expect(taken.sizeBytes).toBe(1_073_741_824 * (10 / 8 + 1));
    const snapshot = { ...ref, handle: taken.handle };
    const options = { resumesMemory: true };
    const restored = await snapshots.restore(aCall({ handle: stopped }), snapshot, options);
    const started = await driver.start(aCall({ purpose: 'start', handle: restored.handle }));
    const lines = ['simulated: web goes on from a snapshot'];
    expect(await driver.tail(aCall({ handle: started.handle }), 10)).toEqual(lines);
    const again = await driver.start(aCall({ handle: (await driver.stop(aCall(started))).handle }));
    expect(await driver.tail(aCall({ handle: again.handle }), 1)).toEqual(['simulated: web booted']);
  });

  it('refuses what needs a running guest, and what is made from a snapshot that is not there', async () => {
    const { snapshots } = driver.abilities;
    if (!snapshots) throw new Error('it has no snapshots');
    const ref = { id: 'snapshot-1', tenantId: 'tenant-a' };
    const withMemory = { ...ref, includesMemory: true, isQuiesced: false, isPaused: false };
    const refusal = { name: 'DriverError', retryable: false };
    await expect(snapshots.take(aCall({ handle: stopped }), withMemory)).rejects.toMatchObject(refusal);
    const missing = { ...ref, handle: null };
    await expect(snapshots.check(aCall({ handle: stopped }), missing)).rejects.toMatchObject(refusal);
  });
});
