import { eventually } from '../support/eventually';
import type { Under } from './compute-driver.abilities';
import { having } from './driver-core';

const RUNNING = { presence: 'present', power: 'running' };
const STOPPED = { presence: 'present', power: 'stopped' };
const TEST_MS = 300_000;
const WITHIN = { withinMs: 120_000 };
const MOST_LINES = 1000;

/** How to see that a guest has been started again. */
export interface RebootAbility {
  /** Matches a line that the guest prints once after each start; null for an engine without guests. */
  readonly prints: RegExp | null;
}

export function rebootContract({ prints }: RebootAbility, { subject, core }: Under): void {
  it.each(['soft', 'hard'] as const)(
    'reboots a running guest once, even if the service repeats it after a crash: %s',
    async (type) => {
      const reboot = having(subject().driver, 'reboot');
      const run = (): Promise<string | null> => reboot.runOf(core().call('inspect'));
      const starts = async (): Promise<number> => {
        if (!prints) return 0;
        const lines = await having(subject().driver, 'consoleLog').tail(core().call('inspect'), MOST_LINES);
        return lines.filter((line) => prints.test(line)).length;
      };
      await core().create();
      if (prints) await eventually(async () => expect(await starts()).toBe(1), WITHIN);
      const before = await run();
      expect(before).not.toBeNull();
      expect(await run()).toBe(before);
      await core().reboot({ type, run: before });
      const after = await run();
      expect(after).not.toBeNull();
      expect(after).not.toBe(before);
      await core().reboot({ type, run: before });
      expect(await run()).toBe(after);
      expect(await core().inspect()).toMatchObject(RUNNING);
      if (prints) await eventually(async () => expect(await starts()).toBe(2), WITHIN);
    },
    TEST_MS,
  );

  it(
    'starts a guest that a crash has left stopped in the middle of a reboot',
    async () => {
      const reboot = having(subject().driver, 'reboot');
      await core().create();
      const run = await reboot.runOf(core().call('inspect'));
      await core().stop();
      expect(await reboot.runOf(core().call('inspect'))).toBeNull();
      await core().reboot({ type: 'soft', run });
      expect(await core().inspect()).toMatchObject(RUNNING);
      await core().stop();
      await core().reboot({ type: 'hard', run: null });
      expect(await core().inspect()).toMatchObject(RUNNING);
    },
    TEST_MS,
  );
}

/** `unusable` names an image that the engine cannot use; null if it ignores images. */
export function rebuildContract(unusable: string | null, { subject, core }: Under): void {
  it(
    'checks an image for a rebuild without touching the instance',
    async () => {
      const rebuild = having(subject().driver, 'rebuild');
      await core().create();
      await rebuild.prepare(core().call('rebuild'));
      expect(await core().inspect()).toMatchObject(RUNNING);
      await core().stop();
      await rebuild.prepare(core().call('rebuild'));
      expect(await core().inspect()).toMatchObject(STOPPED);
      if (unusable === null) return;
      const instance = { ...subject().instance, imageId: unusable, image: null };
      await expect(rebuild.prepare({ ...core().call('rebuild'), instance })).rejects.toMatchObject({
        name: 'DriverError',
        retryable: false,
      });
      expect(await core().inspect()).toMatchObject(STOPPED);
    },
    TEST_MS,
  );
}
