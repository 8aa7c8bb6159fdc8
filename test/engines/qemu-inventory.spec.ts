import { chownSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceSpec } from '../../src/drivers';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { describeQemu, pidOf } from '../support/engines/qemu-engine';

const RUNNING = { presence: 'present', power: 'running' };
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describeQemu('process detection in the qemu driver', ({ engine, driver, inspect }) => {
  const pidFile = (instance: InstanceSpec): string => engine().pathOf(instance, 'work/qemu.pid');

  it.each([
    ['is gone', undefined],
    ['is a link', '/dev/zero'],
  ])('finds a machine whose pid file %s', async (_, target) => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const pid = pidOf(instance);
    rmSync(pidFile(instance));
    if (target !== undefined) symlinkSync(target, pidFile(instance));

    expect(await inspect(instance)).toMatchObject(RUNNING);
    await driver().start(callFor(instance));
    expect(pidOf(instance)).toBe(pid);
    await engine().driver({ stopGraceMs: 0 }).stop(callFor(instance));
    expect(guestsOf(instance.id)).toEqual([]);
  });

  // Other reasons why the machine cannot be inspected, such as running out of descriptors, give the same error.
  asRoot('reports a machine that it may not inspect as neither stopped nor deleted', async () => {
    const instance = engine().instance();
    await driver().create(callFor(instance));
    const pid = pidOf(instance);
    giveAllButTheMachine(instance);

    for (const verb of ['inspect', 'stop', 'destroy', 'start'] as const) {
      await expect(asNobody<unknown>(() => driver()[verb](callFor(instance)))).rejects.toMatchObject({
        name: 'DriverError',
        retryable: true,
      });
    }
    await expect(asNobody(() => driver().list(AbortSignal.timeout(10_000)))).rejects.toMatchObject({
      retryable: true,
    });
    expect(pidOf(instance)).toBe(pid);
    expect(existsSync(engine().pathOf(instance, 'work/disk.qcow2'))).toBe(true);
  });

  /** Gives all but the machine to a service that has lost its privileges; the machine still runs as another user. */
  function giveAllButTheMachine(instance: InstanceSpec): void {
    const { dir } = engine();
    const own = engine().pathOf(instance);
    const files = readdirSync(own).filter((name) => name !== 'work');
    const paths = [dir, join(dir, 'instances'), own, ...files.map((name) => join(own, name))];
    for (const path of paths) chownSync(path, NOBODY, NOBODY);
  }
});

async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
