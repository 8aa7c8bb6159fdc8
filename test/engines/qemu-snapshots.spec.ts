import { existsSync } from 'node:fs';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { describeQemu, GIB } from '../support/engines/qemu-engine';
import {
  BOOT,
  BOOT_ID,
  BUSY,
  QemuSnapshotUser,
  QUIESCED,
  RESUME,
  WITH_MEMORY,
} from '../support/engines/qemu-snapshots';
import { eventually } from '../support/eventually';

const TEST_MS = 400_000;
const COUNTING = `#!/bin/sh
(i=0; while :; do i=$((i+1)); echo $i >/tmp/count.new; mv /tmp/count.new /tmp/count; sleep 0.05; done) >/dev/null 2>&1 &
`;
const SECTORS = { near: 4096, far: 1_900_000 };

const writeAt = (sector: number, text: string): string =>
  `echo ${text} | dd of=/dev/vda bs=512 seek=${sector} conv=notrunc,fsync 2>/dev/null`;
const readAt = (sector: number): string =>
  `dd if=/dev/vda bs=512 skip=${sector} count=1 2>/dev/null | tr -d '\\000'`;

describeQemu('snapshots of qemu machines', ({ engine, driver, inspect }) => {
  const user = new QemuSnapshotUser({ engine, driver });

  it(
    'bring back what the disk contained when they were taken, and outlive their instance as source of clones',
    async () => {
      const instance = await user.created();
      const empty = await user.take(instance);
      await user.guest(instance, writeAt(SECTORS.near, 'first'));
      const full = await user.take(instance);
      await user.guest(instance, writeAt(SECTORS.near, 'second'));
      await user.restored(instance, full);
      expect(await user.guest(instance, readAt(SECTORS.near))).toBe('first\n');
      await driver().destroy(callFor(instance));

      for (const [from, marker] of [
        [empty, ''],
        [full, 'first\n'],
      ] as const) {
        const clone = engine().instance({ flavor: { ...instance.flavor, diskGB: 2 } });
        await user.snapshots.create(callFor(clone), from, BOOT);
        await user.ready(clone);
        expect(await user.guest(clone, readAt(SECTORS.near))).toBe(marker);
        expect((await user.guest(clone, 'cat /sys/block/vda/size')).trim()).toBe(String((2 * GIB) / 512));
        expect(await user.guest(clone, 'cat /seed/meta-data')).toContain(clone.id);
        await engine().driver({ stopGraceMs: 0 }).destroy(callFor(clone));
      }
    },
    TEST_MS,
  );

  it(
    'continue a guest from its memory once, also in a clone',
    async () => {
      const instance = await user.created(COUNTING);
      const count = async (of = instance): Promise<number> => Number(await user.guest(of, 'cat /tmp/count'));
      const bootId = await user.guest(instance, BOOT_ID);
      const before = await count();
      const snapshot = await user.take(instance, WITH_MEMORY);
      expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
      await eventually(async () => expect(await count()).toBeGreaterThan(before + 20), BUSY);
      await user.restored(instance, snapshot, RESUME);
      expect(await user.guest(instance, BOOT_ID)).toBe(bootId);
      expect(await count()).toBeGreaterThanOrEqual(before);
      expect(existsSync(engine().pathOf(instance, 'memory.qcow2'))).toBe(false);

      const clone = engine().instance();
      await user.snapshots.create(callFor(clone), snapshot, RESUME);
      await user.ready(clone);
      expect(await user.guest(clone, BOOT_ID)).toBe(bootId);
      expect(await count(clone)).toBeGreaterThanOrEqual(before);
      expect(guestsOf(instance.id)).toHaveLength(1);

      const hard = engine().driver({ stopGraceMs: 0 });
      await hard.stop(callFor(instance));
      await hard.start(callFor(instance));
      await user.ready(instance);
      expect(await user.guest(instance, BOOT_ID)).not.toBe(bootId);
    },
    TEST_MS,
  );

  it(
    'contain one moment of a disk that the guest keeps writing to',
    async () => {
      const instance = await user.created();
      await user.guest(
        instance,
        'dd if=/dev/urandom of=/dev/vda bs=1M seek=100 count=48 conv=fsync 2>/dev/null',
      );
      const both = `${writeAt(SECTORS.near, '$i')}; ${writeAt(SECTORS.far, '$i')}`;
      await user.guest(instance, `(i=0; while :; do i=$((i+1)); ${both}; done) >/dev/null 2>&1 &`);
      await eventually(async () => {
        expect(Number(await user.guest(instance, readAt(SECTORS.far)))).toBeGreaterThan(5);
      }, BUSY);
      const snapshot = await user.take(instance);
      const quiesced = await user.take(instance, QUIESCED);
      await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
      for (const from of [snapshot, quiesced]) {
        await user.snapshots.restore(callFor(instance), from, BOOT);
        await driver().start(callFor(instance));
        await user.ready(instance);
        const [near, far] = [
          Number(await user.guest(instance, readAt(SECTORS.near))),
          Number(await user.guest(instance, readAt(SECTORS.far))),
        ];
        expect([near, near - 1]).toContain(far);
        await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
      }
    },
    TEST_MS,
  );
});
