import type { Under } from './compute-driver.abilities';
import { having, type DriverCore } from './driver-core';
import { safetyContract } from './compute-driver.snapshot-safety';
import { useSnapshots, type SnapshotsAbility, type SnapshotsUnderTest } from './snapshots-under-test';

const RUNNING = { presence: 'present', power: 'running' };
const PAUSED = { presence: 'present', power: 'paused' };
const STOPPED = { presence: 'present', power: 'stopped' };
const ABSENT = { presence: 'absent' };
const REFUSAL = { name: 'DriverError', retryable: false };
const TEST_MS = 300_000;

export function snapshotsContract(ability: SnapshotsAbility, under: Under): void {
  const on = useSnapshots(ability, under);
  contentsContract(on);
  safetyContract(on);
}

/** Tests that snapshots contain the disk of their instance as it was, and are independent of it. */
function contentsContract(on: SnapshotsUnderTest): void {
  const { subject, core, snapshots, stored, aSnapshot, taken, another, mark, expectMark, expectOnce } = on;
  const { signal } = new AbortController();
  const runOf = (of: DriverCore): Promise<string | null> =>
    having(subject().driver, 'reboot').runOf(of.call('inspect'));

  it(
    'takes a snapshot of a running guest, which goes on, and returns the same if that is repeated',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const run = await runOf(core());
      const snapshot = aSnapshot();
      const first = await core().take(snapshot);
      if (first.sizeBytes !== null) expect(first.sizeBytes).toBeGreaterThanOrEqual(0);
      const found = await stored();
      expect(found).not.toEqual([]);
      await mark(core(), 'two');
      expect(await core().take(snapshot)).toEqual(first);
      expect(await stored()).toEqual(found);
      expect(await runOf(core())).toBe(run);
      expect(await core().inspect()).toMatchObject(RUNNING);
      const clone = another();
      await clone.createFrom({ ...snapshot, handle: first.handle });
      await expectMark(clone, 'one');
    },
    TEST_MS,
  );

  it(
    'takes snapshots of stopped and paused instances, which stay as they are',
    async () => {
      await core().create();
      await mark(core(), 'one');
      await core().stop();
      const ofStopped = await taken();
      expect(await core().inspect()).toMatchObject(STOPPED);
      await core().start();
      await mark(core(), 'two');
      await core().pause();
      const ofPaused = await taken({ isPaused: true });
      expect(await core().inspect()).toMatchObject(PAUSED);
      await core().resume();
      for (const [snapshot, text] of [
        [ofStopped, 'one'],
        [ofPaused, 'two'],
      ] as const) {
        const clone = another();
        await clone.createFrom(snapshot);
        await expectMark(clone, text);
      }
      await expectMark(core(), 'two');
    },
    TEST_MS,
  );

  it(
    'restores a stopped instance, any number of times',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const snapshot = await taken();
      await mark(core(), 'two');
      await core().stop();
      await core().restore(snapshot);
      expect(await core().inspect()).toMatchObject(STOPPED);
      await core().start();
      await expectMark(core(), 'one');
      await mark(core(), 'three');
      await core().stop();
      await core().restore(snapshot);
      // As after a crash before the handle was recorded.
      core().forgetHandle();
      await core().restore(snapshot);
      await core().start();
      expect(await core().inspect()).toMatchObject(RUNNING);
      await expectMark(core(), 'one');
      await expectOnce();
    },
    TEST_MS,
  );

  it(
    'creates instances from a snapshot after its instance is gone',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const snapshot = await taken();
      await core().destroy();
      const clone = another();
      await snapshots().check(clone.call('create'), snapshot);
      await clone.createFrom(snapshot);
      await mark(clone, 'two');
      clone.forgetHandle();
      await clone.createFrom(snapshot);
      await expectMark(clone, 'two');
      expect(await clone.inspect()).toMatchObject(RUNNING);
      expect(await core().inspect()).toEqual(ABSENT);
      const other = another();
      await other.createFrom(snapshot);
      await expectMark(other, 'one');
    },
    TEST_MS,
  );

  it(
    'removes a snapshot, but not from the instances that were made from it',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const snapshot = await taken();
      const clone = another();
      await clone.createFrom(snapshot);
      await core().stop();
      await core().restore(snapshot);
      await snapshots().remove(snapshot, signal);
      await snapshots().remove(snapshot, signal);
      await expect(snapshots().check(clone.call('create'), snapshot)).rejects.toMatchObject(REFUSAL);
      await core().start();
      await clone.stop();
      await clone.start();
      await expectMark(core(), 'one');
      await expectMark(clone, 'one');
      // A snapshot of what was made from another one does not need that.
      const next = aSnapshot();
      await clone.take(next);
      await clone.destroy();
      await core().destroy();
      const last = another();
      await last.createFrom(next);
      await expectMark(last, 'one');
      await last.destroy();
      await snapshots().remove(next, signal);
      expect(await stored()).toEqual([]);
    },
    TEST_MS,
  );
}
