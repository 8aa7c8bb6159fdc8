import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { describeQemu, QemuEngine } from '../support/engines/qemu-engine';
import {
  BOOT,
  BOOT_ID,
  NO_TRACES,
  PLAIN,
  QemuSnapshotUser,
  QUIESCED,
  RESUME,
  WITH_MEMORY,
} from '../support/engines/qemu-snapshots';
import { Tmpfs, TMPFS_MISSING } from '../support/tmpfs';

const TEST_MS = 400_000;
const refusal = (pattern: RegExp): object => {
  const message: unknown = expect.stringMatching(pattern);
  return { name: 'DriverError', retryable: false, message };
};

describeQemu('snapshots of qemu machines', (context) => {
  const { engine, driver, inspect } = context;
  const user = new QemuSnapshotUser(context);

  it(
    'can be taken and removed repeatedly, and are of no use to other tenants and deployments',
    async () => {
      const instance = await user.stopped();
      const snapshot = await user.take(instance);
      const { id } = snapshot;
      expect(await user.take(instance, undefined, id)).toEqual(snapshot);
      const other = engine().instance({ tenantId: 'tenant-b' });
      const foreign = { ...snapshot, tenantId: 'tenant-b' };
      for (const ref of [snapshot, foreign]) {
        await expect(user.snapshots.check(callFor(other), ref)).rejects.toMatchObject(
          refusal(/no longer exists/),
        );
        await expect(user.snapshots.create(callFor(other), ref, BOOT)).rejects.toMatchObject(
          refusal(/no longer exists/),
        );
      }
      expect(await inspect(other)).toEqual({ presence: 'absent' });
      await user.snapshots.remove(foreign, AbortSignal.timeout(10_000));
      await user.snapshots.abandon(callFor(instance), { ...foreign, isPaused: false });
      const elsewhere = engine().driver({}, 'other-deployment').abilities.snapshots;
      await elsewhere?.remove(snapshot, AbortSignal.timeout(10_000));
      await user.snapshots.check(callFor(instance), snapshot);
      expect(statSync(join(engine().dir, 'snapshots', id)).mode & 0o777).toBe(0o700);
      for (let time = 0; time < 2; time++) await user.snapshots.remove(snapshot, AbortSignal.timeout(10_000));
      expect(user.names()).toEqual([]);
      expect(readdirSync(join(engine().dir, 'removed'))).toEqual([]);
      await expect(user.snapshots.check(callFor(instance), snapshot)).rejects.toMatchObject(
        refusal(/no longer exists/),
      );
    },
    TEST_MS,
  );

  it(
    'are refused for a disk that was replaced by a link, and leave nothing',
    async () => {
      const instance = await user.stopped();
      const disk = engine().pathOf(instance, 'work/disk.qcow2');
      renameSync(disk, `${disk}.away`);
      symlinkSync(`${disk}.away`, disk);
      await expect(user.take(instance)).rejects.toMatchObject(refusal(/was replaced/));
      expect(user.names()).toEqual([]);
      await expect(user.take(instance, WITH_MEMORY)).rejects.toMatchObject(refusal(/stopped/));
      expect(user.names()).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'are refused for machines that they do not fit, and if the image below them was changed',
    async () => {
      const images = mkdtempSync(join(tmpdir(), 'uim-snapshot-image-'));
      const { image } = engine();
      if (image.disk === null) throw new Error('the image has no disk');
      const disk = { ...image.disk, file: join(images, 'disk.qcow2') };
      copyFileSync(image.disk.file, disk.file);
      try {
        const instance = engine().instance({
          image: { ...image, disk },
          flavor: { name: 'm', vcpus: 1, ramGB: 1, diskGB: 3, gpus: 0 },
        });
        const hard = engine().driver({ stopGraceMs: 0 });
        await hard.create(callFor(instance));
        const snapshot = await user.take(instance, WITH_MEMORY);
        await hard.stop(callFor(instance));
        const { flavor } = instance;
        const sized = (parts: Partial<typeof flavor>) =>
          callFor({ ...instance, flavor: { ...flavor, ...parts } });
        const { snapshots } = user;
        await expect(snapshots.check(sized({ diskGB: 2 }), snapshot)).rejects.toMatchObject(
          refusal(/at least 3 GB/),
        );
        await snapshots.check(sized({ ramGB: 2 }), snapshot);
        await expect(snapshots.check(sized({ ramGB: 2 }), snapshot, RESUME)).rejects.toMatchObject(
          refusal(/1 vCPUs and 1 GB/),
        );
        const plain = await user.take(instance);
        await expect(snapshots.restore(callFor(instance), plain, RESUME)).rejects.toMatchObject(
          refusal(/not contain the memory/),
        );
        await expect(
          snapshots.check(callFor(engine().instance({ flavor: { ...flavor, gpus: 1 } })), plain),
        ).rejects.toMatchObject(refusal(/GPUs/));
        truncateSync(disk.file, 1000);
        await expect(snapshots.check(callFor(instance), plain)).rejects.toMatchObject(
          refusal(/image was changed/),
        );
        rmSync(disk.file);
        await expect(snapshots.restore(callFor(instance), plain, BOOT)).rejects.toMatchObject(
          refusal(/image is missing/),
        );
        expect(readdirSync(engine().pathOf(instance)).filter((name) => name.startsWith('restor'))).toEqual(
          [],
        );
      } finally {
        rmSync(images, { recursive: true });
      }
    },
    TEST_MS,
  );

  it(
    'are not restored while the guest runs; memory that cannot be loaded leaves the machine off, and its disk still boots',
    async () => {
      const instance = await user.created();
      const bootId = await user.guest(instance, BOOT_ID);
      const snapshot = await user.take(instance, WITH_MEMORY);
      await expect(user.snapshots.restore(callFor(instance), snapshot, BOOT)).rejects.toMatchObject(
        refusal(/must be stopped/),
      );
      const hard = engine().driver({ stopGraceMs: 0 });
      await hard.stop(callFor(instance));
      await user.snapshots.restore(callFor(instance), snapshot, RESUME);
      const memory = engine().pathOf(instance, 'memory.qcow2');
      const { size } = statSync(memory);
      rmSync(memory);
      writeFileSync(memory, Buffer.alloc(size));
      for (let time = 0; time < 2; time++) {
        await expect(driver().start(callFor(instance))).rejects.toMatchObject(
          refusal(/restore the snapshot again without its memory/),
        );
        expect(guestsOf(instance.id)).toEqual([]);
        expect(await inspect(instance)).toMatchObject({ power: 'stopped' });
      }
      const larger = { ...instance.flavor, ramGB: 2 };
      await expect(driver().start(callFor({ ...instance, flavor: larger }))).rejects.toMatchObject(
        refusal(/1 GB of memory/),
      );
      await user.restored(instance, snapshot);
      expect(existsSync(memory)).toBe(false);
      expect(await user.guest(instance, BOOT_ID)).not.toBe(bootId);
    },
    TEST_MS,
  );

  it(
    'with memory keep a paused guest paused, and are refused after a resize of the running guest',
    async () => {
      const instance = engine().instance();
      const { pause, resize } = driver().abilities;
      await driver().create(callFor(instance));
      await pause?.pause(callFor(instance));
      for (const kind of [PLAIN, WITH_MEMORY]) {
        await user.take(instance, { ...kind, isPaused: true });
        expect(await user.traces(instance)).toEqual({ ...NO_TRACES, status: 'paused' });
      }
      await expect(user.take(instance, { ...QUIESCED, isPaused: true })).rejects.toMatchObject(
        refusal(/paused/),
      );
      await expect(
        user.take(instance, { includesMemory: true, isQuiesced: true, isPaused: true }),
      ).rejects.toMatchObject({
        retryable: false,
      });
      // As an interrupted attempt may have left it.
      await user.take(instance);
      expect(await user.traces(instance)).toEqual(NO_TRACES);
      const larger = { ...instance.flavor, ramGB: 2 };
      await resize?.resize(callFor(instance), larger);
      await expect(user.take({ ...instance, flavor: larger }, WITH_MEMORY)).rejects.toMatchObject(
        refusal(/resized while it ran/),
      );
      expect(await user.traces(instance)).toEqual(NO_TRACES);
    },
    TEST_MS,
  );

  it(
    'cannot be quiesced without an agent that responds, and that is known before',
    async () => {
      const image = { ...engine().image, guestAgent: false };
      const instance = engine().instance({ image });
      const { handle } = await driver().create(callFor(instance));
      expect(user.snapshots.whyNotQuiesced(handle)).toMatch(/guest agent/);
      await expect(user.take(instance, QUIESCED)).rejects.toMatchObject({
        name: 'DriverError',
        retryable: false,
      });
      expect(await user.traces(instance)).toEqual(NO_TRACES);
      expect(user.names()).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'contain and restore machines that run as another user',
    async () => {
      const instance = engine().instance();
      const other = engine().driver({ user: 'nobody', stopGraceMs: 0 });
      const own = new QemuSnapshotUser({ engine: () => engine(), driver: () => other });
      await other.create(callFor(instance));
      await own.ready(instance);
      const bootId = await own.guest(instance, BOOT_ID);
      const snapshot = await own.take(instance, WITH_MEMORY);
      const files = readdirSync(join(engine().dir, 'snapshots', snapshot.id));
      expect(files.toSorted()).toEqual(['disk.qcow2', 'memory.qcow2', 'snapshot.json']);
      for (const name of files)
        expect(statSync(join(engine().dir, 'snapshots', snapshot.id, name)).uid).toBe(0);
      const larger = { ...instance, flavor: { ...instance.flavor, diskGB: 2 } };
      await other.stop(callFor(instance));
      await own.snapshots.restore(callFor(larger), snapshot, RESUME);
      await other.start(callFor(larger));
      await own.ready(larger);
      expect(await own.guest(larger, BOOT_ID)).toBe(bootId);
      const clone = engine().instance();
      await own.snapshots.create(callFor(clone), snapshot, RESUME);
      await own.ready(clone);
      expect(await own.guest(clone, BOOT_ID)).toBe(bootId);
    },
    TEST_MS,
  );

  const onTmpfs = TMPFS_MISSING === undefined ? it : it.skip;
  onTmpfs(
    'leave nothing if the disk of the host is full, and the guest goes on',
    async () => {
      const tmpfs = new Tmpfs('size=220m');
      const small = new QemuEngine(engine().image, tmpfs.path);
      try {
        const onSmall = new QemuSnapshotUser({ engine: () => small, driver: () => small.driver() });
        const instance = await onSmall.created();
        await onSmall.guest(
          instance,
          'dd if=/dev/urandom of=/dev/vda bs=1M seek=100 count=40 conv=fsync 2>/dev/null',
        );
        tmpfs.fill(20 * 1024 * 1024);
        for (const kind of [undefined, WITH_MEMORY]) {
          const message: unknown = expect.stringMatching(/the host's disk (is|may be) full$/i);
          await expect(onSmall.take(instance, kind)).rejects.toMatchObject({ retryable: true, message });
          expect(await onSmall.traces(instance)).toEqual(NO_TRACES);
          expect(onSmall.names()).toEqual([]);
        }
        await onSmall.guest(
          instance,
          'dd if=/dev/urandom of=/dev/vda bs=1M seek=100 count=10 conv=fsync 2>/dev/null',
        );
      } finally {
        await small.empty();
        tmpfs.remove();
      }
    },
    TEST_MS,
  );
});
