import { having } from '../contract/driver-core';
import { callFor } from '../support/builders';
import { eventually } from '../support/eventually';
import { BOOT, describeQemu } from '../support/engines/qemu-engine';
import { qmp } from '../support/engines/qmp';

const GIB = 1024 ** 3;

/** Brings new processors and memory online, as the udev rules of most distributions do, and reports the size. */
const REPORTING = `#!/bin/sh
while :; do
  for cpu in /sys/devices/system/cpu/cpu[1-9]*/online; do [ -e "$cpu" ] && echo 1 >"$cpu"; done
  for block in /sys/devices/system/memory/memory*/state; do grep -q offline "$block" && echo online >"$block"; done
  memory=$(awk '/^MemTotal/ { print int($2 / 1048576 + 0.5) }' /proc/meminfo)
  echo "SIZE $(grep -c ^processor /proc/cpuinfo) $memory $(($(cat /sys/block/vda/size) / 2097152))"
  sleep 0.2
done 2>/dev/null
`;

describeQemu('resized qemu machines', ({ engine, driver, inspect }) => {
  const sizeOf = async (socket: string): Promise<object> => {
    const cpus = await qmp<readonly unknown[]>(socket, 'query-cpus-fast');
    const memory = await qmp<{ 'base-memory': number; 'plugged-memory': number }>(
      socket,
      'query-memory-size-summary',
    );
    const nodes = await qmp<readonly { 'node-name': string; image: { 'virtual-size': number } }[]>(
      socket,
      'query-named-block-nodes',
    );
    const disk = nodes.find((node) => node['node-name'] === 'disk');
    return {
      vcpus: cpus.length,
      ramGB: (memory['base-memory'] + memory['plugged-memory']) / GIB,
      diskGB: (disk?.image['virtual-size'] ?? 0) / GIB,
    };
  };
  const socketOf = (id: string): string => `${engine().dir}/instances/${id}/work/qmp.sock`;

  it('have more processors, memory and disk space at once, as QEMU and the guest see them', async () => {
    const instance = engine().instance({}, { userData: REPORTING });
    const { flavor } = instance;
    await driver().create(callFor(instance));
    const printed = (line: string): Promise<void> =>
      eventually(async () => expect(await driver().tail(callFor(instance), 500)).toContain(line), BOOT);
    await printed('SIZE 1 1 1');
    await having(driver(), 'resize').resize(callFor(instance), { ...flavor, vcpus: 2, ramGB: 3, diskGB: 4 });
    expect(await sizeOf(socketOf(instance.id))).toEqual({ vcpus: 2, ramGB: 3, diskGB: 4 });
    await printed('SIZE 2 3 4');
  });

  it('keep their size if they were not started for the new one', async () => {
    const instance = engine().instance();
    const { flavor } = instance;
    await driver().create(callFor(instance));
    const before = await sizeOf(socketOf(instance.id));
    for (const tooLarge of [
      { vcpus: 5, ramGB: 2, diskGB: 2 },
      { vcpus: 2, ramGB: 5, diskGB: 2 },
    ]) {
      const resizing = having(driver(), 'resize').resize(callFor(instance), { ...flavor, ...tooLarge });
      await expect(resizing).rejects.toMatchObject({ name: 'RestartRequiredError' });
      expect(await sizeOf(socketOf(instance.id))).toEqual(before);
    }
    expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
  });

  it('get the new size with the next start if they are stopped', async () => {
    const instance = engine().instance();
    const larger = { ...instance.flavor, vcpus: 5, ramGB: 5, diskGB: 3 };
    await driver().create(callFor(instance));
    await driver().stop(callFor(instance));
    await having(driver(), 'resize').resize(callFor(instance), larger);
    await driver().start(callFor({ ...instance, flavor: larger }));
    expect(await sizeOf(socketOf(instance.id))).toEqual({ vcpus: 5, ramGB: 5, diskGB: 3 });
  });
});
