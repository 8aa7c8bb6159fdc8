import { eventually } from '../support/eventually';
import type { PauseAbility, Under } from './compute-driver.abilities';
import { having } from './driver-core';

const RUNNING = { presence: 'present', power: 'running' };
const PAUSED = { presence: 'present', power: 'paused' };
const STOPPED = { presence: 'present', power: 'stopped' };
const ABSENT = { presence: 'absent' };
const TEST_MS = 300_000;
const WITHIN = { withinMs: 120_000 };
const MOST_LINES = 1000;

export function pauseContract({ prints }: PauseAbility, { subject, core }: Under): void {
  it(
    'pauses and resumes, both repeatable and with the handle or without it after a crash',
    async () => {
      await core().create();
      const { ports } = core();
      for (const isAfterCrash of [false, true]) {
        await core().pause();
        if (isAfterCrash && prints) core().forgetHandle();
        await core().pause();
        expect(await core().inspect()).toMatchObject(PAUSED);
        expect(core().ports).toEqual(ports);
        await core().resume();
        if (isAfterCrash && prints) core().forgetHandle();
        await core().resume();
        expect(await core().inspect()).toMatchObject(RUNNING);
        expect(core().ports).toEqual(ports);
      }
    },
    TEST_MS,
  );

  it(
    'stops, starts and destroys a paused instance',
    async () => {
      await core().create();
      await core().pause();
      await core().stop();
      expect(await core().inspect()).toMatchObject(STOPPED);
      await core().start();
      await core().pause();
      await core().start();
      expect(await core().inspect()).toMatchObject(RUNNING);
      await core().pause();
      await core().destroy();
      expect(await core().inspect()).toEqual(ABSENT);
    },
    TEST_MS,
  );

  it('refuses to pause or resume what does not run', async () => {
    await core().create();
    await core().stop();
    const refusal = { name: 'DriverError', retryable: false };
    await expect(core().pause()).rejects.toMatchObject(refusal);
    await expect(core().resume()).rejects.toMatchObject(refusal);
    expect(await core().inspect()).toMatchObject(STOPPED);
  });

  it('lists a paused instance as paused', async () => {
    const { inventory } = subject().driver.abilities;
    if (!inventory) return;
    await core().create();
    await core().pause();
    const { id: instanceId } = subject().instance;
    const items = await inventory.list(new AbortController().signal);
    expect(items.filter((each) => each.instanceId === instanceId)).toMatchObject([{ observation: PAUSED }]);
  });

  if (!prints) return;
  it(
    'freezes the guest, which continues where it was, and still shows its console and usage',
    async () => {
      const consoleLog = having(subject().driver, 'consoleLog');
      const stats = having(subject().driver, 'stats');
      const printed = async (): Promise<readonly string[]> =>
        (await consoleLog.tail(core().call('inspect'), MOST_LINES)).filter((line) => prints.test(line));
      await core().create();
      await eventually(async () => expect(await printed()).not.toEqual([]), WITHIN);
      await core().pause();
      const before = await printed();
      expect((await stats.usage(core().call('inspect'))).cpu.percent ?? 0).toBeLessThan(50);
      expect(await printed()).toEqual(before);
      await core().resume();
      await eventually(async () => expect((await printed()).length).toBeGreaterThan(before.length), WITHIN);
      expect((await printed()).slice(0, before.length)).toEqual(before);
    },
    TEST_MS,
  );
}
