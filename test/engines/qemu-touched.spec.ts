import { copyFileSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceSpec } from '../../src/drivers';
import { callFor } from '../support/builders';
import { describeQemu, pidOf } from '../support/engines/qemu-engine';
import { guestsOf } from '../support/engines/guests';
import { eventually } from '../support/eventually';

const RUNNING = { presence: 'present', power: 'running' };
const HANGS = {
  ...{ presence: 'present', power: 'failed' },
  reason: 'the engine does not respond for this instance',
};

describeQemu('a virtual machine that was changed on its host', ({ engine, driver, inspect }) => {
  let outside: string;
  beforeEach(() => (outside = mkdtempSync(join(tmpdir(), 'uim-touched-'))));
  afterEach(() => rmSync(outside, { recursive: true }));

  /** A stopped machine that boots from a copy of the kernel. */
  async function stopped(): Promise<{ readonly instance: InstanceSpec; readonly kernel: string }> {
    const { image } = engine();
    const kernel = join(outside, 'kernel');
    copyFileSync(image.kernel, kernel);
    const instance = engine().instance({ image: { ...image, kernel, sha256: {} } });
    await driver().create(callFor(instance));
    await engine()
      .driver({ stopGraceMs: 0 })
      .stop(callFor(instance, { purpose: 'stop' }));
    return { instance, kernel };
  }

  it('does not start if its image file was changed, and starts once it is restored', async () => {
    const { instance, kernel } = await stopped();
    const { atime, mtime } = statSync(kernel);
    utimesSync(kernel, atime, new Date(mtime.getTime() + 1000));

    const message: unknown = expect.stringContaining('was changed after this virtual machine was created');
    await expect(driver().start(callFor(instance))).rejects.toMatchObject({ retryable: false, message });
    expect(await inspect(instance)).toEqual({ presence: 'present', power: 'stopped' });
    expect(guestsOf(instance.id)).toEqual([]);

    copyFileSync(engine().image.kernel, kernel);
    utimesSync(kernel, atime, mtime);
    await driver().start(callFor(instance));
    expect(await inspect(instance)).toEqual(RUNNING);
  });

  it('is rejected permanently if its image file is missing', async () => {
    const { instance, kernel } = await stopped();
    rmSync(kernel);

    await expect(driver().start(callFor(instance))).rejects.toMatchObject({
      ...{ retryable: false, message: 'A file of the image is missing on this host' },
    });
  });

  it('is reported as failed while its process hangs, and as running once it responds', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const pid = pidOf(instance);
    process.kill(pid, 'SIGSTOP');
    try {
      await eventually(async () => expect(await inspect(instance)).toEqual(HANGS), { withinMs: 60_000 });
      const { signal } = callFor(instance);
      expect(await driver().list(signal)).toMatchObject([{ observation: HANGS }]);
      const detail: unknown = expect.stringMatching(/^1 of 1 virtual machines do not respond/);
      expect(await driver().fingerprint(signal)).toMatchObject({ isUp: false, detail });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => expect(await inspect(instance)).toEqual(RUNNING));
    expect(await driver().fingerprint(callFor(instance).signal)).toMatchObject({ isUp: true });
  });

  it('no longer counts as hanging after it is stopped', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    process.kill(pidOf(instance), 'SIGSTOP');
    const { signal } = callFor(instance);
    await driver().list(signal);
    expect(await driver().fingerprint(signal)).toMatchObject({ isUp: false });

    await engine()
      .driver({ stopGraceMs: 0 })
      .stop(callFor(instance, { purpose: 'stop' }));
    expect(await inspect(instance)).toEqual({ presence: 'present', power: 'stopped' });
    expect(await driver().fingerprint(signal)).toMatchObject({ isUp: true });
  });

  it('is not removed while its directory was moved away', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const [place, elsewhere] = [engine().pathOf(instance), join(outside, 'elsewhere')];
    renameSync(place, elsewhere);

    expect(await inspect(instance)).toEqual({
      ...{ presence: 'present', power: 'failed', reason: 'its directory was moved while it was running' },
    });
    const message: unknown = expect.stringContaining('An operator must move it back');
    await expect(driver().destroy(callFor(instance))).rejects.toMatchObject({ retryable: false, message });
    expect(guestsOf(instance.id)).toHaveLength(1);

    renameSync(elsewhere, place);
    await expectRemoved(instance);
  });

  it('can be removed after its directory was deleted', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    rmSync(engine().pathOf(instance), { recursive: true });

    expect(await inspect(instance)).toEqual({
      ...{ presence: 'present', power: 'failed', reason: 'its directory was removed while it was running' },
    });
    await expectRemoved(instance);
  });

  async function expectRemoved(instance: InstanceSpec): Promise<void> {
    await driver().destroy(callFor(instance));
    expect(guestsOf(instance.id)).toEqual([]);
    expect(await inspect(instance)).toEqual({ presence: 'absent' });
  }
});
