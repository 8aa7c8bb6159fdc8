import { aContainer, call, callFor, driverOf, onContainerEngines } from '../support/engines';

const GIB = 1024 ** 3;

/** The limits as the container itself sees them, in control groups of version 1 or 2. */
const REPORTING = `
while :; do
  cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null
  sleep 0.1
done`;

onContainerEngines('resized containers', (on) => {
  const limitsOf = async (id: string): Promise<object> => {
    const { HostConfig } = await call<{ HostConfig: { NanoCpus: number; Memory: number } }>(
      on().engine.socket,
      'GET',
      `/containers/uim-${id}/json`,
    );
    return { vcpus: HostConfig.NanoCpus / 1e9, ramGB: HostConfig.Memory / GIB };
  };

  it('have their new limits while they run, or keep the former ones', async () => {
    const driver = driverOf(on().engine);
    const instance = aContainer({ script: REPORTING });
    const larger = { ...instance.flavor, vcpus: 2, ramGB: 3 };
    on().willBeMade(instance);
    await driver.create(callFor(instance));
    const before = await limitsOf(instance.id);
    await driver.fingerprint(AbortSignal.timeout(10_000));
    if (!('resize' in driver.abilities)) {
      const refused = driver.resize(callFor(instance), larger);
      await expect(refused).rejects.toMatchObject({
        message: 'This version of Podman cannot resize containers',
      });
      expect(await limitsOf(instance.id)).toEqual(before);
      return;
    }
    await driver.resize(callFor(instance), larger);
    expect(await limitsOf(instance.id)).toEqual({ vcpus: 2, ramGB: 3 });
    await on().printed(instance, new RegExp(`^${3 * GIB}$`, 'm'));
    await driver.resize(callFor({ ...instance, flavor: larger }), instance.flavor);
    expect(await limitsOf(instance.id)).toEqual(before);
  });
});
